import { z } from 'zod'
import { channel, externalId, instant, listOf, page, several } from './common.ts'
import { endpoint } from './endpoint.ts'
import { campaignReward } from './rewards.ts'
import { templateId } from './templates.ts'

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

export const campaignKind = z.enum(['one_off', 'loyalty'])

export const campaignState = z.enum([
  'draft',
  'awaiting_approval',
  'scheduled',
  'preparing',
  'sending',
  'paused',
  'sent',
  'cancelled',
  'failed',
])

export const variant = z.enum(['a', 'b'])
/** The template that a message was made of, and which of its versions. */
const sentTemplate = z.object({ id: templateId, name: z.string(), version: z.int() })

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
      z.object({
        variant,
        subject: z.string(),
        template: sentTemplate.nullable(),
        recipients: z.int(),
        opened: z.int(),
        clicked: z.int(),
      }),
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
    state: campaignState,
    segment: z.object({ id: z.string(), name: z.string() }).nullable(),
    provider: z.object({ id: externalId, name: z.string() }).nullable(),
    reward: campaignReward.nullable(),
    subject: z.string(),
    template: sentTemplate.nullable().meta({ description: 'Null: written for this campaign' }),
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
    failure: z.string().nullable().meta({
      description:
        'Why it came to nothing: no_segment, no_provider, week_taken or no_channel, a colon, and more about it',
    }),
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

export const revision = z.int().min(1).meta({ description: 'The state of the campaign that was looked at' })

/** A campaign in an address. */
export const oneCampaign = z.object({ id: z.string().regex(/^\d{1,18}$/) })

export const listCampaigns = endpoint({
  method: 'get',
  path: '/campaigns',
  permission: 'campaigns.read',
  summary: 'Campaigns, newest first',
  query: page.extend({
    kind: campaignKind.optional(),
    state: several(campaignState),
    provider: externalId.optional(),
    template: templateId.optional().meta({ description: 'Made of this template, in one of its messages' }),
  }),
  answer: listOf(campaign),
})
export const getCampaign = endpoint({
  method: 'get',
  path: '/campaigns/{id}',
  permission: 'campaigns.read',
  summary: 'A campaign with its progress',
  params: oneCampaign,
  answer: campaign,
})
export const cancelCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/cancel',
  permission: 'campaigns.send',
  summary: 'Send nothing more; what was handed over stays',
  params: oneCampaign,
  answer: campaign,
})
export const pauseCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/pause',
  permission: 'campaigns.send',
  summary: 'Hold what was not handed over',
  params: oneCampaign,
  answer: campaign,
})
export const resumeCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/resume',
  permission: 'campaigns.send',
  summary: 'Go on',
  params: oneCampaign,
  answer: campaign,
})

export const approveCampaign = endpoint({
  method: 'post',
  path: '/campaigns/{id}/approve',
  permission: 'campaigns.approve',
  summary: 'Let a campaign go that waits for a second person; 403 for who wrote it, 409 when it was edited since',
  params: oneCampaign,
  body: z.strictObject({ revision }),
  answer: campaign,
})
export const chooseWinner = endpoint({
  method: 'post',
  path: '/campaigns/{id}/winner',
  permission: 'campaigns.send',
  summary: 'Decide a comparison by hand: the others get this message',
  params: oneCampaign,
  body: z.strictObject({ variant }),
  answer: campaign,
})

export const listActs = endpoint({
  method: 'get',
  path: '/campaigns/{id}/acts',
  permission: 'campaigns.read',
  summary: 'Who did what to a campaign, in order',
  params: oneCampaign,
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
