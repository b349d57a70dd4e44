import { setConsent } from '../consents/setConsent.ts'
import { type Database, rows } from '../database.ts'
import type { Browser } from '../deliveries/channels/channel.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { unsuppress } from '../suppressions/suppress.ts'
import { dropBrowser, keepBrowser } from './browsers.ts'
import { checkBrowser } from './checkBrowser.ts'

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
  checkBrowser(browser, '')
  await transact(db, async (trx) => {
    await keepBrowser(trx, customerId, browser, now)
    await setConsent(trx, consent(customerId, true, wording), now)
    await unsuppress(trx, { customerId, providerId: 0, channel: 'push' }, now, 'unsubscribed')
    await markDirty(trx, [{ providerId: 0, customerId }], 'event', now)
  })
}

/** Ends notifications in one browser; with the last one the consent is withdrawn. */
export async function endPush(db: Database, customerId: number, endpoint: string, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    await dropBrowser(trx, customerId, endpoint)
    const left = await rows(trx, 'SELECT id FROM push_subscriptions WHERE customer_id = ? LIMIT 1', [customerId])
    if (left.length === 0) await setConsent(trx, consent(customerId, false, null), now)
    await markDirty(trx, [{ providerId: 0, customerId }], 'event', now)
  })
}

const consent = (customerId: number, given: boolean, wording: string | null) =>
  ({ customerId, channel: 'push', given, source: SOURCE, wording, recordedBy: null }) as const
