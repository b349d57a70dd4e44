import { type Database, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { transact } from '../retry.ts'
import { suppress, unsuppress } from '../suppressions/suppress.ts'
import type { Tracked } from './readTracked.ts'

const SOURCE = 'unsubscribe link'

/** Takes somebody off the mails of whoever wrote the one in their hand. Again changes nothing. */
export async function unsubscribe(db: Database, tracked: Tracked, now: Date): Promise<void> {
  const { customerId, providerId, delivery } = tracked
  if (await isUnsubscribed(db, tracked)) return
  await transact(db, async (trx) => {
    await suppress(trx, { customerId, providerId, channel: 'email' }, { reason: 'unsubscribed', source: SOURCE }, now)
    await insertEvents(trx, [{ delivery, type: 'unsubscribed' }], now)
  })
}

/** Takes an unsubscription back; any other reason for not writing to somebody stays. */
export async function resubscribe(db: Database, tracked: Tracked, now: Date): Promise<void> {
  const { customerId, providerId, delivery } = tracked
  await transact(db, async (trx) => {
    const lifted = await unsuppress(trx, { customerId, providerId, channel: 'email' }, now, 'unsubscribed')
    if (lifted) await insertEvents(trx, [{ delivery, type: 'resubscribed' }], now)
  })
}

/** True when somebody has unsubscribed from whoever wrote the mail. */
export async function isUnsubscribed(db: Database, { customerId, providerId }: Tracked): Promise<boolean> {
  const sql = `SELECT 1 FROM suppressions
    WHERE customer_id = ? AND provider_id = ? AND channel = 'email' AND reason = 'unsubscribed'`
  return (await rows(db, sql, [customerId, providerId])).length > 0
}
