import { BYTE_ORDER_MARK } from '../domain/csv/csvLine.ts'
import { type CommunicationPlace, placeOf, readCommunication } from '../domain/deliveries/communication.ts'
import { exportDeliveries as exportAll } from '../domain/deliveries/exportDeliveries.ts'
import { EXPORT_WORDS } from '../domain/deliveries/exportWords.ts'
import { facetsOf } from '../domain/deliveries/facets.ts'
import {
  countDeliveries,
  type Delivery,
  type DeliveryPlace,
  listDeliveries as list,
  getDelivery as read,
} from '../domain/deliveries/listDeliveries.ts'
import { recipientsOf } from '../domain/deliveries/recipients.ts'
import { resendDelivery as resend } from '../domain/deliveries/resendDelivery.ts'
import { showMessage } from '../domain/deliveries/showMessage.ts'
import { Problem } from '../domain/errors.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { getCommunication } from './contract/customers.ts'
import {
  exportDeliveries,
  getDelivery,
  getDeliveryFacets,
  getMessage,
  listDeliveries,
  listRecipients,
  resendDelivery,
} from './contract/deliveries.ts'
import { deliveryFilterOf } from './deliveryFilter.ts'
import { ownProvider } from './ownProvider.ts'
import { Download, type Route, route } from './server/route.ts'

export const deliveryRoutes: Route[] = [
  route(listDeliveries, async ({ query, caller, services }) => {
    const { limit, cursor } = query
    const filter = deliveryFilterOf(query, caller)
    const found = await list(services.db, filter, { limit: limit + 1, after: readCursor(cursor) }, '/query')
    const { total, least } = await countDeliveries(services.db, filter, '/query')
    return { ...pageOf(found, limit), total, at_least: least }
  }),

  route(getDeliveryFacets, ({ query, caller, services }) =>
    facetsOf(services.db, deliveryFilterOf(query, caller), '/query'),
  ),

  route(listRecipients, async ({ query, caller, services }) => ({
    items: await recipientsOf(services.db, deliveryFilterOf(query, caller), '/query'),
    next: null,
  })),

  route(exportDeliveries, async ({ query, caller, services }) => {
    const language = query.language ?? (await readSettings(services.db)).language
    const file = exportAll(services.db, deliveryFilterOf(query, caller), language, '/query')
    const { file: name } = EXPORT_WORDS[language]
    const day = services.now().toISOString().slice(0, 10)
    return new Download(`${name}-${day}.csv`, query.bom === 'true' ? marked(file) : file)
  }),

  route(getCommunication, async ({ params, query, caller, services }) => {
    const { limit, cursor, sent, ...filter } = query
    const own = ownProvider(caller) ?? undefined
    const asked = { ...filter, own, sent: sent === undefined ? undefined : sent === 'true' }
    const page = { limit: limit + 1, after: readLineCursor(cursor) }
    const found = await readCommunication(services.db, params.id, asked, page)
    const shown = found.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: shown.map(({ notSent, ...line }) => ({ ...presentDelivery(line), not_sent: notSent })),
      next: found.length > limit && last ? writeLineCursor(placeOf(last)) : null,
    }
  }),

  route(getMessage, ({ params, services }) =>
    showMessage(services.db, Number(params.id), services.publicUrl, services.now()),
  ),

  route(getDelivery, async ({ params, services }) => presentDelivery(await read(services.db, Number(params.id)))),

  route(resendDelivery, async ({ params, services }) => {
    const id = Number(params.id)
    await resend(services.db, id, services.now())
    const delivery = await read(services.db, id)
    // first to the workflow that may be running, then a new one if there is none: either way somebody looks
    await services.workflows.signalCampaign(delivery.campaign.id, 'resume').catch(() => {})
    await services.workflows.dispatchOutbox()
    return presentDelivery(delivery)
  }),
]

/** One page of a list that was asked for one item more than the page holds. */
function pageOf(found: readonly Delivery[], limit: number) {
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(presentDelivery), next: found.length > limit && last ? writeCursor(last) : null }
}

/** With a mark at its beginning, which comes with the first piece: what is wrong before that is still a problem. */
async function* marked(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let mark = BYTE_ORDER_MARK
  for await (const piece of pieces) {
    yield mark + piece
    mark = ''
  }
}

const writeCursor = ({ queuedAt, id }: DeliveryPlace) => `${queuedAt.getTime()}.${id}`

function readCursor(cursor: string | undefined): DeliveryPlace | null {
  if (cursor === undefined) return null
  const [, at, id] = /^(\d{1,14})\.(\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined) {
    const message = 'Not a cursor: take the “next” of the page before'
    throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
  }
  return { queuedAt: new Date(Number(at)), id: Number(id) }
}

/** A delivery as the HTTP interface shows it. */
function presentDelivery(delivery: Omit<Delivery, 'id'> & { id: number | string }) {
  const { id, campaign, heldUntil, queuedAt, sentAt, deliveredAt, bouncedAt, openedAt, clickedAt, ...others } = delivery
  const { bounceClass, machineOpenedAt, machineClickedAt, events, ...rest } = others
  const iso = (instant: Date | null) => instant?.toISOString() ?? null
  return {
    ...rest,
    id: String(id),
    campaign: { ...campaign, id: String(campaign.id) },
    held_until: iso(heldUntil),
    queued_at: queuedAt.toISOString(),
    sent_at: iso(sentAt),
    delivered_at: iso(deliveredAt),
    bounced_at: iso(bouncedAt),
    opened_at: iso(openedAt),
    clicked_at: iso(clickedAt),
    machine_opened_at: iso(machineOpenedAt),
    machine_clicked_at: iso(machineClickedAt),
    bounce_class: bounceClass,
    events: events.map(({ type, at, detail }) => ({ type, at: at.toISOString(), detail })),
  }
}

const writeLineCursor = ({ at, line, id }: CommunicationPlace) =>
  `${at.getTime()}.${id}${line === 'message' ? '' : '.x'}`

function readLineCursor(cursor: string | undefined): CommunicationPlace | null {
  if (cursor === undefined) return null
  const isMessage = !cursor.endsWith('.x')
  const place = readCursor(isMessage ? cursor : cursor.slice(0, -2))
  return place === null ? null : { at: place.queuedAt, line: isMessage ? 'message' : 'left_out', id: place.id }
}
