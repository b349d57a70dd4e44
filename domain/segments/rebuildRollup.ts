import { PROFILE } from '../../rules/compile/profile.ts'
import { type Database, execute } from '../database.ts'
import type { Moment } from './moment.ts'
import { countsSql } from './waitingProviders.ts'

/** What of `relationships` comes from one table's rows `x`; `?` is the moment's instant. */
type Part = {
  readonly table: 'bookings' | 'payments'
  /** The rows that count, beside those whose parties have not arrived. */
  readonly counted: string
  readonly columns: Readonly<Record<string, string>>
}

const PARTS: readonly Part[] = [
  {
    table: 'bookings',
    counted: "x.deleted = 0 AND x.state <> 'cancelled'",
    columns: {
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
    },
  },
  {
    table: 'payments',
    counted: 'x.deleted = 0',
    columns: { payments: 'COUNT(x.id)', paid_total: 'COALESCE(SUM(x.amount), 0)' },
  },
]

/** The columns at whose instant a rollup row is no longer right by itself. */
export const ROLLUP_FLIPS = ['next_booking_at', 'next_attended_at'] as const

const selected = ({ columns }: Part) => Object.values(columns).join(', ')
const named = ({ columns }: Part) => Object.keys(columns).join(', ')
const written = ({ columns }: Part) =>
  Object.keys(columns)
    .map((name) => `${name} = VALUES(${name})`)
    .join(', ')
/** One value for each `?` of the columns. */
const instants = (part: Part, now: Date): Date[] => Array(selected(part).split('?').length - 1).fill(now)

/** The profile is the customer's, so it stands in the row of the whole business only. */
const SET_PROFILE = PROFILE.map((column) => `r.${column} = c.${column}`).join(', ')

/** What makes somebody a provider's own customer: any row between the two that is there. */
export const FACT_TABLES = [
  ...(['bookings', 'memberships', 'payments', 'reviews', 'interactions'] as const).map((table) => ({
    table,
    there: 'x.deleted = 0',
  })),
  { table: 'favourites', there: 'TRUE' },
  { table: 'rewards', there: 'TRUE' },
] as const

/**
 * Rebuilds the rows of `relationships` for the pairs in `refresh_scope` from the raw rows, whatever stood there before.
 * Their flips stay as they were. A provider and a customer between whom nothing is left have no row.
 */
export async function rebuildRollup(trx: Database, { now }: Moment, waiting: readonly number[]): Promise<void> {
  const counts = countsSql(waiting)
  for (const part of PARTS) {
    for (const [pairs, own] of [
      ['s.provider_id = 0', 'TRUE'],
      ['s.provider_id <> 0', 'x.provider_id = s.provider_id'],
    ]) {
      await execute(
        trx,
        `INSERT INTO relationships (provider_id, customer_id, ${named(part)})
         SELECT s.provider_id, s.customer_id, ${selected(part)}
         FROM refresh_scope s
         LEFT JOIN ${part.table} x ON x.customer_id = s.customer_id AND ${own} AND ${part.counted} AND ${counts.sql}
         WHERE ${pairs} GROUP BY s.provider_id, s.customer_id
         ON DUPLICATE KEY UPDATE ${written(part)}`,
        [...instants(part, now), ...counts.bindings],
      )
    }
  }
  await execute(
    trx,
    `UPDATE refresh_scope s
     STRAIGHT_JOIN relationships r ON r.provider_id = 0 AND r.customer_id = s.customer_id
     STRAIGHT_JOIN customers c ON c.id = s.customer_id
     SET ${SET_PROFILE} WHERE s.provider_id = 0`,
  )
  const nothingLeft = FACT_TABLES.map(
    ({ table, there }) => `NOT EXISTS (SELECT 1 FROM ${table} x
      WHERE x.customer_id = r.customer_id AND x.provider_id = r.provider_id AND ${there})`,
  )
  await execute(
    trx,
    `DELETE r FROM refresh_scope s
     STRAIGHT_JOIN relationships r ON r.provider_id = s.provider_id AND r.customer_id = s.customer_id
     WHERE s.provider_id <> 0 AND r.bookings = 0 AND r.payments = 0 AND ${nothingLeft.join(' AND ')}`,
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
  for (const part of PARTS) {
    await execute(
      trx,
      `INSERT INTO relationships (provider_id, customer_id, ${named(part)})
       SELECT 0, c.id, ${selected(part)}
       FROM customers c LEFT JOIN ${part.table} x ON x.customer_id = c.id AND ${part.counted} AND ${counts.sql}
       WHERE c.id BETWEEN ? AND ? GROUP BY c.id
       ON DUPLICATE KEY UPDATE ${written(part)}`,
      [...instants(part, now), ...counts.bindings, range.from, range.to],
    )
    await execute(
      trx,
      `INSERT INTO relationships (provider_id, customer_id, ${named(part)})
       SELECT x.provider_id, x.customer_id, ${selected(part)}
       FROM ${part.table} x
       WHERE x.customer_id BETWEEN ? AND ? AND x.provider_id IS NOT NULL AND ${part.counted} AND ${counts.sql}
       GROUP BY x.provider_id, x.customer_id
       ON DUPLICATE KEY UPDATE ${written(part)}`,
      [...instants(part, now), range.from, range.to, ...counts.bindings],
    )
  }
  await execute(
    trx,
    `UPDATE relationships r JOIN customers c ON c.id = r.customer_id
     SET ${SET_PROFILE} WHERE r.provider_id = 0 AND r.customer_id BETWEEN ? AND ?`,
    [range.from, range.to],
  )
  for (const { table, there } of FACT_TABLES) {
    await execute(
      trx,
      `INSERT IGNORE INTO relationships (provider_id, customer_id)
       SELECT DISTINCT x.provider_id, x.customer_id FROM ${table} x
       WHERE x.customer_id BETWEEN ? AND ? AND x.provider_id IS NOT NULL AND ${there}`,
      [range.from, range.to],
    )
  }
}
