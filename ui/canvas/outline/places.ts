import { type Place, ruleAt } from '../../../rules/commands.ts'
import { partsOf, stepTo } from '../../../rules/edits/tree.ts'
import { isNot, type Path, type Rule } from '../../../rules/rule.ts'
import { kindOfId, pathOf } from '../layout/block.ts'

/**
 * The place right before or after a node as the outline shows it: in the same group, whatever kind of group that is.
 * (On the canvas below means *and*.) At the top, where there is no group around, the first or last place in it.
 */
export function placeBeside(rule: Rule, path: Path, side: 'before' | 'after'): Place {
  const step = stepTo(path)
  if (step?.index !== undefined) {
    return { at: 'in', path: step.parent, index: step.index + (side === 'after' ? 1 : 0) }
  }
  const group = groupIn(rule, path)
  if (!group) return { at: side, path }
  return { at: 'in', path: group.path, index: side === 'after' ? group.parts.length : 0 }
}

/** The place where what is pasted on a line goes: after it, or where the line adds. */
export function placeAfterCard(rule: Rule, card: string): Place {
  const path = pathOf(card)
  const group = kindOfId(card) === 'add' ? groupIn(rule, path) : undefined
  return group ? { at: 'in', path: group.path, index: group.parts.length } : placeBeside(rule, path, 'after')
}

/** The group that a node is or inverts. */
function groupIn(rule: Rule, path: Path): { path: Path; parts: readonly Rule[] } | undefined {
  const node = ruleAt(rule, path)
  const inverted = node !== undefined && isNot(node)
  const parts = partsOf(inverted ? node.not : node)
  return parts && { path: inverted ? `${path}/not` : path, parts }
}
