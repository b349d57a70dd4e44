import { type Database, rows } from '../database.ts'
import { knownCustomer } from './knownCustomer.ts'

export type SegmentOfCustomer = {
  id: string
  name: string
  provider: { id: string; name: string } | null
  since: Date
  by_hand: boolean
}

/**
 * The segments that a customer is in, by name; those of providers once for each.
 *
 * @throws Problem 'not_found'
 */
export async function segmentsOf(db: Database, externalId: string): Promise<SegmentOfCustomer[]> {
  const id = await knownCustomer(db, externalId)
  const found = await rows<{
    id: string
    name: string
    provider: string | null
    provider_name: string | null
    since: Date
    by_hand: number
  }>(
    db,
    `SELECT s.\`key\` AS id, s.name, p.external_id AS provider, p.name AS provider_name, m.since,
       o.is_in IS NOT NULL AS by_hand
     FROM segment_members m JOIN segments s ON s.id = m.segment_id
     LEFT JOIN segment_overrides o
       ON o.segment_id = m.segment_id AND o.provider_id = m.provider_id AND o.customer_id = m.customer_id
     LEFT JOIN providers p ON p.id = m.provider_id
     WHERE m.customer_id = ? ORDER BY s.name, s.id, p.name, p.id`,
    [id],
  )
  return found.map(({ id, name, provider, provider_name, since, by_hand }) => ({
    id,
    name,
    provider: provider === null ? null : { id: provider, name: provider_name ?? provider },
    since,
    by_hand: by_hand === 1,
  }))
}

/** A segment that somebody has taken a customer out of by hand. */
export type TakenOut = {
  id: string
  name: string
  provider: { id: string; name: string } | null
  decided_at: Date
  decided_by: string | null
}

/**
 * The segments that somebody has taken a customer out of by hand, by name.
 *
 * @throws Problem 'not_found'
 */
export async function takenOutOf(db: Database, externalId: string): Promise<TakenOut[]> {
  const customer = await knownCustomer(db, externalId)
  const found = await rows<Omit<TakenOut, 'provider'> & { provider: string | null; provider_name: string | null }>(
    db,
    `SELECT s.\`key\` AS id, s.name, p.external_id AS provider, p.name AS provider_name, o.decided_at, o.decided_by
     FROM segment_overrides o JOIN segments s ON s.id = o.segment_id LEFT JOIN providers p ON p.id = o.provider_id
     WHERE o.customer_id = ? AND NOT o.is_in ORDER BY s.name, s.id, p.name, p.id`,
    [customer],
  )
  return found.map(({ provider, provider_name, ...row }) => ({
    ...row,
    provider: provider === null ? null : { id: provider, name: provider_name ?? provider },
  }))
}
