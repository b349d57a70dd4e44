import { type Database, execute } from '../database.ts'
import { remember } from '../history/remember.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { type Pick, pairOf } from './pair.ts'

/**
 * Makes a customer none of a provider's favourites any more. Does nothing where they are none.
 *
 * @throws Problem 'not_found'
 */
export async function dropFavourite(db: Database, pick: Pick, now: Date): Promise<void> {
  const pair = await pairOf(db, pick)
  const bindings = [pair.providerId, pair.customerId]
  await transact(db, async (trx) => {
    await remember(trx, 'favourites', { sql: 'x.provider_id = ? AND x.customer_id = ?', bindings }, now)
    const dropped = await execute(trx, 'DELETE FROM favourites WHERE provider_id = ? AND customer_id = ?', bindings)
    if (dropped > 0) await markDirty(trx, [pair], 'event', now)
  })
}
