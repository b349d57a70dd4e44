import type { Automation, Step } from '../automation.ts'
import {
  isSameSequence,
  outermost,
  type Place,
  placeOfStep,
  rebuilt,
  stepsIn,
  withSteps,
  withWays,
} from './sequences.ts'

/** Puts steps one after another at a place; the place must exist, and the steps' ids must be new. */
export const inserted = (automation: Automation, place: Place, steps: readonly Step[]): Automation =>
  rebuilt(automation, (own, at) => (isSameSequence(at, place) ? own.toSpliced(place.index, 0, ...steps) : own))

/** Takes steps out, with all that is in their ways. */
export const removed = (automation: Automation, ids: readonly string[]): Automation => {
  const gone = new Set(ids)
  return rebuilt(automation, (own) =>
    own.some(({ id }) => gone.has(id)) ? own.filter(({ id }) => !gone.has(id)) : own,
  )
}

/** Takes steps from where they are to a place, which must not be in one of them. */
export function moved(automation: Automation, ids: readonly string[], place: Place): Automation {
  const steps = outermost(automation, ids)
  const taken = new Set(steps.map(({ id }) => id))
  return rebuilt(automation, (own, at) => {
    const isTarget = isSameSequence(at, place)
    if (!isTarget && !own.some(({ id }) => taken.has(id))) return own
    const stays = (part: readonly Step[]): Step[] => part.filter(({ id }) => !taken.has(id))
    if (!isTarget) return stays(own)
    return [...stays(own.slice(0, place.index)), ...steps, ...stays(own.slice(place.index))]
  })
}

/** Whether a place is in a way of one of some steps, or of a step in these. */
export const isInside = (automation: Automation, place: Place, ids: readonly string[]): boolean =>
  place.step !== null && outermost(automation, ids).some((step) => withSteps(step).some(({ id }) => id === place.step))

/** Whether steps can be moved to a place: not into themselves, and not to where the only one is already. */
export function canMove(automation: Automation, ids: readonly string[], place: Place): boolean {
  const [only, another] = ids
  if (only === undefined || isInside(automation, place, ids)) return false
  if (another !== undefined) return true
  const own = placeOfStep(automation, only)
  return (
    own === undefined || !isSameSequence(own, place) || (place.index !== own.index && place.index !== own.index + 1)
  )
}

/**
 * Puts steps that stand in the same sequence into a way of a new step, in the place of the first one.
 * @returns undefined when they stand apart
 */
export function wrapped(
  automation: Automation,
  ids: readonly string[],
  around: Step,
  way: string,
): Automation | undefined {
  const steps = outermost(automation, ids)
  const [first] = steps
  const at = first && placeOfStep(automation, first.id)
  if (!at) return undefined
  const own = stepsIn(automation, at) ?? []
  if (!steps.every((step) => own.includes(step))) return undefined
  const full = withWays(around, (name, inner) => (name === way ? [...inner, ...steps] : inner))
  const taken = new Set(steps)
  return rebuilt(automation, (inner, where) =>
    isSameSequence(where, at)
      ? inner.flatMap((step) => (step.id === first.id ? [full] : taken.has(step) ? [] : [step]))
      : inner,
  )
}
