import type { NaiveRule } from '../../naive/things.ts'
import type { Random } from '../../random.ts'
import { randomCondition } from './randomCondition.ts'

export type RuleOptions = {
  /** How deep the tree is at most. */
  depth?: number
  /** The segments that a rule may ask for. */
  segments?: readonly string[]
}

/** A rule out of every fact, parameter and operator. */
export function randomRule(
  random: Random,
  { depth = random.pick([3, 3, 4, 6]), segments = [] }: RuleOptions = {},
): NaiveRule {
  const part = (): NaiveRule => randomRule(random, { depth: depth - 1, segments })
  if (depth <= 1 || random.chance(0.35)) {
    // rarely, for a rule that takes in another one is as large as both
    return segments.length > 0 && random.chance(0.08) ? asksFor(random, segments) : randomCondition(random)
  }
  if (random.chance(0.25)) return { not: part() }
  const parts = Array.from({ length: random.int(random.chance(0.1) ? 0 : 1, 3) }, part)
  return random.chance(0.5) ? { all: parts } : { any: parts }
}

/** A condition on other segments. */
export const asksFor = (random: Random, segments: readonly string[]): NaiveRule => ({
  fact: 'segment',
  is: random.pick(['in', 'in', 'not_in']),
  value: random.pick(segments),
})
