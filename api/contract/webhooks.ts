import { z } from 'zod'
import { TEST_EVENT, WEBHOOK_EVENTS } from '../../rules/webhooks/events.ts'
import { instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'

const event = z.enum(WEBHOOK_EVENTS)
const events = z.array(event).min(1).max(WEBHOOK_EVENTS.length).meta({ description: 'What it is told of' })
const name = z.string().trim().min(1).max(200)
const url = z.string().trim().min(1).max(2_000).meta({ description: 'https, and not inside our own network' })
const id = z.string().regex(/^\d{1,15}$/, 'Has to be a number')
const eventName = z.string().regex(/^evt_\d{1,15}$/, 'Has to be the id of an event, like evt_12')

export const webhook = z
  .object({
    id,
    name: z.string(),
    url: z.string(),
    events: z.array(event),
    state: z.enum(['on', 'off']),
    failing_since: instant
      .nullable()
      .meta({ description: 'Since when no call has arrived; null when the last one did' }),
    off_at: instant.nullable(),
    off_reason: z.enum(['gave_up', 'gone']).nullable().meta({
      description: 'Why it was switched off by itself: nothing arrived for a day, or the other side said 410',
    }),
    secret_ends_with: z.string(),
    secret_since: instant,
    previous_until: instant.nullable().meta({ description: 'Until then the secret before signs as well' }),
    created_at: instant,
    created_by: z.string(),
    queued: z.int().meta({ description: 'Calls that wait' }),
    done: z.int().meta({ description: 'Calls that arrived within the last day' }),
    failed: z.int().meta({ description: 'Calls that were given up within the last day' }),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof webhook>

const state = z.enum(['queued', 'done', 'failed'])

const webhookCall = z
  .object({
    event: eventName,
    type: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]),
    at: instant.meta({ description: 'When it happened' }),
    state,
    attempts: z.int(),
    next_at: instant.nullable().meta({ description: 'When it is tried next; null when it is not' }),
    last_at: instant.nullable(),
    status: z.int().nullable().meta({ description: 'Of the last answer; null when there was none' }),
    answer: z.string().nullable().meta({ description: 'The last answer, or why there was none' }),
  })
  .meta({ id: 'WebhookCall' })
export type WebhookCall = z.infer<typeof webhookCall>

const body = z
  .object({
    id: eventName,
    type: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]),
    at: instant,
    customer: z.string().nullable(),
    provider: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'WebhookBody', description: 'What is posted; docs/webhooks.md has the fields of `data` for each type' })

const attempt = z.object({
  at: instant,
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  outcome: z
    .enum(['done', 'again', 'failed'])
    .nullable()
    .meta({ description: 'Null while it is being made, and for good where the process died over it' }),
  status: z.int().nullable(),
  answer: z.string().nullable(),
  milliseconds: z.int().nullable(),
})

const one = z.object({ id })
const ofOne = z.object({ id, event: eventName })

export const listWebhooks = endpoint({
  method: 'get',
  path: '/webhooks',
  permission: 'webhooks.read',
  summary: 'All webhooks, with how their calls go',
  answer: z.object({ items: z.array(webhook) }),
})

export const createWebhook = endpoint({
  method: 'post',
  path: '/webhooks',
  permission: 'webhooks.write',
  summary: 'Be told of what happens from now on, by signed calls',
  once: true,
  body: z.strictObject({ name, url, events }),
  answer: webhook,
  status: 201,
})

export const getWebhook = endpoint({
  method: 'get',
  path: '/webhooks/{id}',
  permission: 'webhooks.read',
  summary: 'One webhook',
  params: one,
  answer: webhook,
})

export const changeWebhook = endpoint({
  method: 'patch',
  path: '/webhooks/{id}',
  permission: 'webhooks.write',
  summary: 'Change a webhook, or switch it off and on; what waits for it goes when it is on again',
  params: one,
  body: z.strictObject({
    name: name.optional(),
    url: url.optional(),
    events: events.optional(),
    state: z.enum(['on', 'off']).optional(),
  }),
  answer: webhook,
})

export const deleteWebhook = endpoint({
  method: 'delete',
  path: '/webhooks/{id}',
  permission: 'webhooks.write',
  summary: 'Delete a webhook, with its log and what waits for it',
  params: one,
})

export const testWebhook = endpoint({
  method: 'post',
  path: '/webhooks/{id}/test',
  permission: 'webhooks.write',
  summary: 'Call it once with a test event and say what came back',
  once: true,
  params: one,
  answer: z.object({
    event: eventName,
    outcome: z.enum(['done', 'again', 'failed']),
    status: z.int().nullable(),
    answer: z.string(),
    milliseconds: z.int(),
  }),
})

export const showEndpointSecret = endpoint({
  method: 'post',
  path: '/webhooks/{id}/secret/show',
  permission: 'webhooks.write',
  summary: 'The secret that its calls are signed with',
  params: one,
  secret: true,
  answer: z.object({ secret: z.string() }),
})

export const rotateEndpointSecret = endpoint({
  method: 'post',
  path: '/webhooks/{id}/secret/rotate',
  permission: 'webhooks.write',
  summary: 'Make a new secret; the one before signs as well for a day',
  params: one,
  secret: true,
  answer: z.object({ secret: z.string() }),
})

export const replayWebhook = endpoint({
  method: 'post',
  path: '/webhooks/{id}/replay',
  permission: 'webhooks.write',
  summary: 'Have one event, or all since an instant, sent again under their old ids; of the last 30 days',
  params: one,
  body: z.union([
    z.strictObject({ event: eventName }),
    z.strictObject({
      since: instant,
      only_missed: z.boolean().optional().meta({ description: 'Only what never arrived; all when it is false' }),
    }),
  ]),
  answer: z.object({ sent: z.int().meta({ description: 'How many events go again' }) }),
})

export const listWebhookCalls = endpoint({
  method: 'get',
  path: '/webhooks/{id}/calls',
  permission: 'webhooks.read',
  summary: 'What it was told, the newest first, with what became of it',
  params: one,
  query: page.extend({ state: state.optional(), type: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]).optional() }),
  answer: listOf(webhookCall),
})

export const getWebhookCall = endpoint({
  method: 'get',
  path: '/webhooks/{id}/calls/{event}',
  permission: 'webhooks.read',
  summary: 'One event with what was posted, and every try with its answer',
  params: ofOne,
  answer: webhookCall.extend({ body, tries: z.array(attempt) }).meta({ id: 'WebhookCallWithTries' }),
})
