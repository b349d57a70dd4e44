import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { type Database, rows } from '../../domain/database.ts'
import type { AskedReward } from '../../domain/rewards/reward.ts'
import { insertCustomers } from './sending.ts'

/** The providers and segments of {@link insertClienteles}. */
export const PROVIDERS = ['anna', 'ben'] as const
export const SEGMENTS = ['loyalty-new', 'loyalty-loyal'] as const

const AT = new Date('2026-01-01T00:00:00Z')

/**
 * Two providers with two segments each, and a segment of the whole business called `everyone`. Of the customers `c0`,
 * `c1`, … (user names `user0`, `user1`, …) every other one is Anna's, the rest are Ben's; both segments of each have them
 * all.
 */
export async function insertClienteles(
  db: Database,
  count: number,
  address?: (index: number) => string,
): Promise<{ customers: string[]; providerIds: Record<string, number> }> {
  const customers = await insertCustomers(db, count, address)
  await db.raw("UPDATE customers SET username = CONCAT('user', SUBSTRING(external_id, 2))")
  await db.batchInsert(
    'providers',
    PROVIDERS.map((id) => ({ external_id: id, name: `${id} name`, known: true, created_at: AT, updated_at: AT })),
  )
  await db.batchInsert(
    'segments',
    [...SEGMENTS, 'everyone'].map((key) => ({
      key,
      name: `The ${key}`,
      scope: key === 'everyone' ? 'business' : 'provider',
      rule: '{"all":[]}',
      version: 1,
      computed_version: 1,
      computed_at: AT,
      recalculation: '{"mode":"live"}',
      created_at: AT,
      updated_at: AT,
    })),
  )
  const whose = `FROM customers c JOIN providers p ON p.external_id = IF(c.id MOD 2 = (SELECT MIN(id) MOD 2 FROM customers), 'anna', 'ben')`
  await db.raw(`INSERT INTO relationships (provider_id, customer_id, bookings) SELECT p.id, c.id, 1 ${whose}`)
  await db.raw(
    `INSERT INTO segment_members (segment_id, provider_id, customer_id, since)
     SELECT s.id, p.id, c.id, ? ${whose} JOIN segments s ON s.scope = 'provider'`,
    [AT],
  )
  const found = await rows<{ id: number; external_id: string }>(db, 'SELECT id, external_id FROM providers')
  return { customers, providerIds: Object.fromEntries(found.map(({ id, external_id }) => [external_id, id])) }
}

/** A loyalty mailing of Anna's, or another provider's, not frozen yet. */
export const loyaltyMailing = (
  db: Database,
  now: Date,
  order: { provider?: string; segment?: string; sendAt?: Date; reward?: AskedReward } = {},
): Promise<number> => {
  const { provider = 'anna', segment = 'loyalty-loyal', sendAt = null, reward } = order
  return createCampaign(
    db,
    {
      criteria: { kind: 'loyalty', provider, segment },
      content: { subject: 'Thank you', html: '<p>Thank you, {{ customer.first_name | default: "you" }}</p>' },
      sendAt,
      reward,
      createdBy: null,
    },
    now,
  )
}

/** Who has which weeks: `anna loyalty-loyal 2026-W49`, in order. */
export async function takenSlots(db: Database): Promise<string[]> {
  const found = await rows<{ slot: string }>(
    db,
    `SELECT CONCAT_WS(' ', p.external_id, s.\`key\`, l.week) AS slot FROM loyalty_slots l
     JOIN providers p ON p.id = l.provider_id JOIN segments s ON s.id = l.segment_id ORDER BY slot`,
  )
  return found.map(({ slot }) => slot)
}
