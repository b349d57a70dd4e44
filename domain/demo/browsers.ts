import { type Database, execute } from '../database.ts'
import { LOCAL_PUSH_HOST } from '../deliveries/channels/push.ts'
import { browserKeys } from '../inbox/decryptPush.ts'
import { playedBrowser } from '../inbox/playedBrowser.ts'

/** One in so many customers gets notifications. */
const ONE_IN = 5

/** Lets some customers have agreed to notifications, in a browser that the local inbox plays. */
export async function writeBrowsers(trx: Database, now: Date): Promise<void> {
  const { p256dh, auth } = browserKeys(await playedBrowser(trx))
  await execute(
    trx,
    `INSERT INTO push_subscriptions (customer_id, endpoint, endpoint_hash, p256dh, auth, created_at)
     SELECT b.id, b.endpoint, UNHEX(SHA2(b.endpoint, 256)), ?, ?, ? FROM (
       SELECT c.id, CONCAT('https://${LOCAL_PUSH_HOST}/push/', c.external_id) AS endpoint FROM customers c
       WHERE c.known = 1 AND c.id % ${ONE_IN} = 0) b`,
    [p256dh, auth, now],
  )
  await execute(
    trx,
    `INSERT IGNORE INTO consents (customer_id, channel, given, at, source)
     SELECT customer_id, 'push', 1, ?, 'notifications page' FROM push_subscriptions`,
    [now],
  )
}
