import { knownCustomer } from '../customers/knownCustomer.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { renderSubject } from '../messages/renderMessage.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { ChannelName } from './channels/channel.ts'
import type { DeliveryFilter } from './filter.ts'
import { type Delivery, listDeliveries } from './listDeliveries.ts'

/** Why somebody has no message: never in line (left out, or held out to compare), or taken out of it at the last moment. */
export type NotSent = 'left_out' | 'held_out' | 'cancelled'

/** A message in a customer's history, or one that they did not get, which has no delivery of its own. */
export type Communication = Omit<Delivery, 'id'> & { id: string; notSent: NotSent | null }

/** Where a history goes on. At one instant what was in line stands before what was not. */
export type CommunicationPlace = { at: Date; line: 'message' | 'left_out'; id: number }

/** What a history is narrowed by; `sent` false: only what was not sent. */
export type CommunicationFilter = Pick<DeliveryFilter, 'state' | 'channel' | 'kind' | 'own'> & {
  sent?: boolean | undefined
}

/**
 * Everything that was sent to a customer or was meant to be, newest first: each message with its events, and for each
 * that was not sent, why.
 *
 * @throws Problem 'not_found'
 */
export async function readCommunication(
  db: Database,
  customer: string,
  filter: CommunicationFilter,
  page: { limit: number; after: CommunicationPlace | null },
): Promise<Communication[]> {
  const id = await knownCustomer(db, customer, filter.own ?? null)
  const messages = await listMessages(db, customer, filter, page)
  const leftOut = await listLeftOut(db, id, filter, page)
  return [...messages, ...leftOut]
    .sort((one, other) => {
      const later = other.queuedAt.getTime() - one.queuedAt.getTime()
      return later || order(one) - order(other) || idOf(other) - idOf(one)
    })
    .slice(0, page.limit)
}

/** The place of a line, for the next page. */
export const placeOf = (line: Communication): CommunicationPlace => ({
  at: line.queuedAt,
  line: order(line) === 0 ? 'message' : 'left_out',
  id: idOf(line),
})

const LEFT_OUT = 'left-out-'
const order = ({ id }: Communication): number => (id.startsWith(LEFT_OUT) ? 1 : 0)
const idOf = ({ id }: Communication): number => Number(id.replace(LEFT_OUT, ''))

async function listMessages(
  db: Database,
  customer: string,
  { sent, ...filter }: CommunicationFilter,
  { limit, after }: { limit: number; after: CommunicationPlace | null },
): Promise<Communication[]> {
  const state = sent === false ? (['cancelled'] as const) : filter.state
  // behind a line that is no message, only what is older follows
  const place = after === null ? null : { queuedAt: after.at, id: after.line === 'message' ? after.id : 0 }
  const found = await listDeliveries(db, { ...filter, state, customer }, { limit, after: place }, '/query')
  return found.map((delivery) => ({
    ...delivery,
    id: String(delivery.id),
    notSent: delivery.state === 'cancelled' ? 'cancelled' : null,
  }))
}

type Row = Named & {
  campaign_id: number
  campaign_name: string
  kind: string
  channel: ChannelName
  subject: string
  provider: string | null
  provider_name: string | null
  left_out: string
  created_at: Date
}

async function listLeftOut(
  db: Database,
  customer: number,
  { sent, state, channel, kind, own }: CommunicationFilter,
  { limit, after }: { limit: number; after: CommunicationPlace | null },
): Promise<Communication[]> {
  if (sent === true || (state !== undefined && state.length > 0 && !state.includes('cancelled'))) return []
  const narrow = (column: string, values: readonly string[] | undefined) =>
    values === undefined || values.length === 0
      ? { sql: '', values: [] }
      : { sql: ` AND ${column} IN (?)`, values: [[...values]] }
  const [channels, kinds] = [narrow('m.channel', channel), narrow('m.kind', kind)]
  const follows =
    after === null
      ? { sql: '', values: [] }
      : after.line === 'message'
        ? { sql: ' AND n.created_at <= ?', values: [after.at] }
        : {
            sql: ' AND (n.created_at < ? OR (n.created_at = ? AND m.id < ?))',
            values: [after.at, after.at, after.id],
          }
  const found = await rows<Row>(
    db,
    `SELECT m.id AS campaign_id, m.name AS campaign_name, m.kind, m.channel, m.subject, p.external_id AS provider,
       p.name AS provider_name, a.left_out, n.created_at, ${NAME_COLUMNS}
     FROM audience_contacts a JOIN audiences n ON n.id = a.audience_id JOIN campaigns m ON m.id = n.campaign_id
       JOIN customers c ON c.id = a.customer_id LEFT JOIN providers p ON p.id = m.provider_id
     WHERE a.customer_id = ?${own === undefined ? '' : ` AND m.provider_id = ${Number(own)}`} AND a.left_out IS NOT NULL${channels.sql}${kinds.sql}${follows.sql}
     ORDER BY n.created_at DESC, m.id DESC LIMIT ?`,
    [customer, ...channels.values, ...kinds.values, ...follows.values, limit],
  )
  const { name } = await readSettings(db)
  return found.map((row) => toLine(row, name))
}

/** In the shape of a message that was cancelled before it was one. */
const toLine = (row: Row, business: string): Communication => ({
  id: `${LEFT_OUT}${row.campaign_id}`,
  notSent: row.left_out === 'holdout' ? 'held_out' : 'left_out',
  campaign: { id: row.campaign_id, name: row.campaign_name, kind: row.kind },
  provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
  customer: { id: row.external_id, name: customerName(row) },
  test: false,
  channel: row.channel,
  address: '',
  subject: renderSubject(row.subject, { customer: row, business: { name: business } }),
  state: 'cancelled',
  reason: row.left_out,
  reward: null,
  heldUntil: null,
  attempts: 0,
  queuedAt: row.created_at,
  sentAt: null,
  deliveredAt: null,
  bouncedAt: null,
  openedAt: null,
  clickedAt: null,
  machineOpenedAt: null,
  machineClickedAt: null,
  bounceClass: null,
  events: [],
})
