import { BOOKING_PARAMETERS, isMeant, rollupName } from '../bookings.ts'
import { entersWindowOn, leavesWindowOn, shifted } from '../dates.ts'
import type { Compiled, Context, Fact } from '../fact.ts'
import { window } from '../kinds.ts'
import { compareNumber, NUMBER_OPERATORS } from '../numbers.ts'
import type { Condition } from '../rule.ts'
import { type Sql, sql } from '../sql.ts'

/** The number of bookings: all that there are, past and to come, or those of the last or next days. */
export const bookingCount: Fact = {
  label: 'Number of bookings',
  group: 'bookings',
  parameters: { ...BOOKING_PARAMETERS, within: { label: 'within', kind: window } },
  operators: NUMBER_OPERATORS,
  compile(condition, context) {
    if (condition.within === undefined) return compileAll(condition, context)
    const within = window.schema.parse(condition.within)
    const meant = isMeant(condition)
    const { now, today } = context
    const started = sql`x.starts_at <= ${now}`
    const starts = context.aggregate('bookings', sql`MIN(CASE WHEN ${meant} AND NOT (${started}) THEN x.starts_at END)`)
    if ('last' in within) {
      const counted = sql`${meant} AND ${started} AND x.starts_on >= ${shifted(today, within.last, -1)}`
      const count = countOf(sql`SUM(${counted})`, context)
      const earliest = context.aggregate('bookings', sql`MIN(CASE WHEN ${counted} THEN x.starts_on END)`)
      const flipsOn = [leavesWindowOn(earliest, within.last)]
      return { holds: compareNumber(condition, count), value: count, flipsAt: [starts], flipsOn }
    }
    const to = shifted(today, within.next, 1)
    const count = countOf(sql`SUM(${meant} AND NOT (${started}) AND x.starts_on <= ${to})`, context)
    const beyond = sql`MIN(CASE WHEN ${meant} AND x.starts_on > ${to} THEN x.starts_on END)`
    const flipsOn = [entersWindowOn(context.aggregate('bookings', beyond), within.next)]
    return { holds: compareNumber(condition, count), value: count, flipsAt: [starts], flipsOn }
  },
}

/** Without a window: time changes nothing. */
function compileAll(condition: Condition, context: Context): Compiled {
  const name = rollupName(condition)
  const stored = name === null ? null : context.rollup(name === 'booking' ? 'bookings' : 'attended')
  const count = stored === null ? countOf(sql`SUM(${isMeant(condition)})`, context) : sql`COALESCE(${stored}, 0)`
  return { holds: compareNumber(condition, count), value: count }
}

/** No row at all is none. */
function countOf(sum: Sql, context: Context) {
  return sql`COALESCE(${context.aggregate('bookings', sum)}, 0)`
}
