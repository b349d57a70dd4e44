import type { Knex } from 'knex'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { renderSubject } from '../messages/renderMessage.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { ChannelName } from './channels/channel.ts'

type DeliveryState = 'queued' | 'sending' | 'unconfirmed' | 'sent' | 'delivered' | 'bounced' | 'failed' | 'cancelled'

/** One message to one customer, with what happened to it. */
export type Delivery = {
  id: number
  campaign: { id: number; name: string }
  customer: { id: string; name: string }
  test: boolean
  channel: ChannelName
  address: string
  /** As this customer got it. */
  subject: string
  state: DeliveryState
  /** Why it is not there: a code of ours (`unsubscribed`, `campaign_cancelled`, …) or the words of a mail server. */
  reason: string | null
  attempts: number
  /** Queued: goes not before this, because of `reason`: `quiet_hours`, `frequency_cap`, `rate_limit`, or a refusal for now. */
  heldUntil: Date | null
  queuedAt: Date
  sentAt: Date | null
  deliveredAt: Date | null
  bouncedAt: Date | null
  openedAt: Date | null
  clickedAt: Date | null
  events: { type: string; at: Date; detail: Record<string, unknown> | null }[]
}

/** Which deliveries are asked for, by our own ids; `before` is the last one of the page before. */
export type DeliveryQuery = {
  customerId?: number | undefined
  campaignId?: number | undefined
  state?: DeliveryState | undefined
  limit: number
  before: number | null
}

type Row = Named & {
  id: number
  campaign_id: number
  campaign_name: string
  subject: string
  test: number
  channel: ChannelName
  address: string
  state: DeliveryState
  reason: string | null
  attempts: number
  due_at: Date
  queued_at: Date
  sent_at: Date | null
  delivered_at: Date | null
  bounced_at: Date | null
  opened_at: Date | null
  clicked_at: Date | null
}

/** Messages, newest first, each with its events. */
export async function listDeliveries(db: Database, query: DeliveryQuery): Promise<Delivery[]> {
  const { customerId, campaignId, state, limit, before } = query
  const parts: string[] = []
  const bindings: Knex.RawBinding[] = []
  const narrow = (sql: string, value: string | number | undefined) => {
    if (value === undefined) return
    parts.push(sql)
    bindings.push(value)
  }
  narrow('d.customer_id = ?', customerId)
  narrow('d.campaign_id = ?', campaignId)
  narrow('d.state = ?', state)
  narrow('d.id < ?', before ?? undefined)
  return withEvents(db, await select(db, parts.join(' AND ') || 'TRUE', [...bindings, limit]))
}

/**
 * One message.
 *
 * @throws Problem `not_found`
 */
export async function getDelivery(db: Database, id: number): Promise<Delivery> {
  const [delivery] = await withEvents(db, await select(db, 'd.id = ?', [id, 1]))
  if (delivery === undefined) throw new Problem('not_found', `There is no delivery ${id}`)
  return delivery
}

function select(db: Database, where: string, bindings: readonly Knex.RawBinding[]): Promise<Row[]> {
  return rows<Row>(
    db,
    `SELECT d.id, d.campaign_id, m.name AS campaign_name, m.subject, d.test, d.channel, d.address, d.state, d.reason,
       d.attempts, d.due_at, d.queued_at, d.sent_at, d.delivered_at, d.bounced_at, d.opened_at, d.clicked_at, ${NAME_COLUMNS}
     FROM deliveries d JOIN campaigns m ON m.id = d.campaign_id JOIN customers c ON c.id = d.customer_id
     WHERE ${where} ORDER BY d.id DESC LIMIT ?`,
    bindings,
  )
}

type EventRow = { delivery_id: number; type: string; at: Date; detail: string | null }

async function withEvents(db: Database, found: readonly Row[]): Promise<Delivery[]> {
  if (found.length === 0) return []
  const marks = found.map(() => '?').join(', ')
  const events = await rows<EventRow>(
    db,
    `SELECT delivery_id, type, at, detail FROM delivery_events WHERE delivery_id IN (${marks}) ORDER BY at, id`,
    found.map(({ id }) => id),
  )
  const byDelivery = Map.groupBy(events, (event) => event.delivery_id)
  const { name } = await readSettings(db)
  return found.map((row) => toDelivery(row, byDelivery.get(row.id) ?? [], name))
}

function toDelivery(row: Row, events: readonly EventRow[], business: string): Delivery {
  return {
    id: row.id,
    campaign: { id: row.campaign_id, name: row.campaign_name },
    customer: { id: row.external_id, name: customerName(row) },
    test: row.test === 1,
    channel: row.channel,
    address: row.address,
    subject: renderSubject(row.subject, { customer: row, business: { name: business } }),
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    heldUntil: row.state === 'queued' && row.reason !== null ? row.due_at : null,
    queuedAt: row.queued_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    bouncedAt: row.bounced_at,
    openedAt: row.opened_at,
    clickedAt: row.clicked_at,
    events: events.map(({ type, at, detail }) => ({ type, at, detail: fromJson<Record<string, unknown>>(detail) })),
  }
}
