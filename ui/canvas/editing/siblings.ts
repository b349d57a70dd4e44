import { ruleAt } from '../../../rules/commands.ts'
import { stepTo } from '../../../rules/edits/tree.ts'
import { childrenOf, type Path, type Rule } from '../../../rules/rule.ts'

/** All parts of the group that a node stands in; of the rule itself, its parts. */
export function siblingsOf(rule: Rule, path: Path): Path[] {
  const parent = stepTo(path)?.parent ?? ''
  const group = ruleAt(rule, parent)
  return group ? childrenOf(group, parent).map((child) => child.path) : []
}
