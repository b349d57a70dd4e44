import { createHash } from 'node:crypto'
import { type Database, execute, rows } from '../database.ts'
import type { Browser } from '../deliveries/channels/channel.ts'
import { markDirty } from '../segments/markDirty.ts'

/** As many browsers of one customer are kept: the newest. */
const MOST = 10

/** The browsers in which customers get notifications, by customer, the newest first. */
export async function browsersOf(db: Database, customers: readonly number[]): Promise<Map<number, Browser[]>> {
  if (customers.length === 0) return new Map()
  const found = await rows<Browser & { customer_id: number }>(
    db,
    `SELECT id, customer_id, endpoint, p256dh, auth FROM push_subscriptions
     WHERE customer_id IN (${customers.map(() => '?').join(', ')}) ORDER BY id DESC`,
    customers,
  )
  return Map.groupBy(found, (browser) => browser.customer_id)
}

/** Keeps a browser for a customer. One that somebody else agreed in before changes hands. */
export async function keepBrowser(
  trx: Database,
  customerId: number,
  browser: Omit<Browser, 'id'>,
  now: Date,
): Promise<void> {
  const { endpoint, p256dh, auth } = browser
  const hash = hashOf(endpoint)
  const before = await rows<{ customer_id: number }>(
    trx,
    'SELECT customer_id FROM push_subscriptions WHERE endpoint_hash = ? FOR UPDATE',
    [hash],
  )
  await execute(trx, 'DELETE FROM push_subscriptions WHERE endpoint_hash = ?', [hash])
  await execute(
    trx,
    `INSERT INTO push_subscriptions (customer_id, endpoint, endpoint_hash, p256dh, auth, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [customerId, endpoint, hash, p256dh, auth, now],
  )
  const kept = await rows<{ id: number }>(
    trx,
    `SELECT id FROM push_subscriptions WHERE customer_id = ? ORDER BY id DESC LIMIT ${MOST}`,
    [customerId],
  )
  await execute(trx, 'DELETE FROM push_subscriptions WHERE customer_id = ? AND id < ?', [
    customerId,
    kept.at(-1)?.id ?? 0,
  ])
  const customers = new Set([customerId, ...before.map((row) => row.customer_id)])
  await markDirty(
    trx,
    [...customers].map((id) => ({ providerId: 0, customerId: id })),
    'event',
    now,
  )
}

/** Forgets browsers: their push service says that they are gone, or somebody ended notifications there. */
export async function dropBrowsers(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await execute(db, `DELETE FROM push_subscriptions WHERE id IN (${ids.map(() => '?').join(', ')})`, ids)
}

/** Forgets one browser of a customer by its address. */
export async function dropBrowser(db: Database, customerId: number, endpoint: string): Promise<void> {
  await execute(db, 'DELETE FROM push_subscriptions WHERE customer_id = ? AND endpoint_hash = ?', [
    customerId,
    hashOf(endpoint),
  ])
}

const hashOf = (endpoint: string) => createHash('sha256').update(endpoint).digest()
