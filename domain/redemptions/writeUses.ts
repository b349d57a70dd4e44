import type { Day } from '../../rules/time.ts'
import { hear } from '../automations/hear.ts'
import { type Database, execute, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { addEntries, type NewEntry, type Posting, reverseEntries } from '../ledger/addEntries.ts'
import type { RewardState } from '../rewards/reward.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import type { Size } from '../rewards/takesOff.ts'
import { tellRules } from '../rewards/tellRules.ts'
import { noteUses } from '../webhooks/noteRewards.ts'

/** A reward that a transaction holds, as it stands; uses change it in place. */
export type HeldReward = Size & {
  id: number
  provider_id: number
  customer_id: number
  campaign_id: number | null
  delivery_id: number | null
  state: RewardState
  valid_from: Day
  valid_to: Day
  minutes_used: number
  used_at: Date | null
}

/** The columns of a {@link HeldReward} of `rewards` r. */
export const HELD_REWARD = `r.id, r.provider_id, r.customer_id, r.campaign_id, r.delivery_id, r.kind, r.amount, r.percent,
  r.ceiling, r.minutes, r.state, r.valid_from, r.valid_to, r.minutes_used, r.used_at`

/** A reward to be used on a booking. */
export type Use = { bookingId: number; reward: HeldReward; price: number; discount: number; minutes: number }

/** Why a use was taken back: by hand, or by what happened to its booking. */
export type Why = 'by_hand' | 'cancelled' | 'deleted' | 'changed'

/** A use to take back. */
export type Undone = { redemption: number; bookingId: number; reward: HeldReward; minutes: number; why: Why }

/**
 * Takes uses back and writes new ones: their rows, the lines of the ledger and what is left of their rewards. The caller
 * holds the bookings and rewards. What is taken back goes first, so that a booking may use its reward anew.
 *
 * @param carryOn whether free minutes that are left after a use can be used later
 * @throws ER_DUP_ENTRY when a booking has a reward already, or a reward is used: somebody else came first
 */
export async function writeUses(
  trx: Database,
  { undone, uses, carryOn }: { undone: readonly Undone[]; uses: readonly Use[]; carryOn: boolean },
  posting: Posting,
): Promise<void> {
  if (undone.length + uses.length === 0) return
  await takeBack(trx, undone, posting)
  await use(trx, uses, posting)
  const held = new Map([...undone, ...uses].map(({ reward }) => [reward.id, reward]))
  await writeRewards(trx, [...held.values()], carryOn, posting.now)
  const pairs = [...held.values()].map((reward) => ({ providerId: reward.provider_id, customerId: reward.customer_id }))
  await tellRules(trx, pairs, posting.now)
  // a booking that only uses its reward anew, at another price, has used it before
  const again = new Set(undone.map(({ bookingId }) => bookingId))
  const fresh = uses.filter(({ bookingId }) => !again.has(bookingId))
  await hear(
    trx,
    fresh.map(({ reward: { customer_id: customerId, provider_id: providerId } }) => {
      return { on: 'reward_used', customerId, providerId }
    }),
    posting.now,
  )
  // used anew at another price is told, too: as what it is worth now
  await noteUses(
    trx,
    {
      used: uses.map(({ bookingId, reward, price, discount, minutes }) => {
        return { bookingId, reward, data: { price, discount, minutes } }
      }),
      takenBack: undone.map(({ bookingId, reward, why }) => ({ bookingId, reward, data: { why } })),
    },
    posting.now,
  )
}

const referenceOf = (redemption: number) => `redemption:${redemption}`

async function takeBack(trx: Database, undone: readonly Undone[], posting: Posting): Promise<void> {
  if (undone.length === 0) return
  const { now, by } = posting
  for (const [why, group] of Map.groupBy(undone, (one) => one.why)) {
    await execute(
      trx,
      `UPDATE redemptions SET standing = NULL, turn = NULL, taken_back_at = ?, taken_back_by = ?, taken_back_why = ?
       WHERE id IN (?) AND standing = 1`,
      [now, by, why, group.map(({ redemption }) => redemption)],
    )
  }
  for (const { reward, minutes } of undone) reward.minutes_used -= minutes
  const references = undone.map(({ redemption }) => referenceOf(redemption))
  await reverseEntries(trx, references, posting)
}

async function use(trx: Database, uses: readonly Use[], posting: Posting): Promise<void> {
  if (uses.length === 0) return
  const turns = await lastTurns(trx, [...new Set(uses.map(({ reward }) => reward.id))])
  const { now, by } = posting
  await insertRows(
    trx,
    'redemptions',
    [
      ...['booking_id', 'reward_id', 'provider_id', 'customer_id', 'campaign_id', 'price', 'minutes', 'discount'],
      ...['turn', 'standing', 'redeemed_at', 'redeemed_by'],
    ],
    uses.map(({ bookingId, reward, price, discount, minutes }) => {
      const turn = (turns.get(reward.id) ?? 0) + 1
      turns.set(reward.id, turn)
      reward.minutes_used += minutes
      const whose = [reward.provider_id, reward.customer_id, reward.campaign_id]
      return [bookingId, reward.id, ...whose, price, minutes, discount, turn, 1, now, by]
    }),
  )
  const written = await rows<{ id: number; booking_id: number }>(
    trx,
    'SELECT id, booking_id FROM redemptions WHERE booking_id IN (?) AND standing = 1',
    [uses.map(({ bookingId }) => bookingId)],
  )
  const ids = new Map(written.map(({ id, booking_id }) => [booking_id, id]))
  await addEntries(
    trx,
    uses.map((one) => discountOf(one, ids.get(one.bookingId) ?? 0)),
    posting,
  )
}

/** The discount is at the provider's charge: the customer pays so much less. */
function discountOf({ bookingId, reward, price, discount }: Use, redemption: number): NewEntry {
  return {
    reference: referenceOf(redemption),
    kind: 'discount',
    ...{ providerId: reward.provider_id, customerId: reward.customer_id },
    ...{ bookingId, rewardId: reward.id, campaignId: reward.campaign_id, price, rate: null },
    lines: [
      ['provider', -discount],
      ['customer', discount],
    ],
  }
}

/** The last turn of rewards among the uses that stand. What is used once has the first one only. */
async function lastTurns(trx: Database, rewards: readonly number[]): Promise<Map<number, number>> {
  const found = await rows<{ reward_id: number; turn: number }>(
    trx,
    'SELECT reward_id, MAX(turn) AS turn FROM redemptions WHERE reward_id IN (?) AND standing = 1 GROUP BY reward_id',
    [[...rewards]],
  )
  return new Map(found.map(({ reward_id, turn }) => [reward_id, turn]))
}

/**
 * Writes what is left of rewards. One that is used no more is as usable as its message makes it: a mail that has come
 * back meanwhile brings nothing.
 */
async function writeRewards(trx: Database, held: readonly HeldReward[], carryOn: boolean, now: Date): Promise<void> {
  const uses = await lastTurns(
    trx,
    held.map(({ id }) => id),
  )
  const messages: number[] = []
  for (const reward of held) {
    const isUsed = uses.has(reward.id)
    const isLeft = reward.kind === 'free_minutes' && carryOn && reward.minutes_used < (reward.minutes ?? 0)
    if (isUsed && !isLeft) reward.state = 'used'
    else if (reward.state === 'used') {
      reward.state = 'active'
      if (reward.delivery_id !== null) messages.push(reward.delivery_id)
    }
    reward.used_at = isUsed ? (reward.used_at ?? now) : null
  }
  const one = 'SELECT ? AS id, ? AS state, ? AS minutes_used, CAST(? AS DATETIME(3)) AS used_at'
  for (let start = 0; start < held.length; start += 500) {
    const part = held.slice(start, start + 500)
    await execute(
      trx,
      `UPDATE rewards r JOIN (${part.map(() => one).join(' UNION ALL ')}) n ON n.id = r.id
       SET r.state = n.state, r.minutes_used = n.minutes_used, r.used_at = n.used_at`,
      part.flatMap(({ id, state, minutes_used, used_at }) => [id, state, minutes_used, used_at]),
    )
  }
  await settleRewards(trx, messages, now)
}
