import { type Database, rows } from '../database.ts'
import type { ConsentChannel } from './setConsent.ts'

/** One line of the history of a customer's consents; the newest of a channel is what holds. */
export type ConsentEvent = {
  channel: ConsentChannel
  /** Null: unknown from then on. */
  given: boolean | null
  at: Date
  source: string
  wording: string | null
  recordedBy: string | null
}

/** The longest history that is shown. */
const MOST = 500

type Row = Omit<ConsentEvent, 'given'> & { given: number | null }

/** What a customer has said over time, newest first. */
export async function readConsentHistory(db: Database, customerId: number): Promise<ConsentEvent[]> {
  const found = await rows<Row>(
    db,
    `SELECT channel, given, at, source, wording, recorded_by AS recordedBy FROM consent_events
     WHERE customer_id = ? ORDER BY id DESC LIMIT ?`,
    [customerId, MOST],
  )
  return found.map((row) => ({ ...row, given: row.given === null ? null : row.given === 1 }))
}
