import type { WebhookEvent } from '../../rules/webhooks/events.ts'
import { type Database, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'

/** Something that endpoints may want to be told of. Our own ids; 0 where it is about no customer, or no one provider. */
export type Noted = {
  type: WebhookEvent
  customerId: number
  providerId: number
  /** What is said of it beside; nothing personal: it is kept for a month. */
  data: Readonly<Record<string, unknown>>
  /** When it happened, where that is not the instant of the whole. */
  at?: Date | undefined
}

/** Those of some events that any endpoint wants to be told of. Costs one look at a small table. */
export async function wantedOf(trx: Database, types: readonly WebhookEvent[]): Promise<Set<WebhookEvent>> {
  if (types.length === 0) return new Set()
  const found = await rows<{ type: WebhookEvent }>(
    trx,
    'SELECT DISTINCT type FROM webhook_subscriptions WHERE type IN (?)',
    [[...types]],
  )
  return new Set(found.map(({ type }) => type))
}

/**
 * Writes down what has happened, in the transaction in which it does: what stands then is told, what is undone is not. The
 * worker hands it on. What nobody wants to know is left out by whoever calls, with {@link wantedOf}.
 */
export const noteEvents = (trx: Database, events: readonly Noted[], now: Date): Promise<void> =>
  insertRows(
    trx,
    'webhook_events',
    ['type', 'at', 'customer_id', 'provider_id', 'data'],
    events.map(({ type, customerId, providerId, data, at = now }) => [
      ...[type, at, customerId, providerId],
      JSON.stringify(data),
    ]),
  )
