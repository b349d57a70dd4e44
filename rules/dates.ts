import type { Compiled, Context, Operator, Records } from './fact.ts'
import { type Duration, day, duration } from './kinds.ts'
import type { Condition } from './rule.ts'
import { plain, type Sql, sql } from './sql.ts'
import { addDays, addMonths, type Day } from './time.ts'

/** The operators of facts whose value is an instant with its local day. */
export const DATE_OPERATORS: Readonly<Record<string, Operator>> = {
  within_last: { label: 'within the last', value: duration },
  within_next: { label: 'within the next', value: duration },
  more_than_ago: { label: 'more than … ago', value: duration },
  more_than_ahead: { label: 'more than … ahead', value: duration },
  before: { label: 'before', value: day },
  after: { label: 'after', value: day },
  on: { label: 'on', value: day },
  set: { label: 'there is one', value: null },
  not_set: { label: 'there is none', value: null },
}

/** A duration later than a day; earlier with direction -1. Months are clipped at the month's end. */
export function shifted(from: Day, by: Duration, direction: 1 | -1): Day {
  if ('months' in by) return addMonths(from, direction * by.months)
  return addDays(from, direction * ('weeks' in by ? by.weeks * 7 : by.days))
}

/** The same in SQL, for a column with a day. */
function shiftedColumn(on: Sql, by: Duration, direction: 1 | -1): Sql {
  const call = plain(direction === 1 ? 'DATE_ADD' : 'DATE_SUB')
  if ('months' in by) return sql`${call}(${on}, INTERVAL ${by.months} MONTH)`
  return sql`${call}(${on}, INTERVAL ${'weeks' in by ? by.weeks * 7 : by.days} DAY)`
}

/**
 * The day after which a started thing of that day is no longer within the last …: the first local day d with
 * d - duration > on. For clipped months perhaps a few days early, never late.
 */
export const leavesWindowOn = (on: Sql, by: Duration): Sql => sql`DATE_ADD(${shiftedColumn(on, by, 1)}, INTERVAL 1 DAY)`

/** The first day on which a thing of a later day is within the next …. For clipped months perhaps early, never late. */
export const entersWindowOn = (on: Sql, by: Duration): Sql => shiftedColumn(on, by, -1)

/**
 * What a fact compares: the instant, its local day, and where the value itself moves on as time passes (the last booking
 * is another one when the next one starts) the instant at which it does.
 */
export type DateColumns = {
  readonly at: Sql
  readonly on: Sql
  readonly movesAt?: Sql
  /** The rows that the instant comes from. */
  readonly records?: Records
}

/** Compiles a condition with one of {@link DATE_OPERATORS}. */
export function compileDate(condition: Condition, { records, ...columns }: DateColumns, context: Context): Compiled {
  const compiled = compileOperator(condition, columns, context)
  return records === undefined ? compiled : { ...compiled, records }
}

function compileOperator(condition: Condition, { at, on, movesAt }: DateColumns, context: Context): Compiled {
  const { now, today } = context
  const moves = movesAt === undefined ? [] : [movesAt]
  switch (condition.is) {
    case 'within_last': {
      const by = duration.schema.parse(condition.value)
      const from = shifted(today, by, -1)
      const leaves = sql`CASE WHEN ${at} <= ${now} AND ${on} >= ${from} THEN ${leavesWindowOn(on, by)} END`
      return { holds: sql`${at} <= ${now} AND ${on} >= ${from}`, value: at, flipsAt: [at, ...moves], flipsOn: [leaves] }
    }
    case 'within_next': {
      const by = duration.schema.parse(condition.value)
      const to = shifted(today, by, 1)
      const enters = sql`CASE WHEN ${on} > ${to} THEN ${entersWindowOn(on, by)} END`
      return { holds: sql`${at} > ${now} AND ${on} <= ${to}`, value: at, flipsAt: [at, ...moves], flipsOn: [enters] }
    }
    case 'more_than_ago': {
      const by = duration.schema.parse(condition.value)
      const to = shifted(today, by, -1)
      // what has not started is looked at again when it does: no day far ahead is ever computed
      const passes = sql`CASE WHEN ${at} <= ${now} AND ${on} >= ${to} THEN ${leavesWindowOn(on, by)} END`
      return { holds: sql`${on} < ${to}`, value: at, flipsAt: [at, ...moves], flipsOn: [passes] }
    }
    case 'more_than_ahead': {
      const by = duration.schema.parse(condition.value)
      const from = shifted(today, by, 1)
      const nears = sql`CASE WHEN ${on} > ${from} THEN ${entersWindowOn(on, by)} END`
      return { holds: sql`${on} > ${from}`, value: at, flipsAt: moves, flipsOn: [nears] }
    }
    case 'before':
      return { holds: sql`${on} < ${day.schema.parse(condition.value)}`, value: at, flipsAt: moves }
    case 'after':
      return { holds: sql`${on} > ${day.schema.parse(condition.value)}`, value: at, flipsAt: moves }
    case 'on':
      return { holds: sql`${on} = ${day.schema.parse(condition.value)}`, value: at, flipsAt: moves }
    case 'set':
      return { holds: sql`${at} IS NOT NULL`, value: at, flipsAt: moves }
    case 'not_set':
      return { holds: sql`${at} IS NULL`, value: at, flipsAt: moves }
    default:
      throw new Error(`No date operator: ${condition.is}`)
  }
}
