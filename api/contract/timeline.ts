import { z } from 'zod'
import { channel, externalId, instant, listOf, money, page, several, status } from './common.ts'
import { deliveryState } from './customers.ts'
import { endpoint } from './endpoint.ts'
import { enrolmentState } from './enrolments.ts'
import { cause } from './segmentHistory.ts'

const size = {
  form: z.enum(['voucher', 'free_minutes']),
  amount: money.nullable(),
  percent: z.int().nullable(),
  ceiling: money.nullable(),
  minutes: z.int().nullable(),
}
const way = { automation: z.string(), name: z.string(), version: z.int() }

const entry = { at: instant, provider: z.string().nullable().meta({ description: 'The name of whom it was with' }) }

export const timelineEntry = z
  .discriminatedUnion('kind', [
    z.object({
      ...entry,
      kind: z.literal('note'),
      note: z.string().meta({ description: 'By which it is changed and removed' }),
      text: z.string(),
      by: z.string(),
      edited_by: z.string().nullable(),
    }),
    z.object({
      ...entry,
      kind: z.literal('status'),
      from: status,
      to: status,
      cause,
      rule: z.string().nullable(),
      by: z.string().nullable(),
      automation: z.string().nullable(),
    }),
    z.object({
      ...entry,
      kind: z.literal('segment'),
      segment: z.string(),
      name: z.string(),
      entered: z.boolean(),
      cause,
    }),
    z.object({
      ...entry,
      kind: z.literal('delivery'),
      campaign: z.string(),
      name: z.string(),
      channel,
      state: deliveryState,
    }),
    z.object({
      ...entry,
      kind: z.literal('merge'),
      went: externalId.meta({ description: 'The id of the customer who was merged into this one' }),
      by: z.string().nullable(),
    }),
    z.object({ ...entry, kind: z.literal('reward'), ...size, by: z.string().nullable() }),
    z.object({
      ...entry,
      kind: z.literal('redemption'),
      booking: externalId,
      discount: money,
      taken_back: z.enum(['yes', 'no']),
    }),
    z.object({ ...entry, kind: z.literal('expiry'), ...size, why: z.enum(['expired', 'given_back']) }),
    z.object({ ...entry, kind: z.literal('enrolment'), ...way, cause }),
    z.object({ ...entry, kind: z.literal('step'), ...way, step: z.string(), outcome: z.string() }),
    z.object({ ...entry, kind: z.literal('ending'), ...way, state: enrolmentState, reason: z.string().nullable() }),
    z.object({ ...entry, kind: z.literal('review'), rating: z.int() }),
    z.object({ ...entry, kind: z.literal('payment'), amount: money }),
    z.object({ ...entry, kind: z.literal('interaction'), direction: z.enum(['inbound', 'outbound']) }),
    z.object({
      ...entry,
      kind: z.literal('booking'),
      state: z.enum(['booked', 'attended', 'no_show', 'cancelled']),
      service: z.string().nullable(),
      minutes: z.int().nullable(),
      price: money.nullable(),
    }),
  ])
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntry>

const kind = z.enum([
  ...(['note', 'status', 'segment', 'merge', 'reward', 'redemption', 'expiry', 'enrolment', 'step', 'ending'] as const),
  ...(['delivery', 'review', 'payment', 'interaction', 'booking'] as const),
])
export type TimelineKind = z.infer<typeof kind>

export const getTimeline = endpoint({
  method: 'get',
  path: '/customers/{id}/timeline',
  permission: 'customers.read',
  summary: 'Everything that happened to a customer, newest first; what is yet to come stands at the top',
  params: z.object({ id: externalId }),
  query: page.extend({ kind: several(kind) }),
  answer: listOf(timelineEntry),
})
