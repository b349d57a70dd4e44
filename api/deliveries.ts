import { knownCustomer } from '../domain/customers/knownCustomer.ts'
import { type Delivery, listDeliveries as list, getDelivery as read } from '../domain/deliveries/listDeliveries.ts'
import { resendDelivery as resend } from '../domain/deliveries/resendDelivery.ts'
import { getDelivery, listDeliveries, resendDelivery } from './contract/campaigns.ts'
import { getCommunication } from './contract/customers.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'

export const deliveryRoutes: Route[] = [
  route(listDeliveries, async ({ query, services }) => {
    const { state, campaign, customer, limit, cursor } = query
    const customerId = customer === undefined ? undefined : await knownCustomer(services.db, customer)
    const campaignId = campaign === undefined ? undefined : Number(campaign)
    const before = readIdCursor(cursor)
    return pageOf(await list(services.db, { state, campaignId, customerId, limit: limit + 1, before }), limit)
  }),

  route(getCommunication, async ({ params, query, services }) => {
    const customerId = await knownCustomer(services.db, params.id)
    const { limit, cursor } = query
    return pageOf(await list(services.db, { customerId, limit: limit + 1, before: readIdCursor(cursor) }), limit)
  }),

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
  return { items: page.map(presentDelivery), next: found.length > limit ? String(page.at(-1)?.id) : null }
}

/** A delivery as the HTTP interface shows it. */
function presentDelivery(delivery: Delivery) {
  const { id, campaign, heldUntil, queuedAt, sentAt, deliveredAt, bouncedAt, openedAt, clickedAt, events, ...rest } =
    delivery
  const iso = (instant: Date | null) => instant?.toISOString() ?? null
  return {
    ...rest,
    id: String(id),
    campaign: { id: String(campaign.id), name: campaign.name },
    held_until: iso(heldUntil),
    queued_at: queuedAt.toISOString(),
    sent_at: iso(sentAt),
    delivered_at: iso(deliveredAt),
    bounced_at: iso(bouncedAt),
    opened_at: iso(openedAt),
    clicked_at: iso(clickedAt),
    events: events.map(({ type, at, detail }) => ({ type, at: at.toISOString(), detail })),
  }
}
