import { type Automation, MAX_STEPS, MAX_WAYS, MAX_WAYS_DEEP } from '../automation.ts'
import { stepsOf, waysOf } from '../steps.ts'

/** What an automation has too much of. */
export type Excess = 'too_deep' | 'too_many' | 'too_many_ways'

/** The limit of the language that an automation exceeds, if any. */
export function excessOf(automation: Automation): Excess | undefined {
  const steps = stepsOf(automation)
  if (steps.length > MAX_STEPS) return 'too_many'
  const deepest = Math.max(0, ...steps.map(({ step, depth }) => depth + (waysOf(step).length > 0 ? 1 : 0)))
  if (deepest > MAX_WAYS_DEEP) return 'too_deep'
  const ways = Math.max(0, ...steps.map(({ step }) => waysOf(step).filter(({ name }) => name !== 'else').length))
  return ways > MAX_WAYS ? 'too_many_ways' : undefined
}
