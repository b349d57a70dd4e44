import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { postingNow } from '../ledger/postingNow.ts'
import { settleShares } from '../ledger/settleShares.ts'
import { HELD_REWARD, type HeldReward, type Use, writeUses } from '../redemptions/writeUses.ts'
import { chooseReward } from '../rewards/chooseReward.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Random } from './random.ts'

/** Who stands at the till. */
const TILL = 'Front desk'
/** So many of those who could use a reward do. */
const USED = 0.6

type Contact = HeldReward & { booking: number; price: number; booked_minutes: number | null }

/**
 * Uses rewards on readings of a day, as the till would ask for each: the one that applies by itself, by the rules of a
 * redemption, for all customers of the day at once.
 */
export async function redeemOfDay(trx: Database, random: Random, on: Day, now: Date): Promise<void> {
  const found = await rows<Contact>(
    trx,
    `SELECT b.id AS booking, b.price, b.minutes AS booked_minutes, ${HELD_REWARD}
     FROM rewards r STRAIGHT_JOIN bookings b FORCE INDEX (bookings_customer)
       ON b.customer_id = r.customer_id AND b.provider_id = r.provider_id
     WHERE r.state = 'active' AND r.valid_from <= ? AND r.valid_to >= ? AND b.starts_on = ? AND b.state = 'attended'
       AND b.deleted = 0 AND b.price > 0 AND r.activated_at <= b.starts_at
       AND NOT EXISTS (SELECT 1 FROM redemptions q WHERE q.booking_id = b.id AND q.standing = 1)
     ORDER BY b.id, r.id`,
    [on, on, on],
  )
  const uses: Use[] = []
  const used = new Set<number>()
  for (const [bookingId, rewards] of Map.groupBy(found, ({ booking }) => booking)) {
    const [contact] = rewards
    if (contact === undefined || !random.chance(USED)) continue
    const price = contact.price
    const free = rewards.filter(({ id }) => !used.has(id))
    const chosen = chooseReward(free, { price, minutes: contact.booked_minutes }, on)
    if (chosen === null) continue
    used.add(chosen.reward.id)
    uses.push({ bookingId, reward: chosen.reward, price, ...chosen.takenOff })
  }
  if (uses.length === 0) return
  const { freeMinutesCarryOn: carryOn } = await readSettings(trx)
  await writeUses(trx, { undone: [], uses, carryOn }, await postingNow(trx, TILL, now))
}

/**
 * Catches up with what readings of the past bring about day by day: rewards that were used, and shares of loyalty mails.
 *
 * @param evening the end of a local day
 */
export async function settlePast(trx: Database, random: Random, evening: (day: Day) => Date): Promise<void> {
  const found = await rows<{ id: number; day: Day }>(
    trx,
    `SELECT DISTINCT b.id, b.starts_on AS day FROM rewards r STRAIGHT_JOIN bookings b FORCE INDEX (bookings_customer)
       ON b.customer_id = r.customer_id AND b.provider_id = r.provider_id
     WHERE b.state = 'attended' AND b.deleted = 0 AND b.price > 0 AND r.activated_at <= b.starts_at
       AND b.starts_on BETWEEN r.valid_from AND r.valid_to
     ORDER BY b.starts_on, b.id`,
  )
  for (const [day, readings] of Map.groupBy(found, (one) => one.day)) {
    const at = evening(day)
    await redeemOfDay(trx, random, day, at)
    await settleShares(
      trx,
      readings.map(({ id }) => id),
      at,
    )
  }
}
