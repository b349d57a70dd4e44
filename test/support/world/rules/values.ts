import type { NaiveRule } from '../../naive/things.ts'
import type { Random } from '../../random.ts'

/** Values of random conditions, near those that random facts have. */

export const some = <Item>(random: Random, items: readonly Item[]): Item[] => {
  const picked = items.filter(() => random.chance(0.5))
  return picked.length === 0 ? [random.pick(items)] : picked
}

/** A parameter that is left out at times. */
export const perhaps = <Value>(random: Random, name: string, value: () => Value, chance = 0.4) =>
  random.chance(chance) ? { [name]: value() } : {}

export function duration(random: Random): NaiveRule {
  if (random.chance(0.3)) return { months: random.int(0, 4) }
  if (random.chance(0.2)) return { weeks: random.int(0, 6) }
  return { days: random.pick([0, 1, 7, 14, 30, 30, 60]) }
}

export const window = (random: Random): NaiveRule => ({ [random.pick(['last', 'last', 'next'])]: duration(random) })

/** One of the date operators with its value. */
export function dateOperator(random: Random, { known = true } = {}): NaiveRule {
  const is = random.pick([
    ...['within_last', 'within_next', 'more_than_ago', 'more_than_ahead', 'within_last', 'day'],
    ...(known ? ['set', 'not_set'] : []),
  ])
  if (is === 'set' || is === 'not_set') return { is }
  if (is !== 'day') return { is, value: duration(random) }
  const value = `2026-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
  return { is: random.pick(['before', 'after', 'on']), value }
}

/** One of the number operators, with values between two numbers. */
export function numberOperator(random: Random, from: number, to: number): NaiveRule {
  const is = random.pick(['=', '!=', '<', '<=', '>', '>=', 'between'])
  const one = random.int(from, to)
  return { is, value: is === 'between' ? [one, random.int(one, to)] : one }
}

/** Which bookings are meant. */
export const which = (random: Random, states: readonly string[]): NaiveRule => ({
  ...perhaps(random, 'states', () => some(random, states)),
  ...perhaps(random, 'services', () => some(random, ['YOGA', 'pilates', 'reading']), 0.2),
  ...perhaps(random, 'except_services', () => some(random, ['Yoga', 'PILATES', 'reading']), 0.1),
})

export const yesOrNo = (random: Random): NaiveRule => ({ is: random.pick(['true', 'true', 'false']) })
