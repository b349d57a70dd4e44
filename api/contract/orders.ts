import { z } from 'zod'
import { campaign, campaignKind, leftOutReason, oneCampaign, revision } from './campaigns.ts'
import { channel, draftName, externalId, instant, listOf, segmentId } from './common.ts'
import { customerFilter } from './customers.ts'
import { endpoint } from './endpoint.ts'
import {
  anyContent,
  content,
  document,
  hasOneMessage,
  ONE_MESSAGE,
  pushContent,
  smsContent,
  template,
} from './messages.ts'
import { reward, rewardAssumption } from './rewards.ts'
import { templateId } from './templates.ts'

/** Whom a campaign goes to: the members of a segment, perhaps filtered, customers picked one by one, or all of a search. */
export const recipients = z.strictObject({
  segment: segmentId.optional(),
  provider: externalId.optional(),
  filter: customerFilter.optional(),
  customers: z.array(externalId).max(100_000).optional(),
  search: customerFilter
    .extend({ segment: segmentId.optional().meta({ description: 'Only those in it, of whichever provider' }) })
    .optional()
    .meta({ description: 'Everybody whom this lets through, whichever segments they are in; `{}` is everybody' }),
})
/** Room for 100,000 identifiers of 64 characters and the message. */
export const PICKED_BYTES = 8_388_608
export type Recipients = z.infer<typeof recipients>

const seed = z
  .string()
  .regex(/^[a-z0-9]{1,32}$/, 'Allowed are 1 to 32 of a-z 0-9')
  .meta({ description: 'Decides by hash who is held out: preflight and campaign with the same one hold out the same' })
const holdout = z
  .int()
  .min(0)
  .max(90)
  .meta({ description: 'How many of a hundred recipients get nothing, to compare with' })

const sending = recipients.extend({
  kind: campaignKind.default('one_off'),
  channel: channel.default('email'),
  holdout: holdout.optional(),
  seed: seed.optional(),
  reward: reward.optional().meta({ description: 'What each recipient gets; needs a provider' }),
  send_at: instant.optional().meta({ description: 'At once when left out' }),
})

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
  draft: draftName
    .optional()
    .meta({ description: 'The draft in which it was written; it is thrown away in the same step' }),
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
  permission: 'campaigns.write',
  audit: false,
  summary: 'Who would get it, who is left out and why; sends nothing',
  maxBytes: PICKED_BYTES,
  body: sending.extend({ content: anyContent.optional(), template: template.optional() }),
  answer: preflight,
})

export const listPreflight = endpoint({
  method: 'post',
  path: '/campaigns/preflight/customers',
  permission: 'campaigns.write',
  audit: false,
  summary: 'The customers behind one number of a preflight',
  maxBytes: PICKED_BYTES,
  body: sending.extend({
    reason: leftOutReason.nullable().meta({ description: 'Why they are left out; null: those who would get it' }),
    limit: z.int().min(1).max(500).default(50),
    cursor: z.string().max(200).optional(),
  }),
  answer: listOf(z.object({ id: externalId, name: z.string(), email: z.string().nullable() })),
})

export const createCampaign = endpoint({
  method: 'post',
  path: '/campaigns',
  permission: 'campaigns.send',
  summary: 'Send a message to an audience, now or at a time',
  once: true,
  maxBytes: PICKED_BYTES,
  body: order.refine(hasOneMessage, ONE_MESSAGE),
  answer: campaign,
  status: 201,
})

export const editCampaign = endpoint({
  method: 'put',
  path: '/campaigns/{id}',
  permission: 'campaigns.send',
  summary: 'Put another order in its place while nothing is prepared; voids an approval',
  once: true,
  params: oneCampaign,
  maxBytes: PICKED_BYTES,
  body: order.extend({ revision }).refine(hasOneMessage, ONE_MESSAGE),
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
  permission: 'campaigns.read',
  summary: 'What was ordered, to copy or edit it',
  params: oneCampaign,
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

export const readList = endpoint({
  method: 'post',
  path: '/campaigns/list',
  permission: 'campaigns.write',
  audit: false,
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
