import { knownCustomer } from '../customers/knownCustomer.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained' | 'by_hand'
export type SuppressionChannel = 'email' | 'sms' | 'push'

/** Whom nothing is sent to; `providerId` 0 stands for the whole business. */
export type SuppressionKey = { customerId: number; providerId: number; channel: SuppressionChannel }

/**
 * Sends nothing more to a customer, from the next claim on: also not what a running campaign has queued for them.
 *
 * @param trx a pool or the transaction of whatever caused this
 * @param source who or what said so, in words
 */
export async function suppress(
  trx: Database,
  { customerId, providerId, channel }: SuppressionKey,
  { reason, source }: { reason: SuppressionReason; source: string },
  now: Date,
): Promise<void> {
  await execute(
    trx,
    `INSERT INTO suppressions (customer_id, provider_id, channel, reason, source, created_at) VALUES (?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE created_at = IF(reason = VALUES(reason), created_at, VALUES(created_at)),
       address = NULL, reason = VALUES(reason), source = VALUES(source)`,
    [customerId, providerId, channel, reason, source.slice(0, 200), now],
  )
}

/** Writes to a customer again. Does nothing when they were not suppressed. */
export async function unsuppress(trx: Database, { customerId, providerId, channel }: SuppressionKey): Promise<void> {
  await execute(trx, 'DELETE FROM suppressions WHERE customer_id = ? AND provider_id = ? AND channel = ?', [
    customerId,
    providerId,
    channel,
  ])
}

/**
 * Looks up the caller's ids of a customer and perhaps a provider.
 *
 * @throws Problem `not_found`
 */
export async function suppressionKey(
  db: Database,
  names: { customer: string; provider?: string | undefined; channel: SuppressionChannel },
): Promise<SuppressionKey> {
  const customerId = await knownCustomer(db, names.customer)
  if (names.provider === undefined) return { customerId, providerId: 0, channel: names.channel }
  const sql = 'SELECT id FROM providers WHERE external_id = ? AND known = 1'
  const [provider] = await rows<{ id: number }>(db, sql, [names.provider])
  if (provider === undefined) throw new Problem('not_found', `There is no provider ${names.provider}`)
  return { customerId, providerId: provider.id, channel: names.channel }
}
