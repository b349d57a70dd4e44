import type { Evaluation } from '../../rules/compile.ts'
import { childrenOf, isAll, type Path, type Rule } from '../../rules/rule.ts'
import { plain, type Sql, sql } from '../../rules/sql.ts'

/** Whether somebody arrives at a node, and whether they pass it, in terms of an evaluation's columns. */
export type RuleNode = { path: Path; arrives: Sql; passes: Sql }

/**
 * The nodes of a rule in the order of `nodesOf`: under `all` a node sees those whom the earlier ones let through, under
 * `any` and `not` all who arrive there.
 */
export function ruleNodes(rule: Rule, evaluation: Evaluation): RuleNode[] {
  return nodesFrom(rule, '', plain('1'), evaluation)
}

function nodesFrom(rule: Rule, path: Path, arrives: Sql, evaluation: Evaluation): RuleNode[] {
  const nodes: RuleNode[] = [{ path, arrives, passes: sql`(${arrives} AND ${evaluation.holds(rule)})` }]
  let through = arrives
  for (const child of childrenOf(rule, path)) {
    const [first, ...inside] = nodesFrom(child.rule, child.path, through, evaluation)
    if (first === undefined) continue
    nodes.push(first, ...inside)
    if (isAll(rule)) through = first.passes
  }
  return nodes
}
