import { customerName, NAME_COLUMNS, type Named } from '../../customers/name.ts'
import { type Database, rows } from '../../database.ts'
import { readSegment } from '../readSegments.ts'
import { requireProvider } from '../requireProvider.ts'

/** Where a list of decisions has come to; newest first. */
export type OverridePlace = { at: Date; providerId: number; customerId: number }

export type Override = {
  customer: { id: string; name: string }
  provider: { id: string; name: string } | null
  decision: 'in' | 'out'
  decidedAt: Date
  /** Null for those who were put in before it was noted by whom. */
  decidedBy: string | null
  place: OverridePlace
}

type Row = Named & {
  provider: string | null
  provider_name: string | null
  is_in: number
  decided_at: Date
  decided_by: string | null
  provider_id: number
  customer_id: number
}

/**
 * Who was put into a segment by hand and who was taken out, newest first.
 *
 * @throws Problem 'not_found'; 'invalid' for an unknown provider
 */
export async function listOverrides(
  db: Database,
  key: string,
  { provider, decision }: { provider?: string | undefined; decision?: 'in' | 'out' | undefined },
  { limit, after }: { limit: number; after: OverridePlace | null },
): Promise<Override[]> {
  const segment = await readSegment(db, key)
  const conditions = ['o.segment_id = ?', 'c.known = 1']
  const bindings: (number | Date)[] = [segment.id]
  if (provider !== undefined && segment.scope === 'provider') {
    conditions.push('o.provider_id = ?')
    bindings.push(await requireProvider(db, provider, '/query/provider'))
  }
  if (decision !== undefined) conditions.push(decision === 'in' ? 'o.is_in' : 'NOT o.is_in')
  if (after !== null) {
    conditions.push('(o.decided_at < ? OR o.decided_at = ? AND (o.provider_id, o.customer_id) > (?, ?))')
    bindings.push(after.at, after.at, after.providerId, after.customerId)
  }
  const found = await rows<Row>(
    db,
    `SELECT ${NAME_COLUMNS}, p.external_id AS provider, p.name AS provider_name, o.is_in, o.decided_at, o.decided_by,
       o.provider_id, o.customer_id
     FROM segment_overrides o JOIN customers c ON c.id = o.customer_id LEFT JOIN providers p ON p.id = o.provider_id
     WHERE ${conditions.join(' AND ')} ORDER BY o.decided_at DESC, o.provider_id, o.customer_id LIMIT ?`,
    [...bindings, limit],
  )
  return found.map((row) => ({
    customer: { id: row.external_id, name: customerName(row) },
    provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
    decision: row.is_in === 1 ? 'in' : 'out',
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    place: { at: row.decided_at, providerId: row.provider_id, customerId: row.customer_id },
  }))
}
