import { type Database, rows } from '../database.ts'
import type { DeliveryReward } from '../rewards/readRewards.ts'

/** A reward used on a booking; `id` of the booking is the caller's. */
export type Redemption = {
  booking: string
  reward: Omit<DeliveryReward, 'state'>
  price: number
  discount: number
  /** How many free minutes it took. */
  freeMinutes: number
  redeemedAt: Date
}

type Row = Omit<DeliveryReward, 'id' | 'state'> & { reward_id: number } & Pick<Redemption, 'booking' | 'price'> & {
    discount: number
    used: number
    redeemed_at: Date
  }

/** What stands for a booking; null when it has no reward, or that was taken back. */
export async function readRedemption(db: Database, bookingId: number): Promise<Redemption | null> {
  const [row] = await rows<Row>(
    db,
    `SELECT b.external_id AS booking, q.reward_id, q.price, q.discount, q.minutes AS used, q.redeemed_at, r.kind, r.amount,
       r.percent, r.ceiling, r.minutes, r.valid_from, r.valid_to
     FROM redemptions q JOIN bookings b ON b.id = q.booking_id JOIN rewards r ON r.id = q.reward_id
     WHERE q.booking_id = ? AND q.standing = 1`,
    [bookingId],
  )
  if (row === undefined) return null
  const { booking, price, discount, used, redeemed_at: redeemedAt, reward_id, ...size } = row
  return { booking, price, discount, freeMinutes: used, redeemedAt, reward: { id: String(reward_id), ...size } }
}
