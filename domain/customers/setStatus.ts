import { type Database, execute } from '../database.ts'
import { remember } from '../history/remember.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { type Found, findCustomers } from './findCustomers.ts'

const CHUNK = 5_000

/**
 * Gives many customers a status by hand, which no rule changes then; 'automatic' leaves the status as it is and hands it
 * back to the rules.
 *
 * @throws Problem 'invalid' when none of the customers is there
 */
export function setStatus(
  db: Database,
  { customers, status }: { customers: readonly string[]; status: 'lead' | 'customer' | 'vip' | 'automatic' },
  now: Date,
): Promise<Found> {
  return transact(db, async (trx) => {
    const found = await findCustomers(trx, customers)
    for (let start = 0; start < found.ids.length; start += CHUNK) {
      const ids = found.ids.slice(start, start + CHUNK)
      if (status === 'automatic') {
        await execute(trx, 'UPDATE customers SET status_by_hand = FALSE, updated_at = ? WHERE id IN (?)', [now, ids])
      } else {
        await remember(trx, 'customers', { sql: 'x.id IN (?) AND x.status <> ?', bindings: [ids, status] }, now)
        await execute(
          trx,
          `UPDATE customers SET known_from = IF(status <> ?, ?, known_from), status = ?, status_by_hand = TRUE, updated_at = ?
           WHERE id IN (?)`,
          [status, now, status, now, ids],
        )
      }
    }
    await markDirty(
      trx,
      found.ids.map((customerId) => ({ providerId: 0, customerId })),
      'event',
      now,
    )
    return found
  })
}
