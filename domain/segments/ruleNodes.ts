import type { Evaluation } from '../../rules/compile.ts'
import { childrenOf, isAll, type Path, type Rule } from '../../rules/rule.ts'
import { plain, type Sql, sql } from '../../rules/sql.ts'

/**
 * Who arrives at a node: everybody; those who arrive at another node; those whom another node lets through. So the
 * database only counts who passes.
 */
export type Arrival = { all: true } | { of: number } | { through: number }

export type RuleNode = {
  path: Path
  arrival: Arrival
  /** Whether somebody arrives at the node, and whether they pass it, in terms of the evaluation's columns. */
  arrives: Sql
  passes: Sql
}

/**
 * The nodes of a rule in the order of `nodesOf`: under `all` a node sees those whom the earlier ones let through, under
 * `any` and `not` all who arrive there.
 */
export function ruleNodes(rule: Rule, evaluation: Evaluation): RuleNode[] {
  const nodes: RuleNode[] = []
  collect(nodes, rule, '', { all: true }, plain('1'), evaluation)
  return nodes
}

function collect(
  nodes: RuleNode[],
  rule: Rule,
  path: Path,
  arrival: Arrival,
  arrives: Sql,
  evaluation: Evaluation,
): void {
  const own = nodes.length
  nodes.push({ path, arrival, arrives, passes: sql`(${arrives} AND ${evaluation.holds(rule)})` })
  let before: Arrival = { of: own }
  let through = arrives
  for (const child of childrenOf(rule, path)) {
    const at = nodes.length
    collect(nodes, child.rule, child.path, before, through, evaluation)
    if (!isAll(rule)) continue
    before = { through: at }
    through = nodes[at]?.passes ?? through
  }
}
