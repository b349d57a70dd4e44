import { type Database, execute, rows } from '../database.ts'
import { remember } from '../history/remember.ts'
import { insertRows } from '../insertRows.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'

export type ConsentChannel = 'email' | 'sms' | 'push'

/** What somebody has said about being written to: yes, no, or that nobody knows any more (`given` null). */
export type NewConsent = {
  customerId: number
  channel: ConsentChannel
  given: boolean | null
  /** Where it comes from, in words, e.g. `sign-up form`. */
  source: string
  /** The words that were said yes to. */
  wording: string | null
  /** The address of whoever entered it by hand. */
  recordedBy: string | null
}

/**
 * Writes down what a customer has said: as what holds now, and in the history, to which lines are only added. Saying again
 * what is known is one more line and does not move the date. Claims and rules heed it from then on.
 */
export function setConsent(db: Database, consent: NewConsent, now: Date): Promise<void> {
  const { customerId, channel, given, source, wording } = consent
  return transact(db, async (trx) => {
    const found = 'SELECT given FROM consents WHERE customer_id = ? AND channel = ? FOR UPDATE'
    const [there] = await rows<{ given: number }>(trx, found, [customerId, channel])
    await insertConsentEvents(trx, [{ ...consent, at: now }], now)
    if ((there === undefined ? null : there.given === 1) === given) return
    await remember(
      trx,
      'consents',
      { sql: 'x.customer_id = ? AND x.channel = ?', bindings: [customerId, channel] },
      now,
    )
    if (given === null) {
      await execute(trx, 'DELETE FROM consents WHERE customer_id = ? AND channel = ?', [customerId, channel])
    } else {
      await execute(
        trx,
        `INSERT INTO consents (customer_id, channel, given, at, source, wording) VALUES (?, ?, ?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE given = VALUES(given), at = VALUES(at), source = VALUES(source), wording = VALUES(wording)`,
        [customerId, channel, given, now, source.slice(0, 100), wording],
      )
    }
    await markDirty(trx, [{ providerId: 0, customerId }], 'event', now)
  })
}

/** Adds lines to the histories of consents. */
export async function insertConsentEvents(
  trx: Database,
  events: readonly (NewConsent & { at: Date })[],
  now: Date,
): Promise<void> {
  await insertRows(
    trx,
    'consent_events',
    ['customer_id', 'channel', 'given', 'at', 'source', 'wording', 'recorded_by', 'recorded_at'],
    events.map(({ customerId, channel, given, at, source, wording, recordedBy }) => [
      ...[customerId, channel, given === null ? null : Number(given), at],
      ...[source.slice(0, 100), wording, recordedBy?.slice(0, 320) ?? null, now],
    ]),
  )
}
