import { z } from 'zod'
import { campaign } from './campaigns.ts'
import { day, externalId, instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'
import { series } from './segments.ts'

/** A provider's own segment, and whether its members can get this week's loyalty mailing. */
const loyaltySegment = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  members: z.int(),
  last_days: series,
  mailing: campaign
    .pick({ id: true, name: true, state: true, send_at: true })
    .nullable()
    .meta({ description: 'The one that this week has already' }),
  next_at: instant.nullable().meta({ description: 'When the next one may go; null when one may go now' }),
  next_on: day.nullable().meta({ description: 'The local day of next_at' }),
})

export type LoyaltySegment = z.infer<typeof loyaltySegment>

const ofProvider = z.object({ provider: externalId })

export const getLoyalty = endpoint({
  method: 'get',
  path: '/loyalty',
  permission: 'campaigns.read',
  summary: 'A provider’s segments, and which of them can still get a loyalty mailing this week',
  query: ofProvider,
  answer: z
    .object({
      provider: z.object({ id: externalId, name: z.string() }),
      week: z.string().meta({ description: 'The ISO week in the business’s time zone, like 2026-W49' }),
      week_ends_at: instant.meta({ description: 'When the next week begins' }),
      segments: z.array(loyaltySegment),
    })
    .meta({ id: 'Loyalty' }),
})

const why = z.object({
  reason: z.enum(['unsubscribed', 'bounced', 'complained', 'by_hand']),
  source: z.string(),
  since: instant,
})

const loyaltyCustomer = z
  .object({
    id: externalId,
    name: z.string(),
    username: z.string().nullable(),
    from_provider: why.nullable().meta({ description: 'Why they get no email from this provider' }),
    from_everybody: why.nullable().meta({ description: 'Why they get no email from the whole business' }),
  })
  .meta({ id: 'LoyaltyCustomer' })

export type LoyaltyCustomer = z.infer<typeof loyaltyCustomer>

export const findLoyaltyCustomers = endpoint({
  method: 'get',
  path: '/loyalty/customers',
  permission: 'suppressions.read',
  summary: 'A provider’s customers by user name, or those who get nothing from this provider',
  query: ofProvider.extend(page.shape).extend({
    username: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'The user name or its beginning; without it all whom this provider does not write to' }),
  }),
  answer: listOf(loyaltyCustomer),
})
