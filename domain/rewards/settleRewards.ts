import { type Database, rows } from '../database.ts'
import { settleShares } from '../ledger/settleShares.ts'
import { noteGifts } from '../webhooks/noteRewards.ts'
import type { RewardState } from './reward.ts'
import { tellRules } from './tellRules.ts'

/**
 * The state that a reward `r` has by that of its message `d`. What was handed over, or may have been, is promised:
 * active. What did not arrive, or was never sent, is given back. What is queued again is reserved again, unless the
 * customer may have the first one: a promise is not taken back. What was used stays used.
 */
const STATE = `CASE
    WHEN r.state = 'used' THEN 'used'
    WHEN d.state IN ('sent', 'delivered', 'unconfirmed') THEN 'active'
    WHEN d.state IN ('bounced', 'failed', 'cancelled') THEN 'given_back'
    WHEN r.state = 'active' THEN 'active'
    ELSE 'reserved' END`

type Settled = Exclude<RewardState, 'used'>

/** What is written with a new state. */
const WITH: Readonly<Record<Settled, (now: Date) => Readonly<Record<string, Date | null>>>> = {
  reserved: () => ({ activated_at: null, given_back_at: null }),
  active: (now) => ({ activated_at: now, given_back_at: null }),
  given_back: (now) => ({ given_back_at: now }),
}

type Moved = { id: number; provider_id: number; customer_id: number; state: RewardState; next: Settled }

/**
 * Brings the rewards of messages to the state that follows from that of the messages: called in each transaction that
 * changes it, after the change. Nothing happens to messages without a reward; calling it twice is harmless.
 */
export async function settleRewards(trx: Database, deliveries: readonly number[], now: Date): Promise<void> {
  if (deliveries.length === 0) return
  const moved = await rows<Moved>(
    trx,
    `SELECT r.id, r.provider_id, r.customer_id, r.state, ${STATE} AS next
     FROM rewards r JOIN deliveries d ON d.id = r.delivery_id
     WHERE r.delivery_id IN (?) AND r.state <> ${STATE} ORDER BY r.id FOR UPDATE`,
    [[...deliveries]],
  )
  for (const state of ['reserved', 'active', 'given_back'] as const) {
    const ids = moved.filter(({ next }) => next === state).map(({ id }) => id)
    if (ids.length > 0)
      await trx('rewards')
        .whereIn('id', ids)
        .update({ state, ...WITH[state](now) })
  }
  // usable from now on
  await noteGifts(
    trx,
    moved.filter(({ next }) => next === 'active').map(({ id }) => id),
    now,
  )
  await settleShares(
    trx,
    await readingsWith(
      trx,
      moved.map(({ id }) => id),
    ),
    now,
  )
  // a reserved reward counts in nobody's rules; only what becomes active, or was, changes an answer
  const counted = moved.filter(({ state, next }) => state === 'active' || next === 'active')
  await tellRules(
    trx,
    counted.map((row) => ({ providerId: row.provider_id, customerId: row.customer_id })),
    now,
  )
}

/** The readings that loyalty mails with these vouchers may have brought about; held. */
async function readingsWith(trx: Database, rewards: readonly number[]): Promise<number[]> {
  if (rewards.length === 0) return []
  const found = await rows<{ id: number }>(
    trx,
    `SELECT b.id FROM rewards r STRAIGHT_JOIN bookings b FORCE INDEX (bookings_customer) ON b.customer_id = r.customer_id AND b.provider_id = r.provider_id
     WHERE r.id IN (?) AND r.kind = 'voucher' AND r.campaign_id IS NOT NULL
       AND b.starts_at >= r.created_at AND b.deleted = 0 AND b.state = 'attended' FOR UPDATE`,
    [[...rewards]],
  )
  return [...new Set(found.map(({ id }) => id))]
}
