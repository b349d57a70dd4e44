import { entersWindowOn, leavesWindowOn, shifted } from './dates.ts'
import type { Compiled, Context, Since } from './fact.ts'
import { window } from './kinds.ts'
import { type Sql, sql } from './sql.ts'
import type { RawTable } from './tables.ts'
import { addDays, type Day } from './time.ts'

/** What is counted or summed: rows `x` of a table that have an instant and its local day. */
export type Counted = {
  readonly table: RawTable
  readonly at: Sql
  /** The local day of `at`; left out where no column keeps it, which costs a look or two more when a window ends. */
  readonly on?: Sql
  /** Which rows are meant. */
  readonly meant: Sql
  /** What each of them adds: 1 to count them, or an amount. */
  readonly adds: Sql
}

/** A number with when time alone may change it. */
export type Count = { readonly number: Sql } & Pick<Compiled, 'flipsAt' | 'flipsOn' | 'records'>

/**
 * The number of all rows that are meant, past and to come; or with a window, of those of the last or next days.
 *
 * @param within the parameter as it stands in the condition
 */
export function countRows(counted: Counted, within: unknown, context: Context): Count {
  const { table, at, meant, adds } = counted
  // a day by the instant alone: at most one off, and looked at again each day until it is reached
  const on = counted.on ?? sql`DATE_SUB(DATE(${at}), INTERVAL 1 DAY)`
  const notBefore = (day: Day) =>
    counted.on === undefined ? sql`${at} >= ${context.startOf(day)}` : sql`${on} >= ${day}`
  const total = (which: Sql, since?: Since) =>
    sql`COALESCE(${context.aggregate(table, sql`SUM(CASE WHEN ${which} THEN ${adds} ELSE 0 END)`, since)}, 0)`
  const records = (which: Sql) => ({ table, which, order: sql`${at} DESC` })
  if (within === undefined) return { number: total(meant), records: records(meant) }
  const asked = window.schema.parse(within)
  const { now, today } = context
  const started = sql`${at} <= ${now}`
  // what has not started is not before today
  const from = 'last' in asked ? shifted(today, asked.last, -1) : today
  const rows = notBefore(from)
  // rows without a day of their own have several instants: before this one may still be after another
  const since = counted.on === undefined ? undefined : { day: from, rows }
  const starts = context.aggregate(table, sql`MIN(CASE WHEN ${meant} AND NOT (${started}) THEN ${at} END)`, since)
  if ('last' in asked) {
    const inside = sql`${meant} AND ${started} AND ${rows}`
    const earliest = context.aggregate(table, sql`MIN(CASE WHEN ${inside} THEN ${on} END)`, since)
    const flipsOn = [leavesWindowOn(earliest, asked.last)]
    return { number: total(inside, since), flipsAt: [starts], flipsOn, records: records(inside) }
  }
  const to = shifted(today, asked.next, 1)
  const after = notBefore(addDays(to, 1))
  const inside = sql`${meant} AND NOT (${started}) AND NOT (${after})`
  const beyond = context.aggregate(table, sql`MIN(CASE WHEN ${meant} AND ${after} THEN ${on} END)`, since)
  const flipsOn = [entersWindowOn(beyond, asked.next)]
  return { number: total(inside, since), flipsAt: [starts], flipsOn, records: records(inside) }
}
