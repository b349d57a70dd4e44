import { type Count, countRows } from './counts.ts'
import type { DateColumns } from './dates.ts'
import type { Context, Parameter, Records } from './fact.ts'
import { choices, texts } from './kinds.ts'
import type { Condition } from './rule.ts'
import { listed, plain, type Sql, sql } from './sql.ts'

const BOOKING_STATES = ['booked', 'attended', 'no_show', 'cancelled'] as const
/** Cancelled ones never count, unless a rule asks for them. */
const COUNTED_STATES: readonly string[] = ['booked', 'attended', 'no_show']

const states = choices(BOOKING_STATES)
const services = texts(100)

/** The parameters that say which bookings a fact looks at. */
export const BOOKING_PARAMETERS: Readonly<Record<string, Parameter>> = {
  states: { label: 'in state', kind: states },
  services: { label: 'for service', kind: services },
  except_services: { label: 'not for service', kind: services },
}

const BOOKINGS = { table: 'bookings', at: plain('x.starts_at'), on: plain('x.starts_on') } as const

type Which = {
  states: readonly string[]
  services: readonly string[] | null
  /** Bookings without a service are never meant by these. */
  except: readonly string[] | null
}

function readWhich(condition: Condition): Which {
  return {
    states: condition.states === undefined ? COUNTED_STATES : states.schema.parse(condition.states),
    services: condition.services === undefined ? null : services.schema.parse(condition.services),
    except: condition.except_services === undefined ? null : services.schema.parse(condition.except_services),
  }
}

/** Whether a raw row `x` is one of the bookings that a condition looks at. */
function isMeant(condition: Condition): Sql {
  const which = readWhich(condition)
  const state = sql`x.state IN ${listed([...new Set(which.states)].sort())}`
  const named = which.services === null ? state : sql`${state} AND x.service IN ${listed(which.services)}`
  if (which.except === null) return named
  return sql`${named} AND (x.service IS NULL OR x.service NOT IN ${listed(which.except)})`
}

/** What the rollup calls the bookings that a condition looks at; null when it has no column for them. */
function rollupName(condition: Condition): 'booking' | 'attended' | null {
  const which = readWhich(condition)
  if (which.services !== null || which.except !== null) return null
  const asked = [...new Set(which.states)].sort().join()
  if (asked === 'attended') return 'attended'
  return asked === [...COUNTED_STATES].sort().join() ? 'booking' : null
}

/** The first booking ever, the latest one that has started, or the earliest one that has not, of those meant. */
export function bookingDates(which: 'first' | 'last' | 'next', condition: Condition, context: Context): DateColumns {
  const at = column(which, 'at', condition, context)
  const on = column(which, 'on', condition, context)
  const records = { table: 'bookings', ...rowsOf(which, isMeant(condition), context) } as const
  // the first one stays what it is; the last is another one when the next one starts
  return which === 'first'
    ? { at, on, records }
    : { at, on, records, movesAt: column('next', 'at', condition, context) }
}

function rowsOf(which: 'first' | 'last' | 'next', meant: Sql, { now }: Context): Pick<Records, 'which' | 'order'> {
  if (which === 'first') return { which: meant, order: plain('x.starts_at') }
  const started = sql`${meant} AND x.starts_at <= ${now}`
  if (which === 'last') return { which: started, order: plain('x.starts_at DESC') }
  return { which: sql`${meant} AND x.starts_at > ${now}`, order: plain('x.starts_at') }
}

function column(which: 'first' | 'last' | 'next', part: 'at' | 'on', condition: Condition, context: Context): Sql {
  const name = rollupName(condition)
  // hardly anybody asks for what is attended and has not begun: its day is not kept
  const kept = name !== null && `${which}_${name}_${part}` !== 'next_attended_on'
  const stored = kept ? context.rollup(`${which}_${name}_${part}`) : null
  if (stored !== null) return stored
  const meant = isMeant(condition)
  const value = plain(`x.starts_${part}`)
  const { now } = context
  switch (which) {
    case 'first':
      return context.aggregate('bookings', sql`MIN(CASE WHEN ${meant} THEN ${value} END)`)
    case 'last':
      return context.aggregate('bookings', sql`MAX(CASE WHEN ${meant} AND x.starts_at <= ${now} THEN ${value} END)`)
    case 'next':
      return context.aggregate('bookings', sql`MIN(CASE WHEN ${meant} AND x.starts_at > ${now} THEN ${value} END)`)
  }
}

/** How many bookings a condition looks at, in its window where it has one. */
export function countBookings(condition: Condition, context: Context): Count {
  const name = condition.within === undefined ? rollupName(condition) : null
  const stored = name === null ? null : context.rollup(name === 'booking' ? 'bookings' : 'attended')
  const meant = isMeant(condition)
  if (stored !== null) {
    const records = { table: 'bookings', which: meant, order: plain('x.starts_at DESC') } as const
    return { number: sql`COALESCE(${stored}, 0)`, records }
  }
  return countRows({ ...BOOKINGS, meant, adds: plain('1') }, condition.within, context)
}
