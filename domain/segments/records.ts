import { REMEMBERED } from '../../rules/compile/asOfTables.ts'
import type { Records } from '../../rules/fact.ts'
import type { Scope } from '../../rules/rule.ts'
import { plain, sql } from '../../rules/sql.ts'
import { type RawTable, TABLES } from '../../rules/tables.ts'
import { type Database, rows } from '../database.ts'
import { countsSql } from './waitingProviders.ts'

/** What somebody can look up: a thing that was told us, or one of ours. */
export type SeenRecord = {
  kind: 'booking' | 'membership' | 'payment' | 'review' | 'interaction' | 'reward' | 'delivery'
  id: string
  /** An instant, or a local day `YYYY-MM-DD`. */
  at: Date | string | null
  /** A service, a type, an amount, a rating; null where there is no more to say. */
  text: string | null
}

/** How a record of a table is shown; tables without an entry have none of their own. */
const SHOWN: Partial<Record<RawTable, { kind: SeenRecord['kind']; id: string; at: string; text: string }>> = {
  bookings: { kind: 'booking', id: 'x.external_id', at: 'x.starts_at', text: 'x.service' },
  memberships: { kind: 'membership', id: 'x.external_id', at: 'x.valid_from', text: 'x.type' },
  payments: { kind: 'payment', id: 'x.external_id', at: 'x.paid_at', text: 'x.amount' },
  reviews: { kind: 'review', id: 'x.external_id', at: 'x.reviewed_at', text: 'x.rating' },
  interactions: { kind: 'interaction', id: 'x.external_id', at: 'x.at', text: 'NULL' },
  rewards: { kind: 'reward', id: 'x.id', at: 'x.valid_to', text: 'NULL' },
  deliveries: { kind: 'delivery', id: 'x.id', at: 'x.queued_at', text: 'NULL' },
}

/** How many records one condition shows. */
const MOST = 3

/**
 * The records of a customer that decided a condition, the ones that count most first.
 *
 * @param who our own ids; provider 0 for the whole business
 * @param knownAt only those that have stood as they do since a past instant
 */
export async function readRecords(
  db: Database,
  records: Records,
  scope: Scope,
  who: { customer: number; provider: number },
  waiting: readonly number[],
  knownAt?: Date,
): Promise<SeenRecord[]> {
  const { table, which, order } = records
  const shown = SHOWN[table]
  if (shown === undefined) return []
  const { perProvider, marksDeleted, namesProvider } = TABLES[table]
  const own = scope === 'provider' && perProvider ? sql`x.provider_id = ${who.provider}` : plain('TRUE')
  const since = table in REMEMBERED ? REMEMBERED[table as keyof typeof REMEMBERED].since : 'x.created_at'
  const stood = knownAt === undefined ? plain('TRUE') : sql`${plain(since)} <= ${knownAt}`
  const counts = namesProvider ? countsSql(waiting) : { sql: 'TRUE', bindings: [] }
  const statement = sql`
    SELECT ${plain(shown.id)} AS id, ${plain(shown.at)} AS at, ${plain(shown.text)} AS text FROM ${plain(table)} x
    WHERE x.customer_id = ${who.customer} AND ${own} AND ${plain(marksDeleted ? 'x.deleted = 0' : 'TRUE')}
      AND ${{ text: counts.sql, values: counts.bindings }} AND (${which}) AND ${stood}
    ORDER BY ${order} LIMIT ${MOST}`
  const found = await rows<{ id: string | number; at: Date | string | null; text: string | number | null }>(
    db,
    statement.text,
    statement.values,
  )
  return found.map(({ id, at, text }) => ({
    kind: shown.kind,
    id: String(id),
    at,
    text: text === null ? null : String(text),
  }))
}
