import { isAll, isAny, type Path, type Rule } from '../rule.ts'
import { partsOf, ruleAt, stepTo, withAt, withParts } from './tree.ts'

/**
 * Where something can be put: into a group, so that it stands at `index` there; before or after a node, so that both
 * must hold; or beside a node, so that one of them is enough.
 */
export type Place =
  | { readonly at: 'in'; readonly path: Path; readonly index: number }
  | { readonly at: 'before' | 'after' | 'beside'; readonly path: Path }

/**
 * Puts rules one after another at a place. A node that doesn't stand in a group of the right kind gets one of its own.
 * @returns the rule, or undefined when there is no such place
 */
export function insertAt(rule: Rule, place: Place, rules: readonly Rule[]): Rule | undefined {
  const group = groupOfPlace(rule, place)
  if (!group) return undefined
  const { path, parts, index } = group
  const at = ruleAt(rule, path)
  const next = parts.toSpliced(index, 0, ...rules)
  if (at !== undefined && partsOf(at) === parts) return withAt(rule, path, withParts(at, next))
  return withAt(rule, path, place.at === 'beside' ? { any: next } : { all: next })
}

/** The group that a place is in, and where; `parts` are the group's own unless it has to be made around the node. */
export function groupOfPlace(
  rule: Rule,
  place: Place,
): { path: Path; parts: readonly Rule[]; index: number } | undefined {
  const at = ruleAt(rule, place.path)
  if (at === undefined) return undefined
  if (place.at === 'in') {
    const parts = partsOf(at)
    const inside = parts !== undefined && place.index >= 0 && place.index <= parts.length
    return inside ? { path: place.path, parts, index: place.index } : undefined
  }
  const isKind = place.at === 'beside' ? isAny : isAll
  const own = partsOf(at)
  if (own && isKind(at)) return { path: place.path, parts: own, index: place.at === 'before' ? 0 : own.length }
  const step = stepTo(place.path)
  const above = step && ruleAt(rule, step.parent)
  const siblings = partsOf(above)
  const after = place.at === 'before' ? 0 : 1
  if (step?.index !== undefined && above && siblings && isKind(above)) {
    return { path: step.parent, parts: siblings, index: step.index + after }
  }
  return { path: place.path, parts: [at], index: after }
}
