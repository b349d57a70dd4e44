import { z } from 'zod'
import { channel, countedListOf, externalId, instant, listOf, page, segmentId, suppressionKind } from './common.ts'
import { customerFilter, delivery } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { campaignReward, reward, rewardAssumption } from './rewards.ts'
import { templateId } from './templates.ts'

/** The message as the composer edits it: a tree of allowed nodes (ProseMirror's JSON), checked node by node on the server. */
export const document = z.looseObject({ type: z.literal('doc') }).meta({ id: 'Document' })

/** Either the composer's document or HTML, which goes through the same allow-list. */
export const content = z.union([
  z.strictObject({ subject: z.string().max(998), document }),
  z.strictObject({ subject: z.string().max(998), html: z.string().max(200_000) }),
])

/** The newest published version of a template, in place of a content. */
const template = templateId.meta({ description: 'The template whose newest version is sent, in place of `content`' })
const ONE_MESSAGE = { error: 'Has to say what is sent: either “content” or “template”' }
const hasOneMessage = (body: { content?: unknown; template?: unknown }) =>
  (body.content === undefined) !== (body.template === undefined)

/** An SMS: text with merge tags. */
const smsContent = z.strictObject({ text: z.string().max(5_000) })
/** A notification in a browser. */
const pushContent = z.strictObject({
  title: z.string().max(998),
  text: z.string().max(5_000),
  url: z.string().max(4_096).optional().meta({ description: 'The page that opens when somebody presses it' }),
})

/** What a campaign says, by its channel. */
export const anyContent = z.union([...content.options, smsContent, pushContent])

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
  'holdout',
])

const seed = z
  .string()
  .regex(/^[a-z0-9]{1,32}$/, 'Allowed are 1 to 32 of a-z 0-9')
  .meta({ description: 'Decides by hash who is held out: preflight and campaign with the same one hold out the same' })
const holdout = z
  .int()
  .min(0)
  .max(90)
  .meta({ description: 'How many of a hundred recipients get nothing, to compare with' })

const campaignKind = z.enum(['one_off', 'loyalty'])

const sending = recipients.extend({
  kind: campaignKind.default('one_off'),
  channel: channel.default('email'),
  holdout: holdout.optional(),
  seed: seed.optional(),
  reward: reward.optional().meta({ description: 'What each recipient gets; needs a provider' }),
  send_at: instant.optional().meta({ description: 'At once when left out' }),
})

const variant = z.enum(['a', 'b'])
/** Compares two messages on a share of the recipients; the others get the one that did better. */
const abTest = z.strictObject({
  subject: z.string().max(998).optional().meta({ description: 'Of the second message; left out: as in the first' }),
  content: content.optional().meta({ description: 'The second message; left out: the first with another subject' }),
  template: template.optional(),
  share: z.int().min(1).max(100).default(20).meta({ description: 'How many of a hundred recipients it is tried on' }),
  decide: z.enum(['clicks', 'by_hand']),
  after_minutes: z
    .int()
    .min(1)
    .max(20_160)
    .optional()
    .meta({ description: 'After the last message of the comparison; needed with clicks' }),
})

/** How a campaign goes out. */
const choices = z.strictObject({
  name: z.string().trim().max(200).optional(),
  content: anyContent.optional(),
  template: template.optional(),
  subject: z.string().max(998).optional().meta({ description: 'In place of that of the template' }),
  spread_minutes: z.int().min(1).max(10_080).optional().meta({ description: 'Over how long the messages are spread' }),
  ab_test: abTest.optional(),
  undo_seconds: z.int().min(0).max(600).optional().meta({
    description: 'For how long it can be cancelled before anything is prepared: 15 for people, 0 for programs',
  }),
})
const order = sending.extend(choices.shape)
export type CampaignOrder = z.input<typeof order>

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
    reward_liability: z.int().nullable().meta({
      description: 'The most that the rewards can cost, in minor units; null when nothing says what that could be',
    }),
    reward_assumption: rewardAssumption
      .nullable()
      .meta({ description: 'What that rests on, for a percentage without a ceiling and for free minutes' }),
    held: z
      .array(
        z.object({
          reason: z.enum(['quiet_hours', 'frequency_cap']),
          count: z.int(),
          until: instant.nullable().meta({ description: 'Where it is the same for all of them' }),
        }),
      )
      .meta({ description: 'Recipients who would get it later if it went now' }),
    needs_approval: z.boolean().meta({ description: 'So many that a second person has to approve it' }),
  })
  .meta({ id: 'Preflight' })
export type Preflight = z.infer<typeof preflight>

export const preflightCampaign = endpoint({
  method: 'post',
  path: '/campaigns/preflight',
  summary: 'Who would get it, who is left out and why; sends nothing',
  maxBytes: PICKED_BYTES,
  body: sending.extend({ content: anyContent.optional(), template: template.optional() }),
  answer: preflight,
})

