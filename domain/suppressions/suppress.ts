import { knownCustomer } from '../customers/knownCustomer.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { remember } from '../history/remember.ts'
import { knownProvider } from '../providers/knownProvider.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { noteSuppressions } from '../webhooks/noteSuppressions.ts'
import type { SuppressionKind } from './kinds.ts'

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained' | 'by_hand'
export type SuppressionChannel = 'email' | 'sms' | 'push'

/** Whom nothing is sent to; `providerId` 0 stands for the whole business, `kind` left out for all mail. */
export type SuppressionKey = {
  customerId: number
  providerId: number
  channel: SuppressionChannel
  kind?: SuppressionKind
}

/** A condition on suppressions `x`. */
const one = ({ customerId, providerId, channel, kind = 'all' }: SuppressionKey) => ({
  sql: 'x.customer_id = ? AND x.provider_id = ? AND x.channel = ? AND x.kind = ?',
  bindings: [customerId, providerId, channel, kind],
})

/**
 * Sends nothing more to a customer, from the next claim on: also not what a running campaign has queued for them. Rules
 * that ask who may be written to are evaluated again by the next refresh.
 *
 * @param db a pool or the transaction of whatever caused this
 * @param source who or what said so, in words
 * @param yielding leaves what says more: a complaint stands above somebody's word, that above an unsubscription, and that
 *   above a bounce
 * @returns whether that is new
 */
export function suppress(
  db: Database,
  key: SuppressionKey,
  { reason, source }: { reason: SuppressionReason; source: string },
  now: Date,
  { yielding = false }: { yielding?: boolean } = {},
): Promise<boolean> {
  const { customerId, providerId, channel, kind = 'all' } = key
  return transact(db, async (trx) => {
    const { sql, bindings } = one(key)
    if (yielding && (await isStronger(trx, key, reason))) return false
    const same = await stands(trx, key, reason)
    // the same reason again is no change
    await remember(trx, 'suppressions', { sql: `${sql} AND x.reason <> ?`, bindings: [...bindings, reason] }, now)
    await execute(
      trx,
      `INSERT INTO suppressions (customer_id, provider_id, channel, kind, reason, source, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE created_at = IF(reason = VALUES(reason), created_at, VALUES(created_at)),
         address = NULL, reason = VALUES(reason), source = VALUES(source)`,
      [customerId, providerId, channel, kind, reason, source.slice(0, 200), now],
    )
    await markDirty(trx, [{ providerId, customerId }], 'event', now)
    if (!same) await noteSuppressions(trx, 'suppression.set', [{ customerId, providerId, channel, kind, reason }], now)
    return true
  })
}

/** Whether it is so already, for the same reason. */
async function stands(trx: Database, key: SuppressionKey, reason: SuppressionReason): Promise<boolean> {
  const { sql, bindings } = one(key)
  const found = `SELECT 1 FROM suppressions x WHERE ${sql} AND x.reason = ? FOR UPDATE`
  return (await rows(trx, found, [...bindings, reason])).length > 0
}

/** From the weakest to the strongest. */
const STRENGTH: readonly SuppressionReason[] = ['bounced', 'unsubscribed', 'by_hand', 'complained']

/** Whether a reason says more than another one. */
export const isStrongerReason = (one: SuppressionReason, other: SuppressionReason): boolean =>
  STRENGTH.indexOf(one) > STRENGTH.indexOf(other)

/** Whether what stands says more than a reason, or the same. */
async function isStronger(trx: Database, key: SuppressionKey, reason: SuppressionReason): Promise<boolean> {
  const { sql, bindings } = one(key)
  const found = `SELECT x.reason FROM suppressions x WHERE ${sql} FOR UPDATE`
  const [there] = await rows<{ reason: SuppressionReason }>(trx, found, bindings)
  return there !== undefined && !isStrongerReason(reason, there.reason)
}

/**
 * Writes to a customer again.
 *
 * @param reason lifts only a suppression that has this one
 * @returns whether there was one to lift
 */
export function unsuppress(db: Database, key: SuppressionKey, now: Date, reason?: SuppressionReason): Promise<boolean> {
  return transact(db, async (trx) => {
    const { sql, bindings } = one(key)
    const which =
      reason === undefined ? { sql, bindings } : { sql: `${sql} AND x.reason = ?`, bindings: [...bindings, reason] }
    await remember(trx, 'suppressions', which, now)
    const lifted = await execute(trx, `DELETE x FROM suppressions x WHERE ${which.sql}`, which.bindings)
    if (lifted > 0) {
      await markDirty(trx, [key], 'event', now)
      await noteSuppressions(trx, 'suppression.lifted', [{ kind: 'all', ...key, reason: null }], now)
    }
    return lifted > 0
  })
}

/**
 * Looks up the caller's ids of a customer and perhaps a provider.
 *
 * @param own only what is between this provider and a customer of theirs; null for everything
 * @throws Problem `not_found`; `forbidden` for another provider, or all of them
 */
export async function suppressionKey(
  db: Database,
  names: {
    customer: string
    provider?: string | undefined
    channel: SuppressionChannel
    kind?: SuppressionKind | undefined
  },
  own: number | null = null,
): Promise<SuppressionKey> {
  const providerId = names.provider === undefined ? 0 : await knownProvider(db, names.provider)
  if (own !== null && own !== providerId) {
    throw new Problem('forbidden', 'You decide about your own mail only: name yourself as “provider”.')
  }
  const customerId = await knownCustomer(db, names.customer, own)
  return { customerId, providerId, channel: names.channel, kind: names.kind ?? 'all' }
}
