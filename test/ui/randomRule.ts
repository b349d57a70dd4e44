import type { Condition, Rule } from '../../rules/rule.ts'
import type { Random } from '../support/random.ts'

const CONDITIONS: readonly Condition[] = [
  { fact: 'gender', is: 'one_of', value: ['female'] },
  { fact: 'first_booking', is: 'more_than_ago', value: { days: 30 } },
  { fact: 'last_booking', states: ['attended'], is: 'within_last', value: { days: 14 } },
  { fact: 'booking_count', is: '>=', value: 3, within: { last: { months: 12 } } },
  { fact: 'membership', is: 'valid_uncancelled' },
]

/** A rule with exactly as many conditions, groups and inversions as chance wants them. */
export function randomRule(random: Random, conditions: number): Rule {
  const inverted = (rule: Rule): Rule => (random.chance(0.2) ? { not: rule } : rule)
  if (conditions <= 1) return inverted(random.pick(CONDITIONS))
  const parts: Rule[] = []
  let left = conditions
  while (left > 0) {
    const size = Math.min(left, conditions - 1, 1 + Math.floor(random.next() ** 2 * left))
    parts.push(randomRule(random, size))
    left -= size
  }
  return inverted(random.chance(0.5) ? { all: parts } : { any: parts })
}
