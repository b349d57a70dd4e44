import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { postingNow } from '../ledger/postingNow.ts'
import { readSettings } from '../settings/readSettings.ts'
import { type Actor, holdBooking } from './redeem.ts'
import { transactOnce } from './transactOnce.ts'
import { HELD_REWARD, type HeldReward, type Undone, type Why, writeUses } from './writeUses.ts'

/**
 * Takes back the reward that was used on a booking: it can be used again, and the ledger gets the opposite lines. Again
 * changes nothing.
 *
 * @param booking the caller's id
 * @throws Problem 'not_found' for a booking that is not there, or never had a reward
 */
export function takeBackRedemption(db: Database, booking: string, actor: Actor, now: Date): Promise<void> {
  return transactOnce(db, async (trx) => {
    const { id } = await holdBooking(trx, booking, actor)
    const [standing] = await readUses(trx, [id])
    if (standing === undefined) return requireOne(trx, id, booking)
    const posting = await postingNow(trx, actor.by, now)
    const { freeMinutesCarryOn: carryOn } = await readSettings(trx)
    await writeUses(trx, { undone: [undo(standing, 'by_hand')], uses: [], carryOn }, posting)
  })
}

async function requireOne(trx: Database, bookingId: number, booking: string): Promise<void> {
  const [any] = await rows(trx, 'SELECT id FROM redemptions WHERE booking_id = ? LIMIT 1', [bookingId])
  if (any === undefined) throw new Problem('not_found', `No reward was used on the booking ${booking}`)
}

/** A use that stands, with its reward as it is now. */
export type StandingUse = {
  redemption: number
  bookingId: number
  price: number
  discount: number
  minutes: number
  reward: HeldReward
}

type Row = HeldReward & {
  redemption: number
  booking_id: number
  used_price: number
  used_discount: number
  used_minutes: number
}

/** What stands on bookings that the transaction holds, in the order in which it was used; held with its rewards. */
export async function readUses(trx: Database, bookings: readonly number[]): Promise<StandingUse[]> {
  const found = await rows<Row>(
    trx,
    `SELECT q.id AS redemption, q.booking_id, q.price AS used_price, q.discount AS used_discount,
       q.minutes AS used_minutes, ${HELD_REWARD}
     FROM redemptions q JOIN rewards r ON r.id = q.reward_id
     WHERE q.booking_id IN (?) AND q.standing = 1 ORDER BY q.id FOR UPDATE`,
    [[...bookings]],
  )
  // uses of one reward change the same one
  const rewards = new Map<number, HeldReward>()
  return found.map(({ redemption, booking_id, used_price, used_discount, used_minutes, ...row }) => {
    const reward = rewards.get(row.id) ?? row
    rewards.set(row.id, reward)
    return {
      redemption,
      bookingId: booking_id,
      price: used_price,
      discount: used_discount,
      minutes: used_minutes,
      reward,
    }
  })
}

export const undo = ({ redemption, bookingId, reward, minutes }: StandingUse, why: Why): Undone => ({
  redemption,
  bookingId,
  reward,
  minutes,
  why,
})
