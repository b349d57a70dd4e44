import type { Automation, Happening, Step, StepKind } from '../automation.ts'
import { kindOf } from '../automation.ts'
import { stepsOf } from '../steps.ts'
import { withSteps, withWays } from './sequences.ts'

/** Ids that a step of an automation has. */
export const idsIn = (automation: Automation): Set<string> => new Set(stepsOf(automation).map(({ step }) => step.id))

/**
 * An id for a new step: its kind with letters that make it one that no step has, had or will have. A number that counts
 * up would come back once its step is gone, and bring the numbers of the old one with it.
 * @param random from 0 to 1, as `Math.random`
 */
export function newStepId(kind: StepKind, taken: ReadonlySet<string>, random: () => number): string {
  for (;;) {
    const letters = Math.floor(random() * 36 ** 5)
      .toString(36)
      .padStart(5, '0')
    const id = `${kind}-${letters}`
    if (!taken.has(id)) return id
  }
}

/**
 * Steps as they can be put into an automation: those whose id is taken get new ones, and what refers to them among these
 * steps follows. What refers to other steps stays as it is.
 */
export function withFreshIds(steps: readonly Step[], automation: Automation, random: () => number): Step[] {
  const taken = idsIn(automation)
  const names = new Map<string, string>()
  for (const step of steps.flatMap(withSteps)) {
    const id = taken.has(step.id) ? newStepId(kindOf(step), taken, random) : step.id
    taken.add(id)
    names.set(step.id, id)
  }
  const nameOf = (id: string): string => names.get(id) ?? id
  const renamed = (step: Step): Step => {
    const inner = withWays(step, (_, own) => own.map(renamed))
    const named = { ...inner, id: nameOf(step.id) }
    if ('go_to' in named) return { ...named, go_to: nameOf(named.go_to) }
    if ('wait_for' in named && 'step' in named.wait_for) {
      const wait: Happening = { ...named.wait_for, step: nameOf(named.wait_for.step) }
      return { ...named, wait_for: wait }
    }
    return named
  }
  return steps.map(renamed)
}
