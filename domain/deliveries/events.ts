import { hearDeliveries } from '../automations/hearDeliveries.ts'
import type { Database } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { noteDeliveries } from '../webhooks/noteDeliveries.ts'
import { noteWishes } from './noteWishes.ts'

/** What happens to a delivery, one line in its history each. */
export type DeliveryEvent = {
  delivery: number
  type:
    | 'held'
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
    | 'complained'
    | 'resubscribed'
    | 'answered'
  detail?: Record<string, unknown>
  /** The rule by which a machine did it, and no person. */
  machine?: string
  /** When it happened, where that is not the instant of the whole. */
  at?: Date
}

/** Appends to the histories of deliveries; what says no instant of its own happened `at`. */
export async function insertEvents(db: Database, events: readonly DeliveryEvent[], at: Date): Promise<void> {
  await insertRows(
    db,
    'delivery_events',
    ['delivery_id', 'type', 'at', 'detail', 'machine'],
    events.map(({ delivery, type, detail, machine, at: own = at }) => [
      delivery,
      type,
      own,
      detail === undefined ? null : JSON.stringify(detail),
      machine ?? null,
    ]),
  )
  await noteWishes(db, events, at)
  await hearDeliveries(db, events, at)
  await noteDeliveries(db, events, at)
}
