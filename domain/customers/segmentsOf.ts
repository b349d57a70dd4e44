import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { leavesAt } from '../segments/leavesAt.ts'
import type { Recalculation } from '../segments/readSegments.ts'
import { knownCustomer } from './knownCustomer.ts'

export type SegmentOfCustomer = {
  id: string
  name: string
  provider: { id: string; name: string } | null
  since: Date
  by_hand: boolean
  /** Who put the customer in; null when it was the rule, or when nobody noted it. */
  put_in_by: string | null
  /** When time alone takes the customer out, as far as that can be foreseen. */
  leavesAt: Date | null
}

type Row = Omit<SegmentOfCustomer, 'provider' | 'by_hand' | 'leavesAt'> & {
  provider: string | null
  provider_name: string | null
  provider_id: number
  by_hand: number
  scope: Scope
  rule: string
  recalculation: string
  computed: number
}

/**
 * The segments that a customer is in, by name; those of providers once for each.
 *
 * @param own only those of this provider, of a customer of theirs; null for all
 * @throws Problem 'not_found'
 */
export async function segmentsOf(
  db: Database,
  externalId: string,
  now: Date,
  own: number | null = null,
): Promise<SegmentOfCustomer[]> {
  const id = await knownCustomer(db, externalId, own)
  const found = await rows<Row>(
    db,
    `SELECT s.\`key\` AS id, s.name, p.external_id AS provider, p.name AS provider_name, m.provider_id, m.since,
       o.is_in IS NOT NULL AS by_hand, o.decided_by AS put_in_by, s.scope, s.rule, s.recalculation,
       s.version <=> s.computed_version AS computed
     FROM segment_members m JOIN segments s ON s.id = m.segment_id
     LEFT JOIN segment_overrides o
       ON o.segment_id = m.segment_id AND o.provider_id = m.provider_id AND o.customer_id = m.customer_id
     LEFT JOIN providers p ON p.id = m.provider_id
     WHERE m.customer_id = ? AND (? IS NULL OR m.provider_id = ?) ORDER BY s.name, s.id, p.name, p.id`,
    [id, own, own],
  )
  return Promise.all(
    found.map(async ({ provider, provider_name, by_hand, ...row }) => ({
      ...{ id: row.id, name: row.name, since: row.since, put_in_by: row.put_in_by },
      provider: provider === null ? null : { id: provider, name: provider_name ?? provider },
      by_hand: by_hand === 1,
      leavesAt: by_hand === 1 ? null : await leaves(db, row, id, now),
    })),
  )
}

async function leaves(
  db: Database,
  {
    rule: json,
    scope,
    computed,
    provider_id,
    ...kept
  }: Pick<Row, 'rule' | 'scope' | 'computed' | 'provider_id' | 'recalculation'>,
  customer: number,
  now: Date,
): Promise<Date | null> {
  const rule = fromJson<Rule>(json)
  // while it is computed anew, the member is still that of an earlier rule
  if (rule === null || computed === 0) return null
  const recalculation = fromJson<Recalculation>(kept.recalculation) ?? { mode: 'live' }
  return (await leavesAt(db, { rule, scope, recalculation }, provider_id, [customer], now)).get(customer) ?? null
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
 * @param own only those of this provider, of a customer of theirs; null for all
 * @throws Problem 'not_found'
 */
export async function takenOutOf(db: Database, externalId: string, own: number | null = null): Promise<TakenOut[]> {
  const customer = await knownCustomer(db, externalId, own)
  const found = await rows<Omit<TakenOut, 'provider'> & { provider: string | null; provider_name: string | null }>(
    db,
    `SELECT s.\`key\` AS id, s.name, p.external_id AS provider, p.name AS provider_name, o.decided_at, o.decided_by
     FROM segment_overrides o JOIN segments s ON s.id = o.segment_id LEFT JOIN providers p ON p.id = o.provider_id
     WHERE o.customer_id = ? AND NOT o.is_in AND (? IS NULL OR o.provider_id = ?)
     ORDER BY s.name, s.id, p.name, p.id`,
    [customer, own, own],
  )
  return found.map(({ provider, provider_name, ...row }) => ({
    ...row,
    provider: provider === null ? null : { id: provider, name: provider_name ?? provider },
  }))
}
