import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import type { SuppressionKind } from './kinds.ts'
import type { SuppressionChannel, SuppressionKey, SuppressionReason } from './suppress.ts'

export type Suppression = {
  key: SuppressionKey
  customer: { id: string; name: string }
  provider: string | null
  channel: SuppressionChannel
  kind: SuppressionKind
  reason: SuppressionReason
  source: string
  since: Date
}

type Row = Named & {
  customer_id: number
  provider_id: number
  provider: string | null
  channel: SuppressionChannel
  kind: SuppressionKind
  reason: SuppressionReason
  source: string
  created_at: Date
}

const FROM = `FROM suppressions s JOIN customers c ON c.id = s.customer_id
  LEFT JOIN providers p ON p.id = s.provider_id WHERE c.known = 1`
const COLUMNS = `${NAME_COLUMNS}, s.customer_id, s.provider_id, p.external_id AS provider, s.channel, s.kind, s.reason, s.source, s.created_at`

/**
 * Who gets nothing, and why.
 *
 * @param own only what is between this provider and their customers; null for everything
 * @param after the last one of the page before
 */
export async function listSuppressions(
  db: Database,
  { limit, after, own = null }: { limit: number; after: SuppressionKey | null; own?: number | null },
): Promise<{ suppressions: Suppression[]; total: number }> {
  const sql = `SELECT COUNT(*) AS total ${FROM} AND (? IS NULL OR s.provider_id = ?)`
  const [count] = await rows<{ total: number }>(db, sql, [own, own])
  const { customerId = 0, providerId = 0, channel = '', kind = '' } = after ?? {}
  const found = await rows<Row>(
    db,
    `SELECT ${COLUMNS} ${FROM} AND (? IS NULL OR s.provider_id = ?) AND (s.customer_id > ? OR (s.customer_id = ? AND (s.provider_id > ? OR
       (s.provider_id = ? AND (s.channel > ? OR (s.channel = ? AND s.kind > ?))))))
     ORDER BY s.customer_id, s.provider_id, s.channel, s.kind LIMIT ?`,
    [own, own, customerId, customerId, providerId, providerId, channel, channel, kind, limit],
  )
  return { suppressions: found.map(toSuppression), total: count?.total ?? 0 }
}

/** One suppression, or null when there is none. */
export async function readSuppression(db: Database, key: SuppressionKey): Promise<Suppression | null> {
  const [row] = await rows<Row>(
    db,
    `SELECT ${COLUMNS} ${FROM} AND s.customer_id = ? AND s.provider_id = ? AND s.channel = ? AND s.kind = ?`,
    [key.customerId, key.providerId, key.channel, key.kind ?? 'all'],
  )
  return row === undefined ? null : toSuppression(row)
}

function toSuppression(row: Row): Suppression {
  const { customer_id: customerId, provider_id: providerId, channel, kind, reason, source } = row
  return {
    key: { customerId, providerId, channel, kind },
    customer: { id: row.external_id, name: customerName(row) },
    provider: row.provider,
    channel,
    kind,
    reason,
    source,
    since: row.created_at,
  }
}
