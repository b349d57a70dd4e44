import type { Automation, Step } from '../automation.ts'
import { type Placed, stepsOf, waysOf } from '../steps.ts'

/** Ways around in the tree of an automation, and other trees made from one. Nothing given is ever changed. */

/** A sequence of steps: a way of a step by its name, or with `step` null the outermost one, `then`. */
export type Sequence = { readonly step: string | null; readonly way: string }

/** Where steps can be put: before the one that stands at `index` of a sequence, at its end for one beyond the last. */
export type Place = Sequence & { readonly index: number }

export const OUTERMOST: Sequence = { step: null, way: 'then' }

export const isSameSequence = (one: Sequence, other: Sequence): boolean =>
  one.step === other.step && one.way === other.way

/** A step with its place; undefined when there is none of that id. */
export const placedStep = (automation: Automation, id: string): Placed | undefined =>
  stepsOf(automation).find(({ step }) => step.id === id)

/** The steps of a sequence; undefined when there is no such sequence. */
export function stepsIn(automation: Automation, { step, way }: Sequence): readonly Step[] | undefined {
  if (step === null) return way === OUTERMOST.way ? automation.then : undefined
  const owner = placedStep(automation, step)?.step
  return owner && waysOf(owner).find(({ name }) => name === way)?.steps
}

/** The place at which a step stands. */
export function placeOfStep(automation: Automation, id: string): Place | undefined {
  const found = placedStep(automation, id)
  if (!found) return undefined
  const at = found.within ?? OUTERMOST
  const index = stepsIn(automation, at)?.findIndex((step) => step.id === id) ?? -1
  return index < 0 ? undefined : { step: at.step, way: at.way, index }
}

/** The steps of which none is inside of another one of them, in reading order. */
export function outermost(automation: Automation, ids: readonly string[]): Step[] {
  const wanted = new Set(ids)
  const look = (steps: readonly Step[]): Step[] =>
    steps.flatMap((step) => (wanted.has(step.id) ? [step] : waysOf(step).flatMap((way) => look(way.steps))))
  return look(automation.then)
}

/** A step and all that is in its ways. */
export const withSteps = (step: Step): Step[] => [
  step,
  ...waysOf(step).flatMap((way) => way.steps.flatMap((inner) => withSteps(inner))),
]

/** A step with other steps in its ways; the same object where they are the same. */
export function withWays(step: Step, change: (way: string, steps: readonly Step[]) => readonly Step[]): Step {
  if ('wait_for' in step) {
    const next = { then: change('then', step.then), else: change('else', step.else) }
    return next.then === step.then && next.else === step.else ? step : { ...step, ...next }
  }
  if ('branch' in step) {
    const branch = sameOr(step.branch, (way, index) => withThen(way, change(String(index), way.then)))
    const others = change('else', step.else)
    return branch === step.branch && others === step.else ? step : { ...step, branch, else: others }
  }
  if ('split' in step) {
    const split = sameOr(step.split, (way, index) => withThen(way, change(String(index), way.then)))
    return split === step.split ? step : { ...step, split }
  }
  return step
}

const withThen = <Way extends { readonly then: readonly Step[] }>(way: Way, then: readonly Step[]): Way =>
  then === way.then ? way : { ...way, then }

/** A list with other entries; the same one where they are all the same. */
function sameOr<Entry>(entries: readonly Entry[], change: (entry: Entry, index: number) => Entry): readonly Entry[] {
  const next = entries.map(change)
  return next.every((entry, index) => entry === entries[index]) ? entries : next
}

/** Says what becomes of a sequence whose steps have been through it already; gives back what it was given to change nothing. */
type Rebuild = (steps: readonly Step[], at: Sequence) => readonly Step[]

/** The automation with other sequences, inner ones first; what is not on the way to a change stays the same object. */
export function rebuilt(automation: Automation, each: Rebuild): Automation {
  const inside = (steps: readonly Step[], at: Sequence): readonly Step[] =>
    each(
      sameOr(steps, (step) => withWays(step, (way, inner) => inside(inner, { step: step.id, way }))),
      at,
    )
  const then = inside(automation.then, OUTERMOST)
  return then === automation.then ? automation : { ...automation, then }
}
