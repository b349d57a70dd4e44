import type { Condition } from '../rule.ts'
import type { Claim, Formula } from './claims.ts'
import { between, EVERY_NUMBER, NO_NUMBER, type Spans, wholeOf } from './spans.ts'
import { both, numbers, others, type Values } from './values.ts'

const FOREVER = Number.POSITIVE_INFINITY
const MONTH = { shortest: 28, longest: 31 }

/** Where a date lies; -1 and less has come, 0 and more has not. */
const HAS_COME = between(-FOREVER, -1)
const IS_AHEAD = between(0, FOREVER)

/** Facts whose date has always come, or never. */
const SIDES: Readonly<Record<string, Spans>> = {
  last_booking: HAS_COME,
  last_payment: HAS_COME,
  last_interaction: HAS_COME,
  next_booking: IS_AHEAD,
}

/** The lines on which a date lies: days and months from today, and the calendar. Each by itself, without `now`. */
const LINES = ['days', 'months', 'calendar'] as const
type Line = (typeof LINES)[number]

/**
 * What follows from a condition on a date. How many days some months have depends on today, so they have a line of their
 * own and only bounds on that of the days.
 *
 * @param subject what the date is of
 */
export function dateClaims(condition: Condition, subject: string): Formula | undefined {
  const { is, value } = condition
  const universe = (line: Line): Values =>
    numbers(line === 'calendar' ? EVERY_NUMBER : (SIDES[condition.fact] ?? EVERY_NUMBER), true)
  const claim = (line: Line, values: Values): Claim => ({
    key: `${subject} ${line}`,
    values: both(universe(line), values),
  })
  const present = LINES.map((line) => claim(line, numbers(EVERY_NUMBER)))
  const absent = LINES.map((line) => claim(line, numbers(NO_NUMBER, true)))
  /** @param most where the date may be when the condition holds @param least where it certainly holds */
  const placed = (line: Line, most: Spans, least: Spans = most): { yes: Claim[]; no: Claim[] } => ({
    yes: [...present, claim(line, numbers(most))],
    no: [claim(line, others(numbers(least)))],
  })
  if (is === 'set') return { yes: present, no: absent }
  if (is === 'not_set') return { yes: absent, no: present }
  if (is === 'before' || is === 'after' || is === 'on') {
    const day = typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) / 86_400_000 : Number.NaN
    if (Number.isNaN(day)) return undefined
    const spans = { before: between(-FOREVER, day - 1), after: between(day + 1, FOREVER), on: between(day, day) }
    return placed('calendar', wholeOf(spans[is]))
  }
  const length = lengthOf(value)
  const window = WINDOWS[is]
  if (length === undefined || window === undefined) return undefined
  const { unit, count } = length
  if (unit !== 'months') return placed('days', window(unit === 'weeks' ? count * 7 : count))
  const ends = [window(count * MONTH.shortest), window(count * MONTH.longest)] as const
  const [least, most] = is.startsWith('within') ? ends : ([ends[1], ends[0]] as const)
  const inMonths = placed('months', window(count))
  const inDays = placed('days', most, least)
  return { yes: [...inMonths.yes, ...inDays.yes], no: [...inMonths.no, ...inDays.no] }
}

/** Where a date lies that is in a window of so many days (or, on their line, months). */
const WINDOWS: Readonly<Record<string, (length: number) => Spans>> = {
  within_last: (length) => wholeOf(between(-length - 1, -1)),
  within_next: (length) => wholeOf(between(0, length)),
  more_than_ago: (length) => wholeOf(between(-FOREVER, -length - 2)),
  more_than_ahead: (length) => wholeOf(between(length + 1, FOREVER)),
}

function lengthOf(value: unknown): { unit: string; count: number } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const [[unit, count] = ['', undefined]] = Object.entries(value)
  const known = unit === 'days' || unit === 'weeks' || unit === 'months'
  return known && typeof count === 'number' && count >= 0 ? { unit, count } : undefined
}
