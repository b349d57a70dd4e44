import type { NaiveRule } from '../naive.ts'
import type { Random } from '../random.ts'

/** Random rules out of every fact, parameter and operator, with values near those that random facts have. */

export const SERVICES = ['yoga', 'Pilates', 'reading'] as const
export const TYPES = ['flex', 'Gold'] as const
export const GROUPS = ['students', 'Seniors'] as const
export const AGGREGATORS = ['Pass', 'fitpass'] as const
export const STATES = ['booked', 'attended', 'no_show', 'cancelled'] as const

/** A tree of at most this depth. */
export function randomRule(random: Random, depth = 3): NaiveRule {
  if (depth <= 1 || random.chance(0.35)) return randomCondition(random)
  if (random.chance(0.25)) return { not: randomRule(random, depth - 1) }
  const parts = Array.from({ length: random.int(random.chance(0.1) ? 0 : 1, 3) }, () => randomRule(random, depth - 1))
  return random.chance(0.5) ? { all: parts } : { any: parts }
}

function randomCondition(random: Random): NaiveRule {
  switch (random.int(0, 9)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return randomDate(random)
    case 4:
    case 5:
    case 6:
      return randomCount(random)
    case 7:
    case 8:
      return randomMembership(random)
    default:
      return randomText(random)
  }
}

const some = <Item>(random: Random, items: readonly Item[]): Item[] => {
  const picked = items.filter(() => random.chance(0.5))
  return picked.length === 0 ? [random.pick(items)] : picked
}

function duration(random: Random): NaiveRule {
  if (random.chance(0.3)) return { months: random.int(0, 4) }
  if (random.chance(0.2)) return { weeks: random.int(0, 6) }
  return { days: random.pick([0, 1, 7, 14, 30, 30, 60]) }
}

function which(random: Random): NaiveRule {
  return {
    ...(random.chance(0.4) ? { states: some(random, STATES) } : {}),
    ...(random.chance(0.2) ? { services: some(random, ['YOGA', 'pilates', 'reading']) } : {}),
  }
}

function randomDate(random: Random): NaiveRule {
  const fact = random.pick(['first_booking', 'last_booking', 'next_booking'])
  const is = random.pick(['within_last', 'within_next', 'more_than_ago', 'more_than_ahead', 'day', 'set', 'not_set'])
  if (is === 'set' || is === 'not_set') return { fact, ...which(random), is }
  if (is === 'day') {
    const value = `2026-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
    return { fact, ...which(random), is: random.pick(['before', 'after', 'on']), value }
  }
  return { fact, ...which(random), is, value: duration(random) }
}

function randomCount(random: Random): NaiveRule {
  const within = random.chance(0.7) ? { within: { [random.pick(['last', 'next'])]: duration(random) } } : {}
  const is = random.pick(['=', '!=', '<', '<=', '>', '>=', 'between'])
  const value = is === 'between' ? [random.int(0, 2), random.int(2, 5)] : random.int(0, 4)
  return { fact: 'booking_count', ...which(random), ...within, is, value }
}

function randomMembership(random: Random): NaiveRule {
  const types = random.chance(0.3) ? { types: some(random, ['FLEX', 'gold']) } : {}
  return {
    fact: 'membership',
    ...types,
    is: random.pick(['valid', 'valid_cancelled', 'valid_uncancelled', 'never', 'expired']),
  }
}

function randomText(random: Random): NaiveRule {
  const [fact, values] = random.pick([
    ['gender', ['female', 'male', 'diverse']],
    ['status', ['lead', 'customer', 'vip']],
    ['customer_group', ['STUDENTS', 'seniors', 'nobody']],
    ['aggregator', ['pass', 'FitPass']],
    ['language', ['en', 'de', 'fr']],
    ['country', ['DE', 'IT']],
  ] as const)
  const is = random.pick(['one_of', 'none_of', 'set', 'not_set'])
  return is === 'set' || is === 'not_set' ? { fact, is } : { fact, is, value: some<string>(random, values) }
}
