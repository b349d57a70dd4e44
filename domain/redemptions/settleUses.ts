import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { postingNow } from '../ledger/postingNow.ts'
import { takesOff } from '../rewards/takesOff.ts'
import { readSettings } from '../settings/readSettings.ts'
import { readUses, type StandingUse, undo } from './takeBackRedemption.ts'
import { type Undone, type Use, type Why, writeUses } from './writeUses.ts'

type Booking = {
  id: number
  customer_id: number | null
  provider_id: number | null
  state: string
  price: number | null
  minutes: number | null
  starts_on: Day
  deleted: number
}

/**
 * Brings the uses of rewards in line with bookings that the transaction has changed, and holds. Of one that is cancelled
 * or gone, is somebody else's now, or lies outside the period, the reward is taken back. Where it costs another price, or
 * takes another time, the same reward is used anew on what it is now.
 *
 * @param bookings our ids
 */
export async function settleUses(trx: Database, bookings: readonly number[], now: Date): Promise<void> {
  if (bookings.length === 0) return
  const standing = await readUses(trx, bookings)
  if (standing.length === 0) return
  const posting = await postingNow(trx, null, now)
  const { freeMinutesCarryOn: carryOn } = await readSettings(trx)
  const found = await rows<Booking>(
    trx,
    `SELECT id, customer_id, provider_id, state, price, minutes, starts_on, deleted FROM bookings WHERE id IN (?)`,
    [standing.map(({ bookingId }) => bookingId)],
  )
  const byId = new Map(found.map((booking) => [booking.id, booking]))
  const undone: Undone[] = []
  const uses: Use[] = []
  // minutes that a use gives back, or takes anew, count for the next one of the same reward
  const free = new Map<number, number>()
  for (const use of standing) {
    const { reward } = use
    const booking = byId.get(use.bookingId)
    const left = free.get(reward.id) ?? (reward.minutes ?? 0) - reward.minutes_used
    const why = booking === undefined ? 'deleted' : whyNot(use, booking)
    const minutes = reward.minutes === null ? null : left + use.minutes
    const next = booking === undefined ? null : takesOff({ ...reward, minutes }, booking)
    if (why === null && next?.discount === use.discount && next.minutes === use.minutes) continue
    undone.push(undo(use, why ?? 'changed'))
    const isUsedAnew = why === null && booking !== undefined && next !== null && next.discount > 0
    if (isUsedAnew) uses.push({ bookingId: booking.id, reward, price: booking.price ?? 0, ...next })
    free.set(reward.id, left + use.minutes - (isUsedAnew ? next.minutes : 0))
  }
  await writeUses(trx, { undone, uses, carryOn }, posting)
}

function whyNot({ reward }: StandingUse, booking: Booking): Why | null {
  if (booking.deleted === 1) return 'deleted'
  if (booking.state === 'cancelled') return 'cancelled'
  const isTheirs = booking.customer_id === reward.customer_id && booking.provider_id === reward.provider_id
  const isInTime = reward.valid_from <= booking.starts_on && booking.starts_on <= reward.valid_to
  return isTheirs && isInTime ? null : 'changed'
}
