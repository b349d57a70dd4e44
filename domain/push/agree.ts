import { type Database, execute, rows } from '../database.ts'
import type { Browser } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'
import { remember } from '../history/remember.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { unsuppress } from '../suppressions/suppress.ts'
import { dropBrowser, keepBrowser } from './browsers.ts'

const SOURCE = 'notifications page'

/**
 * A customer agrees to notifications in the browser in front of them: the browser and the consent, with the words that
 * were agreed to, stand together or not at all.
 *
 * @throws Problem `invalid` when the browser's address or keys are none
 */
export async function agreeToPush(
  db: Database,
  { customerId, browser, wording }: { customerId: number; browser: Omit<Browser, 'id'>; wording: string },
  now: Date,
): Promise<void> {
  checkBrowser(browser)
  await transact(db, async (trx) => {
    await keepBrowser(trx, customerId, browser, now)
    await consent(trx, customerId, true, wording, now)
    await unsuppress(trx, { customerId, providerId: 0, channel: 'push' }, now, 'unsubscribed')
  })
}

/** Ends notifications in one browser; with the last one the consent is withdrawn. */
export async function endPush(db: Database, customerId: number, endpoint: string, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    await dropBrowser(trx, customerId, endpoint)
    const left = await rows(trx, 'SELECT id FROM push_subscriptions WHERE customer_id = ? LIMIT 1', [customerId])
    if (left.length === 0) await consent(trx, customerId, false, null, now)
    else await markDirty(trx, [{ providerId: 0, customerId }], 'event', now)
  })
}

async function consent(
  trx: Database,
  customerId: number,
  given: boolean,
  wording: string | null,
  now: Date,
): Promise<void> {
  const which = {
    sql: "x.customer_id = ? AND x.channel = 'push' AND x.given <> ?",
    bindings: [customerId, Number(given)],
  }
  await remember(trx, 'consents', which, now)
  await execute(
    trx,
    `INSERT INTO consents (customer_id, channel, given, at, source, wording) VALUES (?, 'push', ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE given = VALUES(given), at = VALUES(at), source = VALUES(source), wording = VALUES(wording)`,
    [customerId, given, now, SOURCE, wording],
  )
  await execute(
    trx,
    `INSERT INTO consent_events (customer_id, channel, given, at, source, wording, recorded_at)
     VALUES (?, 'push', ?, ?, ?, ?, ?)`,
    [customerId, given, now, SOURCE, wording, now],
  )
  await markDirty(trx, [{ providerId: 0, customerId }], 'event', now)
}

/** A point of the curve P-256 and sixteen bytes, as browsers give them; whatever else comes is not from one. */
function checkBrowser({ endpoint, p256dh, auth }: Omit<Browser, 'id'>): void {
  const refuse = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
  if (endpoint.length > 1_000 || !/^[\x21-\x7e]+$/.test(endpoint) || URL.parse(endpoint)?.protocol !== 'https:') {
    throw refuse('/endpoint', 'The address of a push service begins with https: and has at most 1,000 characters')
  }
  const isKey = /^[A-Za-z0-9_-]{87}=?$/.test(p256dh) && Buffer.from(p256dh, 'base64url')[0] === 4
  if (!isKey) throw refuse('/keys/p256dh', 'Not the public key of a browser')
  if (!/^[A-Za-z0-9_-]{22}={0,2}$/.test(auth)) throw refuse('/keys/auth', 'Not the secret of a browser')
}
