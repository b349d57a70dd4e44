import { z } from 'zod'
import { countedListOf, day, externalId, instant, money, page, several } from './common.ts'
import { endpoint } from './endpoint.ts'

/** More than any business gives away to one customer: a slip of the finger is noticed. */
const amount = money.min(1).max(100_000_000)
const days = z.int().min(1).max(731)

const period = {
  valid_from: day
    .optional()
    .meta({ description: 'The first day on which it can be used; the day of sending when left out' }),
  valid_to: day.optional().meta({ description: 'The last day on which it can be used' }),
  valid_days: days
    .optional()
    .meta({ description: 'Instead of days: so many from the day on which the message goes out' }),
}

/** What each recipient of a campaign gets: a voucher over an amount or a percentage, or free minutes, for some days. */
export const reward = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('voucher'),
      amount: amount.optional().meta({ description: 'Minor units of the business’s currency' }),
      percent: z.int().min(1).max(100).optional(),
      ceiling: amount.optional().meta({ description: 'With a percentage: the most that it takes off' }),
      ...period,
    }),
    z.strictObject({ kind: z.literal('free_minutes'), minutes: z.int().min(1).max(10_000), ...period }),
  ])
  .meta({ id: 'Reward' })

/** A {@link reward} as a caller says it. */
export type AskedReward = z.infer<typeof reward>

const kind = z.enum(['voucher', 'free_minutes'])
const size = {
  kind,
  amount: money.nullable(),
  percent: z.int().nullable(),
  ceiling: money.nullable(),
  minutes: z.int().nullable(),
}

/** The reward of a campaign, as it was ordered, and what became of those that its messages bring. */
export const campaignReward = z
  .object({
    ...size,
    valid_from: day.nullable(),
    valid_to: day.nullable(),
    valid_days: z.int().nullable(),
    reserved: z.int().meta({ description: 'For messages that are not handed over yet' }),
    active: z.int().meta({ description: 'Handed over and not used, also when their time is over' }),
    used: z.int(),
    given_back: z.int().meta({ description: 'Their messages did not arrive' }),
  })
  .meta({ id: 'CampaignReward' })
export type CampaignReward = z.infer<typeof campaignReward>

/** The reward that one message brings. */
export const deliveryReward = z
  .object({
    id: z.string(),
    ...size,
    valid_from: day,
    valid_to: day,
    state: z.enum(['reserved', 'active', 'used', 'given_back']),
  })
  .meta({ id: 'DeliveryReward' })
export type DeliveryReward = z.infer<typeof deliveryReward>

/** What the largest possible cost rests on where the size of a reward alone does not say it. */
export const rewardAssumption = z.object({
  price: money.meta({ description: 'The booking of this provider that would cost most' }),
  minutes: z.int().nullable(),
  since: day.meta({ description: 'Of all that began since' }),
})

const named = z.object({ id: externalId, name: z.string() })
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'Three capital letters, like EUR')
  .optional()
  .meta({ description: 'For callers who want to be sure: any other than the business’s is refused' })

/** What a caller sees of a reward’s state: an active one can be used by today, or not yet, or no longer. */
export const rewardState = z.enum(['reserved', 'upcoming', 'usable', 'used', 'expired', 'given_back'])

/** A reward that somebody has. */
export const heldReward = z
  .object({
    id: z.string(),
    provider: named,
    customer: named,
    ...size,
    minutes_used: z.int().meta({ description: 'Of free minutes' }),
    valid_from: day,
    valid_to: day,
    state: rewardState.meta({ description: 'Free minutes that were used in part are usable until their period ends' }),
    campaign: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'Whose message brought it' }),
    automation: z.string().nullable().meta({ description: 'Whose step gave it' }),
    given_by: z.string().nullable().meta({ description: 'Who gave it by hand' }),
    discount: money.meta({ description: 'What it has taken off so far' }),
    bookings: z.array(externalId).meta({ description: 'On which it was used' }),
    created_at: instant,
    used_at: instant.nullable(),
  })
  .meta({ id: 'HeldReward' })

const parties = { provider: externalId, customer: externalId }

