import { type Database, execute } from '../database.ts'
import type { Moment } from './moment.ts'
import { countsSql } from './waitingProviders.ts'

/** The columns of `relationships` that come from bookings `x`; `?` is the moment's instant. */
const COLUMNS = {
  bookings: 'COUNT(x.id)',
  first_booking_at: 'MIN(x.starts_at)',
  first_booking_on: 'MIN(x.starts_on)',
  last_booking_at: 'MAX(CASE WHEN x.starts_at <= ? THEN x.starts_at END)',
  last_booking_on: 'MAX(CASE WHEN x.starts_at <= ? THEN x.starts_on END)',
  next_booking_at: 'MIN(CASE WHEN x.starts_at > ? THEN x.starts_at END)',
  next_booking_on: 'MIN(CASE WHEN x.starts_at > ? THEN x.starts_on END)',
  attended: "COALESCE(SUM(x.state = 'attended'), 0)",
  first_attended_at: "MIN(CASE WHEN x.state = 'attended' THEN x.starts_at END)",
  first_attended_on: "MIN(CASE WHEN x.state = 'attended' THEN x.starts_on END)",
  last_attended_at: "MAX(CASE WHEN x.state = 'attended' AND x.starts_at <= ? THEN x.starts_at END)",
  last_attended_on: "MAX(CASE WHEN x.state = 'attended' AND x.starts_at <= ? THEN x.starts_on END)",
  next_attended_at: "MIN(CASE WHEN x.state = 'attended' AND x.starts_at > ? THEN x.starts_at END)",
} as const

/** The columns at whose instant a rollup row is no longer right by itself. */
export const ROLLUP_FLIPS = ['next_booking_at', 'next_attended_at'] as const

const names = Object.keys(COLUMNS)
const SELECTED = Object.values(COLUMNS).join(', ')
const WRITTEN = names.map((name) => `${name} = VALUES(${name})`).join(', ')
/** One value for each `?` of {@link SELECTED}. */
const INSTANTS = SELECTED.split('?').length - 1

/** Bookings that count: not deleted, not cancelled, with parties that have arrived. */
const COUNTED = "x.deleted = 0 AND x.state <> 'cancelled'"

/** What makes somebody a provider's own customer: any of these between the two that is not deleted. */
export const FACT_TABLES = ['bookings', 'memberships', 'payments', 'reviews', 'interactions'] as const

/**
 * Rebuilds the rows of `relationships` for the pairs in `refresh_scope` from the raw rows, whatever stood there before.
 * Their flips stay as they were. A provider and a customer between whom nothing is left have no row.
 */
export async function rebuildRollup(trx: Database, { now }: Moment, waiting: readonly number[]): Promise<void> {
  const counts = countsSql(waiting)
  for (const [pairs, own] of [
    ['s.provider_id = 0', 'TRUE'],
    ['s.provider_id <> 0', 'x.provider_id = s.provider_id'],
  ]) {
    await execute(
      trx,
      `INSERT INTO relationships (provider_id, customer_id, ${names.join(', ')})
       SELECT s.provider_id, s.customer_id, ${SELECTED}
       FROM refresh_scope s LEFT JOIN bookings x ON x.customer_id = s.customer_id AND ${own} AND ${COUNTED} AND ${counts.sql}
       WHERE ${pairs} GROUP BY s.provider_id, s.customer_id
       ON DUPLICATE KEY UPDATE ${WRITTEN}`,
      [...Array<Date>(INSTANTS).fill(now), ...counts.bindings],
    )
  }
  const nothingLeft = FACT_TABLES.map(
    (table) => `NOT EXISTS (SELECT 1 FROM ${table} x
      WHERE x.customer_id = r.customer_id AND x.provider_id = r.provider_id AND x.deleted = 0)`,
  )
  await execute(
    trx,
    `DELETE r FROM refresh_scope s
     STRAIGHT_JOIN relationships r ON r.provider_id = s.provider_id AND r.customer_id = s.customer_id
     WHERE s.provider_id <> 0 AND r.bookings = 0 AND ${nothingLeft.join(' AND ')}`,
  )
}

/**
 * Rebuilds the rows of `relationships` of the customers of a range of ids, all of their relationships. For a database
 * that was filled without marking what is dirty.
 */
export async function rebuildRollupOfRange(
  trx: Database,
  { now }: Moment,
  waiting: readonly number[],
  range: { from: number; to: number },
): Promise<void> {
  const counts = countsSql(waiting)
  const instants = Array<Date>(INSTANTS).fill(now)
  await execute(
    trx,
    `INSERT INTO relationships (provider_id, customer_id, ${names.join(', ')})
     SELECT 0, c.id, ${SELECTED}
     FROM customers c LEFT JOIN bookings x ON x.customer_id = c.id AND ${COUNTED} AND ${counts.sql}
     WHERE c.id BETWEEN ? AND ? GROUP BY c.id
     ON DUPLICATE KEY UPDATE ${WRITTEN}`,
    [...instants, ...counts.bindings, range.from, range.to],
  )
  await execute(
    trx,
    `INSERT INTO relationships (provider_id, customer_id, ${names.join(', ')})
     SELECT x.provider_id, x.customer_id, ${SELECTED}
     FROM bookings x
     WHERE x.customer_id BETWEEN ? AND ? AND x.provider_id IS NOT NULL AND ${COUNTED} AND ${counts.sql}
     GROUP BY x.provider_id, x.customer_id
     ON DUPLICATE KEY UPDATE ${WRITTEN}`,
    [...instants, range.from, range.to, ...counts.bindings],
  )
}