export const listPreflight = endpoint({
  method: 'post',
  path: '/campaigns/preflight/customers',
  summary: 'The customers behind one number of a preflight',
  maxBytes: PICKED_BYTES,
  body: sending.extend({
    reason: leftOutReason.nullable().meta({ description: 'Why they are left out; null: those who would get it' }),
    limit: z.int().min(1).max(500).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: listOf(z.object({ id: externalId, name: z.string(), email: z.string().nullable() })),
})

/** A comparison of two messages, as far as it has come. */
const comparison = z
  .object({
    share: z.int(),
    decide: z.enum(['clicks', 'by_hand']),
    after_minutes: z.int().nullable(),
    decide_at: instant.nullable().meta({ description: 'When the clicks decide; known once the messages are out' }),
    winner: variant.nullable(),
    decided_at: instant.nullable(),
    decided_by: z.string().nullable().meta({ description: 'Null when the clicks decided' }),
    variants: z.array(
      z.object({ variant, subject: z.string(), recipients: z.int(), opened: z.int(), clicked: z.int() }),
    ),
  })
  .meta({ id: 'Comparison' })

export type Comparison = z.infer<typeof comparison>

export const campaign = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: campaignKind,
    channel,
    state: z.enum([
      'draft',
      'awaiting_approval',
      'scheduled',
      'preparing',
      'sending',
      'paused',
      'sent',
      'cancelled',
      'failed',
    ]),
    segment: z.object({ id: z.string(), name: z.string() }).nullable(),
    provider: z.object({ id: externalId, name: z.string() }).nullable(),
    reward: campaignReward.nullable(),
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
    audience: z.string().nullable().meta({ description: 'The frozen audience' }),
    undo_until: instant.nullable().meta({ description: 'Cancelling until then costs nothing: nothing was prepared' }),
    not_stopped: z.int().nullable().meta({ description: 'Cancelled: how many messages a server was just being given' }),
    spread_minutes: z.int().nullable(),
    holdout: z.int(),
    ab_test: comparison.nullable(),
    created_by: z.string().nullable(),
    edited_by: z.string().nullable(),
    revision: z.int().meta({ description: 'Grows with every edit' }),
    approval: z.object({ by: z.string(), at: instant }).nullable(),
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
  body: order.refine(hasOneMessage, ONE_MESSAGE),
  answer: campaign,
  status: 201,
})

const revision = z.int().min(1).meta({ description: 'The state of the campaign that was looked at' })

const one = z.object({ id: z.string().regex(/^\d{1,18}$/) })

export const listCampaigns = endpoint({
  method: 'get',
  path: '/campaigns',
  summary: 'Campaigns, newest first',
  query: page.extend({ kind: campaignKind.optional(), provider: externalId.optional() }),
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

export const editCampaign = endpoint({
  method: 'put',
  path: '/campaigns/{id}',
  summary: 'Put another order in its place while nothing is prepared; voids an approval',
  params: one,
  maxBytes: PICKED_BYTES,
  body: order.extend({ revision }).refine(hasOneMessage, ONE_MESSAGE),
  answer: campaign,
})
export const approveCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/approve',
  summary: 'Let a campaign go that waits for a second person; 403 for who wrote it, 409 when it was edited since',
  params: one,
  body: z.strictObject({ revision }),
  answer: campaign,
})
export const chooseWinner = endpoint({
  method: 'post',
  path: '/campaigns/{id}/winner',
  summary: 'Decide a comparison by hand: the others get this message',
  params: one,
  body: z.strictObject({ variant }),
  answer: campaign,
})

const namedLines = z.array(z.object({ line: z.int(), text: z.string() }))
const orderedMessage = z.union([
  z.object({ subject: z.string(), document }),
  z.object({ subject: z.string(), template: templateId }),
])
export const getOrder = endpoint({
  method: 'get',
  path: '/campaigns/{id}/order',
  summary: 'What was ordered, to copy or edit it',
  params: one,
  answer: z
    .object({
      name: z.string(),
      channel,
      recipients,
      reward: reward.nullable(),
      content: z.union([orderedMessage, smsContent, pushContent]),
      ab_test: z
        .object({
          content: orderedMessage,
          share: z.int(),
          decide: z.enum(['clicks', 'by_hand']),
          after_minutes: z.int().nullable(),
        })
        .nullable(),
      send_at: instant.nullable(),
      spread_minutes: z.int().nullable(),
      holdout: z.int(),
      seed: z.string(),
      revision: z.int(),
    })
    .meta({ id: 'CampaignOrder' }),
})

export const listActs = endpoint({
  method: 'get',
  path: '/campaigns/{id}/acts',
  summary: 'Who did what to a campaign, in order',
  params: one,
  answer: z.object({
    items: z.array(
      z.object({
        act: z.enum([
          'made',
          'edited',
          'approval_needed',
          'approval_voided',
          'approved',
          'paused',
          'resumed',
          'cancelled',
          'winner_chosen',
          'contact_removed',
        ]),
        at: instant,
        by: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  }),
})

export const readList = endpoint({
  method: 'post',
  path: '/campaigns/list',
  summary:
    'The customers that a pasted list names: by identifier, user name or address; what names nobody, with its line',
  maxBytes: PICKED_BYTES,
  body: z.strictObject({ text: z.string().max(8_000_000) }),
  answer: z.object({
    customers: z.array(externalId),
    twice: z.int().meta({ description: 'How often somebody was named again' }),
    unknown: namedLines.meta({ description: 'What names nobody; up to 1,000' }),
    unknown_count: z.int(),
    ambiguous: namedLines.meta({ description: 'What names several customers, so none; up to 1,000' }),
    ambiguous_count: z.int(),
  }),
})

export const previewContent = endpoint({
  method: 'post',
  path: '/campaigns/preview',
  summary: 'The message as one customer would get it; sends nothing',
  body: z
    .strictObject({
      content: content.optional(),
      template: template.optional(),
      customer: externalId.optional(),
      provider: externalId.optional(),
    })
    .refine(hasOneMessage, ONE_MESSAGE),
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
  body: z
    .strictObject({
      content: content.optional(),
      template: template.optional(),
      customer: externalId.optional(),
      provider: externalId.optional(),
    })
    .refine(hasOneMessage, ONE_MESSAGE),
  answer: z.object({ address: z.string() }),
  status: 202,
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
