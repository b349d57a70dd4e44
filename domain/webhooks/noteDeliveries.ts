import { WEBHOOK_EVENTS, type WebhookEvent } from '../../rules/webhooks/events.ts'
import { type Database, rows } from '../database.ts'
import type { DeliveryEvent } from '../deliveries/events.ts'
import { type Noted, noteEvents, wantedOf } from './noteEvents.ts'

const KNOWN: ReadonlySet<string> = new Set(WEBHOOK_EVENTS)
const typeOf = ({ type }: DeliveryEvent) => `delivery.${type}` as WebhookEvent

type Row = { id: number; customer_id: number; provider_id: number; campaign_id: number; channel: string; kind: string }

/** What is said of an event. The words of mail servers often have somebody's address: they stay where deliveries are read. */
function told({ type, detail = {} }: DeliveryEvent): Record<string, unknown> {
  if (type === 'clicked') return { url: detail.url ?? null }
  if (type === 'bounced') return { bounce_class: detail.class ?? null }
  return type === 'cancelled' ? { reason: detail.reason ?? null } : {}
}

/**
 * Notes what became of messages, for endpoints, in the transaction in which it does. What machines open and click is
 * nobody's doing, and tests are nobody's messages.
 */
export async function noteDeliveries(trx: Database, events: readonly DeliveryEvent[], now: Date): Promise<void> {
  const telling = events.filter((event) => event.machine === undefined && KNOWN.has(typeOf(event)))
  if (telling.length === 0) return
  const wanted = await wantedOf(trx, [...new Set(telling.map(typeOf))])
  const meant = telling.filter((event) => wanted.has(typeOf(event)))
  if (meant.length === 0) return
  const found = await rows<Row>(
    trx,
    `SELECT d.id, d.customer_id, c.provider_id, d.campaign_id, d.channel, c.kind
     FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id WHERE d.id IN (?) AND d.test = 0`,
    [[...new Set(meant.map(({ delivery }) => delivery))]],
  )
  const byId = new Map(found.map((row) => [row.id, row]))
  await noteEvents(
    trx,
    meant.flatMap((event): Noted[] => {
      const row = byId.get(event.delivery)
      if (row === undefined) return []
      const { id, customer_id: customerId, provider_id: providerId, campaign_id: campaign, channel, kind } = row
      const data = { delivery: String(id), campaign: String(campaign), kind, channel, ...told(event) }
      return [{ type: typeOf(event), customerId, providerId, data, at: event.at }]
    }),
    now,
  )
}
