import type { Knex } from 'knex'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { renderSubject } from '../messages/renderMessage.ts'
import { type DeliveryReward, rewardsOf } from '../rewards/readRewards.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { BounceClass } from './bounceCodes.ts'
import type { ChannelName } from './channels/channel.ts'
import { type DeliveryFilter, deliveriesSql } from './filter.ts'
import type { DeliveryState } from './state.ts'

/** One message to one customer, with what happened to it. */
export type Delivery = {
  id: number
  campaign: { id: number; name: string; kind: string }
  /** Who wrote; null for the business itself. */
  provider: { id: string; name: string } | null
  customer: { id: string; name: string }
  test: boolean
  channel: ChannelName
  address: string
  /** As this customer got it. */
  subject: string
  state: DeliveryState
  /** Why it is not there: a code of ours (`unsubscribed`, `campaign_cancelled`, …) or the words of a mail server. */
  reason: string | null
  /** Whose fault it is that it did not arrive. */
  bounceClass: BounceClass | null
  attempts: number
  /** Queued: goes not before this, because of `reason`: `quiet_hours`, `frequency_cap`, `rate_limit`, or a refusal for now. */
  heldUntil: Date | null
  queuedAt: Date
  sentAt: Date | null
  deliveredAt: Date | null
  bouncedAt: Date | null
  openedAt: Date | null
  clickedAt: Date | null
  /** The same of machines that look at mails. */
  machineOpenedAt: Date | null
  machineClickedAt: Date | null
  /** What it brings. */
  reward: DeliveryReward | null
  events: { type: string; at: Date; detail: Record<string, unknown> | null }[]
}

type Row = Named & {
  id: number
  campaign_id: number
  campaign_name: string
  kind: string
  provider: string | null
  provider_name: string | null
  subject: string
  test: number
  channel: ChannelName
  address: string
  state: DeliveryState
  reason: string | null
  bounce_class: BounceClass | null
  attempts: number
  due_at: Date
  queued_at: Date
  sent_at: Date | null
  delivered_at: Date | null
  bounced_at: Date | null
  opened_at: Date | null
  clicked_at: Date | null
  machine_opened_at: Date | null
  machine_clicked_at: Date | null
}

/** Where a list goes on: behind this message in its order. */
export type DeliveryPlace = { queuedAt: Date; id: number }

/** More are not counted for a list: “10,000 or more” says as much, and costs the same with millions. */
export const COUNTED = 10_000

/**
 * Messages, newest first, each with its events. The page is cut out of an index before anything is joined to it.
 *
 * @param page.after the last one of the page before
 * @param page.events false leaves the events out
 * @param at where in the request the filter stands
 * @throws Problem as `deliveriesSql`
 */
export async function listDeliveries(
  db: Database,
  filter: DeliveryFilter,
  page: { limit: number; after: DeliveryPlace | null; events?: boolean },
  at: string,
): Promise<Delivery[]> {
  const { from, where } = await deliveriesSql(db, filter, at)
  const { limit, after, events = true } = page
  const follows = after === null ? '' : ' AND (d.queued_at < ? OR (d.queued_at = ? AND d.id < ?)) AND d.queued_at <= ?'
  const place = after === null ? [] : [after.queuedAt, after.queuedAt, after.id, after.queuedAt]
  const found = await rows<{ id: number }>(
    db,
    `SELECT d.id FROM ${from} WHERE (${where.sql})${follows} ORDER BY d.queued_at DESC, d.id DESC LIMIT ?`,
    [...where.bindings, ...place, limit],
  )
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  const selected = await select(db, `d.id IN (${ids.map(() => '?').join(', ')})`, ids)
  return withEvents(db, selected, events)
}

/** How many messages a filter lets through, as far as they are counted; `least` when there may be more. */
export async function countDeliveries(
  db: Database,
  filter: DeliveryFilter,
  at: string,
): Promise<{ total: number; least: boolean }> {
  const { from, where } = await deliveriesSql(db, filter, at)
  const sql = `SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM ${from} WHERE ${where.sql} LIMIT ${COUNTED + 1}) x`
  const [row] = await rows<{ total: number }>(db, sql, where.bindings)
  const total = row?.total ?? 0
  return { total: Math.min(total, COUNTED), least: total > COUNTED }
}

/**
 * One message.
 *
 * @throws Problem `not_found`
 */
export async function getDelivery(db: Database, id: number): Promise<Delivery> {
  const [delivery] = await withEvents(db, await select(db, 'd.id = ?', [id]))
  if (delivery === undefined) throw new Problem('not_found', `There is no delivery ${id}`)
  return delivery
}

function select(db: Database, where: string, bindings: readonly Knex.RawBinding[]): Promise<Row[]> {
  return rows<Row>(
    db,
    `SELECT d.id, d.campaign_id, m.name AS campaign_name, m.kind, m.subject, p.external_id AS provider,
       p.name AS provider_name, d.test, d.channel, d.address, d.state, d.reason, d.bounce_class,
       d.attempts, d.due_at, d.queued_at, d.sent_at, d.delivered_at, d.bounced_at, d.opened_at, d.clicked_at,
       d.machine_opened_at, d.machine_clicked_at, ${NAME_COLUMNS}
     FROM deliveries d JOIN campaigns m ON m.id = d.campaign_id JOIN customers c ON c.id = d.customer_id
       LEFT JOIN providers p ON p.id = m.provider_id
     WHERE ${where} ORDER BY d.queued_at DESC, d.id DESC`,
    bindings,
  )
}

type EventRow = { delivery_id: number; type: string; at: Date; detail: string | null; machine: string | null }

async function withEvents(db: Database, found: readonly Row[], read = true): Promise<Delivery[]> {
  if (found.length === 0) return []
  const marks = found.map(() => '?').join(', ')
  const sql = `SELECT delivery_id, type, at, detail, machine FROM delivery_events WHERE delivery_id IN (${marks}) ORDER BY at, id`
  const ids = found.map(({ id }) => id)
  const events = read ? await rows<EventRow>(db, sql, ids) : []
  const byDelivery = Map.groupBy(events, (event) => event.delivery_id)
  const { name } = await readSettings(db)
  const rewards = await rewardsOf(
    db,
    found.map(({ id }) => id),
  )
  return found.map((row) => ({
    ...toDelivery(row, byDelivery.get(row.id) ?? [], name),
    reward: rewards.get(row.id) ?? null,
  }))
}

function toDelivery(row: Row, events: readonly EventRow[], business: string): Omit<Delivery, 'reward'> {
  return {
    id: row.id,
    campaign: { id: row.campaign_id, name: row.campaign_name, kind: row.kind },
    provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
    customer: { id: row.external_id, name: customerName(row) },
    test: row.test === 1,
    channel: row.channel,
    address: row.address,
    subject: renderSubject(row.subject, { customer: row, business: { name: business } }),
    state: row.state,
    reason: row.reason,
    bounceClass: row.bounce_class,
    attempts: row.attempts,
    heldUntil: row.state === 'queued' && row.reason !== null ? row.due_at : null,
    queuedAt: row.queued_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    bouncedAt: row.bounced_at,
    openedAt: row.opened_at,
    clickedAt: row.clicked_at,
    machineOpenedAt: row.machine_opened_at,
    machineClickedAt: row.machine_clicked_at,
    events: events.map(toEvent),
  }
}

/** Of a machine the detail says so, and by which rule it was told. */
function toEvent({ type, at, detail, machine }: EventRow) {
  const told = fromJson<Record<string, unknown>>(detail)
  return { type, at, detail: machine === null ? told : { ...told, machine: true, rule: machine } }
}
