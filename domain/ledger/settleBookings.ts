import { attributeBookings } from '../attribution/attributeBookings.ts'
import type { Database } from '../database.ts'
import { settleUses } from '../redemptions/settleUses.ts'
import { settleShares } from './settleShares.ts'

/**
 * What follows from changed bookings, in the transaction that changes them: rewards used on them, shares that they earn,
 * and the message that each belongs to. Set-based; whatever is repeated changes nothing.
 *
 * @param bookings our ids; the transaction holds them
 */
export async function settleBookings(trx: Database, bookings: readonly number[], now: Date): Promise<void> {
  await settleUses(trx, bookings, now)
  await settleShares(trx, bookings, now)
  await attributeBookings(trx, bookings)
}
