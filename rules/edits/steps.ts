import { isNot, type Path, type Rule } from '../rule.ts'
import type { Place } from './places.ts'
import { partsOf, ruleAt, stepTo } from './tree.ts'

/** Where a part can be moved to by one key: earlier or later, into the group beside it, out of the one it is in. */
export type MoveStep = 'up' | 'down' | 'in' | 'out'

/**
 * The place one step away from a node. Up from the first and down from the last part of a group leads out of it.
 * @returns undefined where there is none
 */
export function stepFrom(rule: Rule, path: Path, step: MoveStep): Place | undefined {
  const at = stepTo(path)
  if (!at) return undefined
  const { parent, index } = at
  const siblings = partsOf(ruleAt(rule, parent)) ?? []
  if (index === undefined) return step === 'in' ? undefined : outOf(rule, parent, step)
  switch (step) {
    case 'up':
      return index > 0 ? { at: 'in', path: parent, index: index - 1 } : outOf(rule, parent, step)
    case 'down':
      return index + 1 < siblings.length ? { at: 'in', path: parent, index: index + 2 } : outOf(rule, parent, step)
    case 'out':
      return outOf(rule, parent, step)
    case 'in': {
      const kind = path.slice(0, path.lastIndexOf('/'))
      const next = groupAt(rule, `${kind}/${index + 1}`)
      if (next) return { at: 'in', path: next.path, index: 0 }
      const before = groupAt(rule, `${kind}/${index - 1}`)
      return before && { at: 'in', path: before.path, index: before.size }
    }
  }
}

/** Before or after the node that a group is drawn as: itself, or the `not` on it. */
function outOf(rule: Rule, group: Path, step: Exclude<MoveStep, 'in'>): Place | undefined {
  const at = stepTo(group)
  if (!at) return undefined
  if (at.index === undefined)
    return outOf(rule, at.parent, step) ?? { at: step === 'up' ? 'before' : 'after', path: at.parent }
  return { at: 'in', path: at.parent, index: at.index + (step === 'up' ? 0 : 1) }
}

/** The group at a pointer, or the one that is inverted there. */
function groupAt(rule: Rule, path: Path): { path: Path; size: number } | undefined {
  const node = ruleAt(rule, path)
  if (node && isNot(node)) return groupAt(rule, `${path}/not`)
  const parts = partsOf(node)
  return parts && { path, size: parts.length }
}
