import type { Condition, Rule } from '../../rules/rule.ts'

/** A generator of numbers in 0…1 that gives the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const CONDITIONS: readonly Condition[] = [
  { fact: 'gender', is: 'one_of', value: ['female'] },
  { fact: 'first_booking', is: 'more_than_ago', value: { days: 30 } },
  { fact: 'last_booking', states: ['attended'], is: 'within_last', value: { days: 14 } },
  { fact: 'booking_count', is: '>=', value: 3, within: { last: { months: 12 } } },
  { fact: 'membership', is: 'valid_uncancelled' },
]

/** A rule with exactly as many conditions, groups and inversions as chance wants them. */
export function randomRule(random: () => number, conditions: number): Rule {
  const inverted = (rule: Rule): Rule => (random() < 0.2 ? { not: rule } : rule)
  if (conditions <= 1) {
    const condition = CONDITIONS[Math.floor(random() * CONDITIONS.length)]
    if (condition === undefined) throw new Error('random() must be below 1')
    return inverted(condition)
  }
  const parts: Rule[] = []
  let left = conditions
  while (left > 0) {
    const size = Math.min(left, conditions - 1, 1 + Math.floor(random() ** 2 * left))
    parts.push(randomRule(random, size))
    left -= size
  }
  return inverted(random() < 0.5 ? { all: parts } : { any: parts })
}
