import { checkUrl } from '../domain/webhooks/checkUrl.ts'
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  type Endpoint,
  listEndpoints,
  readEndpoint,
  readEndpointSecret,
  rotateEndpointSecret as rotate,
} from '../domain/webhooks/endpoints.ts'
import { type Call, listCalls, readCall } from '../domain/webhooks/listCalls.ts'
import { replay } from '../domain/webhooks/replay.ts'
import { sendTestCall } from '../domain/webhooks/sendTestCall.ts'
import { callerName } from './callerName.ts'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  getWebhookCall,
  listWebhookCalls,
  listWebhooks,
  replayWebhook,
  rotateEndpointSecret,
  showEndpointSecret,
  testWebhook,
  type Webhook,
  type WebhookCall,
} from './contract/webhooks.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

export const webhookRoutes: Route[] = [
  route(listWebhooks, async ({ services }) => ({
    items: (await listEndpoints(services.db, services.now())).map(shown),
  })),

  route(createWebhook, async ({ body, caller, services }) => {
    const url = checkUrl(body.url, services.privateWebhooks === true)
    const id = await createEndpoint(services.db, { ...body, url }, callerName(caller), services.now())
    return one(services, id)
  }),

  route(getWebhook, ({ params, services }) => one(services, Number(params.id))),

  route(changeWebhook, async ({ params, body, services }) => {
    const url = body.url === undefined ? undefined : checkUrl(body.url, services.privateWebhooks === true)
    await changeEndpoint(
      services.db,
      Number(params.id),
      { ...body, ...(url === undefined ? {} : { url }) },
      services.now(),
    )
    return one(services, Number(params.id))
  }),

  route(deleteWebhook, async ({ params, services }) => {
    await deleteEndpoint(services.db, Number(params.id))
    return undefined
  }),

  route(testWebhook, ({ params, services }) =>
    sendTestCall(services.db, Number(params.id), {
      clock: services.now,
      allowPrivate: services.privateWebhooks === true,
    }),
  ),

  route(showEndpointSecret, async ({ params, services }) => ({
    secret: await readEndpointSecret(services.db, Number(params.id)),
  })),

  route(rotateEndpointSecret, async ({ params, services }) => {
    await rotate(services.db, Number(params.id), services.now())
    return { secret: await readEndpointSecret(services.db, Number(params.id)) }
  }),

  route(replayWebhook, async ({ params, body, services }) => {
    const what =
      'event' in body ? { event: body.event } : { since: new Date(body.since), onlyMissed: body.only_missed === true }
    return { sent: await replay(services.db, Number(params.id), what, services.now()) }
  }),

  route(listWebhookCalls, async ({ params, query, services }) => {
    const { id } = await readEndpoint(services.db, Number(params.id), services.now())
    const { state, type, limit } = query
    const before = readIdCursor(query.cursor) ?? undefined
    const { items, next } = await listCalls(services.db, id, { state, type }, { limit, before })
    return { items: items.map(shownCall), next: next === null ? null : String(next) }
  }),

  route(getWebhookCall, async ({ params, services }) => {
    const { body, tries, ...call } = await readCall(services.db, Number(params.id), params.event)
    return {
      ...shownCall(call),
      body: { ...body, type: body.type as WebhookCall['type'] },
      tries: tries.map(({ at, ...tried }) => ({ at: at.toISOString(), ...tried })),
    }
  }),
]

const one = async ({ db, now }: Services, id: number): Promise<Webhook> => shown(await readEndpoint(db, id, now()))

const shown = ({ id, failingSince, offAt, offReason, secretSince, createdAt, ...rest }: Endpoint): Webhook => ({
  id: String(id),
  ...{ name: rest.name, url: rest.url, events: rest.events, state: rest.state },
  failing_since: failingSince?.toISOString() ?? null,
  off_at: offAt?.toISOString() ?? null,
  off_reason: offReason as Webhook['off_reason'],
  secret_ends_with: rest.secretEndsWith,
  secret_since: secretSince.toISOString(),
  previous_until: rest.previousUntil?.toISOString() ?? null,
  created_at: createdAt.toISOString(),
  created_by: rest.createdBy,
  ...{ queued: rest.queued, done: rest.done, failed: rest.failed },
})

const shownCall = ({ event, type, at, state, attempts, nextAt, lastAt, status, answer }: Call): WebhookCall => ({
  ...{ event, type: type as WebhookCall['type'], at: at.toISOString(), state, attempts },
  next_at: nextAt?.toISOString() ?? null,
  last_at: lastAt?.toISOString() ?? null,
  ...{ status, answer },
})
