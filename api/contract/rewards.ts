import { z } from 'zod'
import { day, money } from './common.ts'

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
