import { z } from 'zod'
import { channel, countedListOf, externalId, instant, listOf, page, segmentId } from './common.ts'
import { customerFilter, delivery, deliveryState } from './customers.ts'
import { endpoint } from './endpoint.ts'

/** The message as the composer edits it: a tree of allowed nodes (ProseMirror's JSON), checked node by node on the server. */
export const document = z.looseObject({ type: z.literal('doc') }).meta({ id: 'Document' })

/** Either the composer's document or HTML, which goes through the same allow-list. */
export const content = z.union([
  z.strictObject({ subject: z.string().max(998), document }),
  z.strictObject({ subject: z.string().max(998), html: z.string().max(200_000) }),
])

/** Whom a campaign goes to: the members of a segment, perhaps filtered, or customers picked one by one. */
export const recipients = z.strictObject({
  segment: segmentId.optional(),
  provider: externalId.optional(),
  filter: customerFilter.optional(),
  customers: z.array(externalId).max(100_000).optional(),
})
/** Room for 100,000 identifiers of 64 characters and the message. */
const PICKED_BYTES = 8_388_608
export type Recipients = z.infer<typeof recipients>

export const leftOutReason = z.enum([
  'unknown_customer',
  'no_address',
  'no_phone',
  'no_subscription',
  'unsubscribed',
  'bounced',
  'suppressed',
  'no_consent',
  'same_address',
])

const sending = recipients.extend({
  kind: z.enum(['one_off', 'loyalty']).default('one_off'),
  channel: channel.default('email'),
})

export const preflight = z
  .object({
    requested: z.int().meta({ description: 'Everybody who was asked for: recipients + all left out' }),
    recipients: z.int(),
    left_out: z.array(
      z.object({
        reason: leftOutReason,
        count: z.int(),
        customers: z.array(z.object({ id: externalId, name: z.string() })).meta({ description: 'Up to 20 of them' }),
      }),
    ),
    reward_liability: z.int(),
  })
  .meta({ id: 'Preflight' })
export type Preflight = z.infer<typeof preflight>

export const preflightCampaign = endpoint({
  method: 'post',
  path: '/campaigns/preflight',
  summary: 'Who would get it, who is left out and why; sends nothing',
  maxBytes: PICKED_BYTES,
  body: sending.extend({ content: content.optional() }),
  answer: preflight,
})

export const campaign = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['one_off', 'loyalty']),
    channel,
    state: z.enum(['draft', 'scheduled', 'preparing', 'sending', 'paused', 'sent', 'cancelled', 'failed']),
    segment: z.object({ id: z.string(), name: z.string() }).nullable(),
    subject: z.string(),
    total: z.int(),
    sent: z.int().meta({ description: 'Handed over, whatever happened then' }),
    delivered: z.int(),
    opened: z.int(),
    clicked: z.int(),
    bounced: z.int(),
    failed: z.int().meta({ description: 'Bounced or failed for good' }),
    unconfirmed: z.int(),
    cancelled: z.int(),
    left_out: z.array(z.object({ reason: leftOutReason, count: z.int() })),
    failure: z.string().nullable(),
    send_at: instant.nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof campaign>

export const createCampaign = endpoint({
  method: 'post',
  path: '/campaigns',
  summary: 'Send a message to an audience, now or at a time',
  once: true,
  maxBytes: PICKED_BYTES,
  body: sending.extend({ name: z.string().trim().max(200).optional(), content, send_at: instant.optional() }),
  answer: campaign,
  status: 201,
})

const one = z.object({ id: z.string().regex(/^\d{1,18}$/) })

export const listCampaigns = endpoint({
  method: 'get',
  path: '/campaigns',
  summary: 'Campaigns, newest first',
  query: page,
  answer: listOf(campaign),
})
export const getCampaign = endpoint({
  method: 'get',
  path: '/campaigns/{id}',
  summary: 'A campaign with its progress',
  params: one,
  answer: campaign,
})
export const cancelCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/cancel',
  summary: 'Send nothing more; what was handed over stays',
  params: one,
  answer: campaign,
})
export const pauseCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/pause',
  summary: 'Hold what was not handed over',
  params: one,
  answer: campaign,
})
export const resumeCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/resume',
  summary: 'Go on',
  params: one,
  answer: campaign,
})

export const previewContent = endpoint({
  method: 'post',
  path: '/campaigns/preview',
  summary: 'The message as one customer would get it; sends nothing',
  body: z.strictObject({ content, customer: externalId.optional() }),
  answer: z.object({
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    warnings: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
})

export const testCampaign = endpoint({
  method: 'post',
  path: '/campaigns/test',
  summary: 'Send the message to one’s own address, as one customer would get it',
  once: true,
  body: z.strictObject({ content, customer: externalId.optional() }),
  answer: z.object({ address: z.string() }),
  status: 202,
})

export const listDeliveries = endpoint({
  method: 'get',
  path: '/deliveries',
  summary: 'Every message of every campaign, newest first',
  query: page.extend({
    state: deliveryState.optional(),
    campaign: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
    customer: externalId.optional(),
  }),
  answer: listOf(delivery),
})
export const getDelivery = endpoint({
  method: 'get',
  path: '/deliveries/{id}',
  summary: 'One message with its events',
  params: one,
  answer: delivery,
})
export const resendDelivery = endpoint({
  method: 'post',
  path: '/deliveries/{id}/resend',
  summary: 'Send an unconfirmed or failed message again',
  once: true,
  params: one,
  answer: delivery,
  status: 202,
})

/** The kinds of mail that somebody can do without one by one, or all of them. */
export const suppressionKind = z.enum(['all', 'one_off', 'loyalty', 'automation'])

const suppression = z.object({
  customer: z.object({ id: externalId, name: z.string() }),
  provider: externalId.nullable(),
  channel,
  kind: suppressionKind,
  reason: z.enum(['unsubscribed', 'bounced', 'complained', 'by_hand']),
  source: z.string(),
  since: instant,
})
const ofCustomer = z.object({ customer: externalId })
const which = z.object({
  provider: externalId.optional(),
  channel: channel.default('email'),
  kind: suppressionKind.default('all'),
})

export const listSuppressions = endpoint({
  method: 'get',
  path: '/suppressions',
  summary: 'Who gets nothing, and why',
  query: page,
  answer: countedListOf(suppression),
})
export const suppress = endpoint({
  method: 'put',
  path: '/suppressions/{customer}',
  summary: 'Send nothing more to a customer',
  params: ofCustomer,
  query: which,
  body: z
    .strictObject({
      reason: z.enum(['unsubscribed', 'bounced', 'complained', 'by_hand']).optional(),
      source: z.string().max(200).optional(),
    })
    .optional(),
  answer: suppression,
})
export const unsuppress = endpoint({
  method: 'delete',
  path: '/suppressions/{customer}',
  summary: 'Write again to a customer',
  params: ofCustomer,
  query: which,
})
