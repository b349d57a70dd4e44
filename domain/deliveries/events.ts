import { type Database, execute } from '../database.ts'

/** What happens to a delivery, one line in its history each. */
export type DeliveryEvent = {
  delivery: number
  type:
    | 'sent'
    | 'deferred'
    | 'bounced'
    | 'failed'
    | 'unconfirmed'
    | 'cancelled'
    | 'resent'
    | 'delivered'
    | 'opened'
    | 'clicked'
    | 'unsubscribed'
    | 'resubscribed'
  detail?: Record<string, unknown>
  /** When it happened, where that is not the instant of the whole. */
  at?: Date
}

/** Appends to the histories of deliveries; what says no instant of its own happened `at`. */
export async function insertEvents(db: Database, events: readonly DeliveryEvent[], at: Date): Promise<void> {
  if (events.length === 0) return
  const values = events.flatMap(({ delivery, type, detail, at: own = at }) => [
    delivery,
    type,
    own,
    detail === undefined ? null : JSON.stringify(detail),
  ])
  const places = events.map(() => '(?, ?, ?, ?)').join(', ')
  await execute(db, `INSERT INTO delivery_events (delivery_id, type, at, detail) VALUES ${places}`, values)
}
