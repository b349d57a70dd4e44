import { ruleAt } from '../../../rules/commands.ts'
import { outermost, stepTo } from '../../../rules/edits/tree.ts'
import { isAny, type Path, type Rule } from '../../../rules/rule.ts'

/**
 * What is copied of a rule: the node, or several as one group: ways of the same `any` as an `any`, others as an `all`.
 * @returns undefined when nothing is selected
 */
export function copiedOf(rule: Rule, paths: readonly Path[]): Rule | undefined {
  const nodes = outermost(rule, paths)
  const parts = nodes.flatMap((path) => ruleAt(rule, path) ?? [])
  const [first] = parts
  if (first === undefined || parts.length === 1) return first
  const parents = new Set(nodes.map((path) => stepTo(path)?.parent))
  const [parent] = parents
  const above = parents.size === 1 && parent !== undefined ? ruleAt(rule, parent) : undefined
  return above && isAny(above) ? { any: parts } : { all: parts }
}
