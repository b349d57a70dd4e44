import type { Automation } from '../automation.ts'
import { waysOf } from '../steps.ts'
import { OUTERMOST, type Place, placedStep, placeOfStep, stepsIn } from './sequences.ts'

/** Where a step can be moved to by one key: earlier or later, into a way of the step beside it, out of the way it is in. */
export type MoveStep = 'up' | 'down' | 'in' | 'out'

/**
 * The place one key away from a step. Up from the first and down from the last one of a way leads out of it.
 * @returns undefined where there is none
 */
export function stepFrom(automation: Automation, id: string, step: MoveStep): Place | undefined {
  const at = placeOfStep(automation, id)
  const own = at && stepsIn(automation, at)
  if (!at || !own) return undefined
  switch (step) {
    case 'up':
      return at.index > 0 ? { ...at, index: at.index - 1 } : outOf(automation, at, 0)
    case 'down':
      return at.index + 1 < own.length ? { ...at, index: at.index + 2 } : outOf(automation, at, 1)
    case 'out':
      return outOf(automation, at, 1)
    case 'in': {
      const next = own[at.index + 1]
      const first = next && waysOf(next)[0]
      if (next && first) return { step: next.id, way: first.name, index: 0 }
      const before = own[at.index - 1]
      const last = before && waysOf(before)[0]
      return before && last && { step: before.id, way: last.name, index: last.steps.length }
    }
  }
}

/** Before (0) or after (1) the step in whose way a place is. */
function outOf(automation: Automation, { step }: Place, offset: 0 | 1): Place | undefined {
  const owner = step === null ? undefined : placeOfStep(automation, step)
  return owner && { ...owner, index: owner.index + offset }
}

/** The place right after a step, or before it with 0. */
export function besideStep(automation: Automation, id: string, offset: 0 | 1 = 1): Place | undefined {
  const at = placeOfStep(automation, id)
  return at && { ...at, index: at.index + offset }
}

/** The place at the end of an automation. */
export const atTheEnd = ({ then }: Automation): Place => ({ ...OUTERMOST, index: then.length })

/** Where the attention goes when a step is gone: what took its place, else the one before it, else the one it was in. */
export function nearestStep(before: Automation, after: Automation, id: string): string | undefined {
  const at = placeOfStep(before, id)
  if (!at) return undefined
  const left = stepsIn(after, at) ?? []
  const beside = left[Math.min(at.index, left.length - 1)]?.id
  if (beside !== undefined) return beside
  if (at.step === null) return undefined
  return placedStep(after, at.step) ? at.step : nearestStep(before, after, at.step)
}
