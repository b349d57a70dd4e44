import type { Condition } from '../rule.ts'
import type { Formula } from './claims.ts'
import { between, EVERY_NUMBER, notIn, type Spans, wholeOf } from './spans.ts'
import { both, numbers, others, type Values } from './values.ts'

const END = Number.POSITIVE_INFINITY
const FROM_ZERO = between(0, END)

/** What the number of a fact can be at all. */
type Kind = { readonly whole: boolean; readonly universe: Values }

const KINDS: Readonly<Record<string, Kind>> = {
  booking_count: { whole: true, universe: numbers(FROM_ZERO) },
  payment_count: { whole: true, universe: numbers(FROM_ZERO) },
  // in minor units; what was paid back may be more than what was paid
  payment_total: { whole: true, universe: numbers(EVERY_NUMBER) },
  latest_review: { whole: true, universe: numbers(between(1, 5), true) },
  rank: { whole: true, universe: numbers(between(1, END), true) },
  age: { whole: true, universe: numbers(EVERY_NUMBER, true) },
  birthday: { whole: true, universe: numbers(EVERY_NUMBER, true) },
}
const ANY_KIND: Kind = { whole: false, universe: numbers(EVERY_NUMBER, true) }

/** What follows from a condition on a number; undefined when it is none, or has none yet. */
export function numberClaims({ fact, is, value }: Condition, subject: string): Formula | undefined {
  if (is === 'not_set') {
    const isThere = numberClaims({ fact, is: 'set' }, subject)
    return isThere && { not: isThere }
  }
  const spans = spansOf(is, value)
  if (spans === undefined) return undefined
  const { whole, universe } = KINDS[fact] ?? ANY_KIND
  const asked = numbers(whole ? wholeOf(spans) : spans)
  const limits: Values = whole && 'numbers' in universe ? { ...universe, numbers: wholeOf(universe.numbers) } : universe
  const key = `${subject} number`
  return { yes: [{ key, values: both(limits, asked) }], no: [{ key, values: both(limits, others(asked)) }] }
}

function spansOf(is: string, value: unknown): Spans | undefined {
  if (is === 'between' && Array.isArray(value)) {
    const [from, to] = value
    return typeof from === 'number' && typeof to === 'number' && from <= to ? between(from, to) : undefined
  }
  if (is === 'set') return EVERY_NUMBER
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  switch (is) {
    case '=':
      return between(value, value)
    case '!=':
      return notIn(between(value, value))
    case '<':
      return notIn(between(value, END))
    case '<=':
      return between(-END, value)
    case '>':
      return notIn(between(-END, value))
    case '>=':
      return between(value, END)
    default:
      return undefined
  }
}
