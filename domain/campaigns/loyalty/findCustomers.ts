import { customerName, NAME_COLUMNS, type Named } from '../../customers/name.ts'
import { type Database, rows } from '../../database.ts'
import { escapeLike } from '../../escapeLike.ts'
import type { SuppressionReason } from '../../suppressions/suppress.ts'

/** Why somebody gets no loyalty mailing by email. */
type Why = { reason: SuppressionReason; source: string; since: Date }

/** A customer, and whether they get loyalty mailings: from a provider, and from anybody. */
export type LoyaltyCustomer = {
  /** Our own id. */
  key: number
  id: string
  name: string
  username: string | null
  fromProvider: Why | null
  fromEverybody: Why | null
}

type Row = Named & { id: number } & {
  [Column in 'own_reason' | 'own_source' | 'all_reason' | 'all_source']: string
} & {
  own_since: Date | null
  all_since: Date | null
}

/** What stands in the way of a loyalty mailing: the wish for no mail at all, or for none of this kind. */
const SELECT = `SELECT ${NAME_COLUMNS}, c.id, COALESCE(pa.reason, pl.reason) AS own_reason,
    COALESCE(pa.source, pl.source) AS own_source, COALESCE(pa.created_at, pl.created_at) AS own_since,
    COALESCE(ba.reason, bl.reason) AS all_reason, COALESCE(ba.source, bl.source) AS all_source,
    COALESCE(ba.created_at, bl.created_at) AS all_since
  FROM customers c
    LEFT JOIN suppressions pa ON pa.customer_id = c.id AND pa.provider_id = ? AND pa.channel = 'email' AND pa.kind = 'all'
    LEFT JOIN suppressions pl ON pl.customer_id = c.id AND pl.provider_id = ? AND pl.channel = 'email' AND pl.kind = 'loyalty'
    LEFT JOIN suppressions ba ON ba.customer_id = c.id AND ba.provider_id = 0 AND ba.channel = 'email' AND ba.kind = 'all'
    LEFT JOIN suppressions bl ON bl.customer_id = c.id AND bl.provider_id = 0 AND bl.channel = 'email' AND bl.kind = 'loyalty'`

/**
 * A provider's own customers by user name, the one who has exactly this name first, then those whose names begin with
 * it. Nobody who has only to do with other providers is found.
 */
export async function findByUsername(
  db: Database,
  providerId: number,
  { username, limit }: { username: string; limit: number },
): Promise<LoyaltyCustomer[]> {
  const found = await rows<Row>(
    db,
    `${SELECT}
     WHERE c.known = 1 AND c.username LIKE ? ESCAPE '!'
       AND EXISTS (SELECT 1 FROM relationships r WHERE r.provider_id = ? AND r.customer_id = c.id)
     ORDER BY c.username <> ?, c.username, c.id LIMIT ?`,
    [providerId, providerId, `${escapeLike(username)}%`, providerId, username, limit],
  )
  return found.map(toCustomer)
}

/**
 * Those to whom a provider sends no loyalty mailing, in the order of our ids.
 *
 * @param after the key of the last one of the page before
 */
export async function findUnsubscribed(
  db: Database,
  providerId: number,
  { after, limit }: { after: number; limit: number },
): Promise<LoyaltyCustomer[]> {
  const found = await rows<Row>(
    db,
    `${SELECT}
     WHERE c.known = 1 AND c.id > ? AND c.id IN (SELECT s.customer_id FROM suppressions s
       WHERE s.provider_id = ? AND s.channel = 'email' AND s.kind IN ('all', 'loyalty'))
     ORDER BY c.id LIMIT ?`,
    [providerId, providerId, after, providerId, limit],
  )
  return found.map(toCustomer)
}

function toCustomer(row: Row): LoyaltyCustomer {
  return {
    key: row.id,
    id: row.external_id,
    name: customerName(row),
    username: row.username,
    fromProvider: why(row.own_reason, row.own_source, row.own_since),
    fromEverybody: why(row.all_reason, row.all_source, row.all_since),
  }
}

const why = (reason: string, source: string, since: Date | null): Why | null =>
  since === null ? null : { reason: reason as SuppressionReason, source, since }
