import { isAll, isAny, type Path, type Rule } from '../rule.ts'
import { groupOfPlace, insertAt, type Place } from './places.ts'
import { withHoles, withoutHoles } from './prune.ts'
import { isWithin, nearestPath, outermost, partsOf, pathsOf, ruleAt, stepTo } from './tree.ts'

/** A rule after an edit, and where that what was edited is now. */
export type Outcome = { readonly rule: Rule; readonly selected: readonly Path[] }

/** Objects of their own: the same one may stand in a rule more than once, and each must be found again. */
const fresh = (rules: readonly Rule[]): Rule[] => rules.map((one) => ({ ...one }))

/**
 * Puts rules one after another at a place.
 * @throws RangeError when there is no such place
 */
export function inserted(rule: Rule, place: Place, rules: readonly Rule[]): Outcome {
  const parts = fresh(rules)
  const next = insertAt(rule, place, parts)
  if (next === undefined) throw new RangeError(`There is no such place at ${JSON.stringify(place.path)}`)
  return { rule: next, selected: pathsOf(next, new Set(parts)) }
}

/** As {@link inserted}; a group loses its border where its parts mean the same without it. */
export function pasted(rule: Rule, place: Place, group: Rule): Outcome {
  const parts = partsOf(group)
  const around = groupOfPlace(rule, place)
  const target = around && ruleAt(rule, around.path)
  const isOwn = target !== undefined && partsOf(target) === around?.parts
  const intoAny = isOwn ? isAny(target) : place.at === 'beside'
  const melts = parts !== undefined && parts.length > 0 && isAll(group) !== intoAny
  return inserted(rule, place, melts ? parts : [group])
}

/** Takes nodes out, and the groups that become empty. */
export function removed(rule: Rule, paths: readonly Path[]): Outcome | undefined {
  const [first] = outermost(rule, paths)
  if (first === undefined) return undefined
  const { rule: holed, holes } = withHoles(rule, paths)
  const next = withoutHoles(holed, holes)
  return { rule: next, selected: [nearestPath(next, first)] }
}

/** Takes nodes from where they are to a place, which must not be in one of them; undefined when that changes nothing. */
export function moved(rule: Rule, paths: readonly Path[], place: Place): Outcome | undefined {
  const { rule: holed, holes, taken } = withHoles(rule, paths)
  const put = inserted(holed, place, taken)
  const parts = new Set(put.selected.flatMap((path) => ruleAt(put.rule, path) ?? []))
  const next = withoutHoles(put.rule, holes)
  return JSON.stringify(next) === JSON.stringify(rule) ? undefined : { rule: next, selected: pathsOf(next, parts) }
}

/** Whether a place is in one of some nodes. */
export const isInside = (place: Place, paths: readonly Path[]): boolean =>
  paths.some((path) => isWithin(place.path, path) && (place.at === 'in' || place.path !== path))

/** Whether nodes can be moved to a place: not into themselves, and not to where the only one is already. */
export function canMove(rule: Rule, paths: readonly Path[], place: Place): boolean {
  const [only, another] = paths
  if (only === undefined || isInside(place, paths)) return false
  if (another !== undefined) return true
  if (place.path === only) return false
  const step = stepTo(only)
  const group = groupOfPlace(rule, place)
  if (!group) return false
  const isOwn = step?.index !== undefined && group.path === step.parent
  return !isOwn || (group.index !== step.index && group.index !== step.index + 1)
}

/** Puts copies of nodes right after the last of them. */
export function duplicated(rule: Rule, paths: readonly Path[]): Outcome | undefined {
  const nodes = outermost(rule, paths)
  const last = nodes.at(-1)
  if (last === undefined) return undefined
  return inserted(
    rule,
    nextTo(last),
    nodes.flatMap((path) => ruleAt(rule, path) ?? []),
  )
}

/** The place right after a node in its group, whatever kind of group that is. */
export function nextTo(path: Path): Place {
  const step = stepTo(path)
  return step?.index === undefined ? { at: 'after', path } : { at: 'in', path: step.parent, index: step.index + 1 }
}
