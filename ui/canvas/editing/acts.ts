import { type RuleCommand, ruleAt, stepFrom } from '../../../rules/commands.ts'
import { stepTo } from '../../../rules/edits/tree.ts'
import { isAny, type Path, type Rule } from '../../../rules/rule.ts'

/** What can be done with what is selected, each by one key and one button. */
export const TREE_ACTS = [
  'invert',
  'group',
  'ungroup',
  'turn',
  'duplicate',
  'remove',
  'up',
  'down',
  'in',
  'out',
] as const
export type TreeAct = (typeof TREE_ACTS)[number]

/**
 * The command that an act means for the nodes that are selected.
 * @returns undefined where there is nothing that it could do
 */
export function commandOf(act: TreeAct, rule: Rule, paths: readonly Path[]): RuleCommand | undefined {
  const [first] = paths
  const last = paths.at(-1)
  if (first === undefined || last === undefined) return undefined
  switch (act) {
    case 'invert':
    case 'duplicate':
    case 'remove':
      return { kind: act, paths }
    case 'group':
      return { kind: 'group', paths, as: standsInAny(rule, first) ? 'all' : 'any' }
    case 'ungroup':
    case 'turn':
      return { kind: act, path: first }
    default: {
      const place = stepFrom(rule, act === 'down' ? last : first, act)
      return place && { kind: 'move', paths, place }
    }
  }
}

/** Whether a node is one of the ways of an `any`: a group there is an `all`, elsewhere the other way round. */
function standsInAny(rule: Rule, path: Path): boolean {
  const step = stepTo(path)
  const above = step && ruleAt(rule, step.parent)
  return above !== undefined && isAny(above)
}