export const giveReward = endpoint({
  method: 'post',
  path: '/rewards',
  permission: 'rewards.write',
  summary: 'Give a customer a reward by hand: usable from its first day on',
  once: true,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ ...parties, currency, ...reward.options[0].shape }),
    z.strictObject({ ...parties, currency, ...reward.options[1].shape }),
  ]),
  answer: heldReward,
  status: 201,
})

/** What rewards are narrowed by. */
const rewardFilter = z.object({
  provider: externalId.optional(),
  customer: externalId.optional(),
  campaign: z
    .string()
    .regex(/^(\d{1,15}|none)$/, 'The id of a campaign, or none')
    .optional()
    .meta({ description: '`none`: those that no campaign brought' }),
  // its column is ASCII: other text would not compare
  automation: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'Allowed are 1 to 64 of a-z 0-9 -')
    .optional(),
  kind: several(kind),
})

export const listRewards = endpoint({
  method: 'get',
  path: '/rewards',
  permission: 'rewards.read',
  summary: 'Rewards, newest first, with their number',
  query: page.extend(rewardFilter.shape).extend({ state: several(rewardState) }),
  answer: countedListOf(heldReward),
})

const counts = z.object({
  reserved: z.int(),
  upcoming: z.int(),
  usable: z.int(),
  used: z.int(),
  expired: z.int(),
  given_back: z.int(),
})

export const rewardSummary = endpoint({
  method: 'get',
  path: '/rewards/summary',
  permission: 'rewards.read',
  summary: 'How many rewards are in each state, what they have cost, and what they can cost at most; by campaign, too',
  query: rewardFilter.pick({ provider: true }),
  answer: z
    .object({
      counts,
      cost: money.meta({ description: 'Discounts given so far' }),
      most: money.nullable().meta({
        description:
          'What those that are reserved, or can be used now or later, can cost at most; null: nobody can say',
      }),
      campaigns: z
        .array(
          z.object({
            campaign: z.object({ id: z.string(), name: z.string() }).nullable().meta({
              description: 'null: given by hand or by an automation',
            }),
            provider: named.nullable(),
            counts,
            cost: money,
          }),
        )
        .meta({ description: 'Newest first, at most 200' }),
    })
    .meta({ id: 'RewardSummary' }),
})

export const withdrawReward = endpoint({
  method: 'delete',
  path: '/rewards/{id}',
  permission: 'rewards.write',
  summary: 'Take back a reward that was given by hand or by an automation, and not used',
  params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
})

const applied = deliveryReward.omit({ state: true })

export const quote = endpoint({
  method: 'post',
  path: '/quotes',
  permission: 'rewards.read',
  audit: false,
  summary: 'What a contact would cost with the reward that applies by itself; changes nothing',
  body: z.strictObject({
    ...parties,
    starts_at: instant,
    minutes: z.int().min(0).max(65535),
    price: money.min(0).meta({ description: 'Before any discount' }),
    currency,
  }),
  answer: z
    .object({
      price: money,
      discount: money,
      free_minutes: z.int(),
      reward: applied.optional().meta({ description: 'Of those that take something off, the one that ends first' }),
    })
    .meta({ id: 'Quote' }),
})

export const redeem = endpoint({
  method: 'post',
  path: '/redemptions',
  statuses: [200],
  permission: 'rewards.redeem',
  summary: 'Use the reward that applies by itself on a booking: once, whatever is retried; 200 when it was used before',
  body: z.strictObject({ booking: externalId }),
  answer: z
    .object({
      booking: externalId,
      price: money,
      discount: money,
      free_minutes: z.int(),
      reward: applied,
      redeemed_at: instant,
    })
    .meta({ id: 'Redemption' }),
  status: 201,
})

export const takeBackRedemption = endpoint({
  method: 'delete',
  path: '/redemptions/{booking}',
  permission: 'rewards.redeem',
  summary: 'Take back the reward that was used on a booking: it can be used again',
  params: z.object({ booking: externalId }),
})

export type RewardState = z.infer<typeof rewardState>
export type HeldReward = z.infer<typeof heldReward>
export type RewardSummary = z.infer<typeof rewardSummary.answer>
