import { type Database, execute } from '../database.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { type Pick, pairOf } from './pair.ts'

/**
 * Makes a customer one of a provider's favourites, whether anything else has been between the two or not. Again changes
 * nothing.
 *
 * @throws Problem 'not_found'
 */
export async function pickFavourite(db: Database, pick: Pick, now: Date): Promise<void> {
  const pair = await pairOf(db, pick)
  await transact(db, async (trx) => {
    const made = await execute(
      trx,
      'INSERT IGNORE INTO favourites (provider_id, customer_id, created_at) VALUES (?, ?, ?)',
      [pair.providerId, pair.customerId, now],
    )
    if (made > 0) await markDirty(trx, [pair], 'event', now)
  })
}
