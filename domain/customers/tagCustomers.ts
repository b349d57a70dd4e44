import { type Database, execute } from '../database.ts'
import { remember } from '../history/remember.ts'
import { insertRows } from '../insertRows.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { type Found, findCustomers } from './findCustomers.ts'

const CHUNK = 5_000

/**
 * Adds and removes tags of many customers; a tag in both lists is added. Doing it twice changes nothing.
 *
 * @throws Problem 'invalid' when none of the customers is there
 */
export function tagCustomers(
  db: Database,
  { customers, add, remove }: { customers: readonly string[]; add: readonly string[]; remove: readonly string[] },
  now: Date,
): Promise<Found> {
  return transact(db, async (trx) => {
    const found = await findCustomers(trx, customers)
    for (let start = 0; start < found.ids.length && remove.length > 0; start += CHUNK) {
      const which = [found.ids.slice(start, start + CHUNK), [...remove]]
      await remember(trx, 'customer_tags', { sql: 'x.customer_id IN (?) AND x.tag IN (?)', bindings: which }, now)
      await execute(trx, 'DELETE FROM customer_tags WHERE customer_id IN (?) AND tag IN (?)', which)
    }
    await insertRows(
      trx,
      'customer_tags',
      ['customer_id', 'tag', 'created_at'],
      found.ids.flatMap((id) => add.map((tag) => [id, tag, now])),
      'ON DUPLICATE KEY UPDATE tag = tag',
    )
    await markDirty(
      trx,
      found.ids.map((customerId) => ({ providerId: 0, customerId })),
      'event',
      now,
    )
    return found
  })
}
