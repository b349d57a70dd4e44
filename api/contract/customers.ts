import { z } from 'zod'
import {
  channel,
  day,
  externalId,
  gender,
  instant,
  languageTag,
  listOf,
  page,
  segmentId,
  several,
  status,
  suppressionKind,
} from './common.ts'
import { endpoint } from './endpoint.ts'
import { deliveryReward } from './rewards.ts'

/** A language that is asked for; empty where it is not known. */
const spoken = z.literal('').or(languageTag)

/** What a list of customers, the members of a segment and a campaign can be narrowed by. */
export const customerFilter = z
  .strictObject({
    gender: z.array(gender).max(10).optional(),
    customer_group: z.array(z.string().max(100)).max(100).optional(),
    aggregator: z.array(z.string().max(100)).max(100).optional(),
    bookings: z.strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() }).optional(),
    tag: z.array(z.string().max(100)).max(100).optional().meta({ description: 'Those with at least one of them' }),
    status: z.array(status).max(10).optional(),
    language: z.array(spoken).max(100).optional().meta({ description: 'Empty text: those of whom it is not known' }),
    reachable: z.array(channel).max(3).optional().meta({
      description: 'Those who may be sent news by each of these: an address, consent, nothing that stands against it',
    }),
    unreachable: z
      .array(channel)
      .max(3)
      .optional()
      .meta({ description: 'Those who may be sent news by none of these' }),
    text: z.string().max(200).optional().meta({ description: 'Beginning of a name, an address, a user name or an id' }),
  })
  .meta({ id: 'CustomerFilter' })
export type CustomerFilter = z.infer<typeof customerFilter>

/** {@link customerFilter} as query parameters. */
export const customerFilterQuery = z.object({
  gender: several(gender),
  customer_group: several(z.string().max(100)),
  aggregator: several(z.string().max(100)),
  bookings_min: z.coerce.number().int().min(0).optional(),
  bookings_max: z.coerce.number().int().min(0).optional(),
  tag: several(z.string().max(100)),
  status: several(status),
  language: several(spoken),
  reachable: several(channel),
  unreachable: several(channel),
  text: z.string().max(200).optional(),
})

export const customerSummary = z
  .object({
    id: externalId,
    name: z.string(),
    email: z.string().nullable(),
    gender: gender.nullable(),
    customer_group: z.string().nullable(),
    aggregator: z.string().nullable(),
    status,
    tags: z.array(z.string()),
    bookings: z.int(),
  })
  .meta({ id: 'CustomerSummary' })
export type CustomerSummary = z.infer<typeof customerSummary>

export const customerProfile = customerSummary
  .extend({
    username: z.string().nullable(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    phone: z.string().nullable(),
    birthdate: day.nullable(),
    language: z.string().nullable(),
    country: z.string().nullable(),
    joined_at: instant.nullable(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    consents: z.partialRecord(channel, z.object({ given: z.boolean(), at: instant, source: z.string() })),
    suppressions: z.array(
      z.object({
        channel,
        provider: externalId.nullable(),
        kind: suppressionKind,
        reason: z.string(),
        since: instant,
      }),
    ),
    attended: z.int(),
    first_booking_at: instant.nullable(),
    last_booking_at: instant.nullable(),
    next_booking_at: instant.nullable(),
    paid: z.int(),
    status_set: z
      .object({ at: instant, by: z.string().nullable(), automation: z.string().nullable() })
      .nullable()
      .meta({ description: 'Set by hand, or by an automation, and so left alone by the rules; null: it follows them' }),
    automatic_status: status.meta({ description: 'What it is when it is handed back' }),
    status_change: z
      .object({ at: instant, from: status, cause: z.string(), rule: z.string().nullable(), by: z.string().nullable() })
      .nullable()
      .meta({ description: 'How it came to what it is; null when it never was another one' }),
    memberships: z.array(
      z.object({
        id: externalId,
        type: z.string().nullable(),
        valid_from: day,
        valid_to: day.nullable(),
        cancelled_at: day.nullable(),
        recurring: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'CustomerProfile' })
export type CustomerProfile = z.infer<typeof customerProfile>

/** All whom a search finds, for acts on many. */
export const customerSearch = z.strictObject({
  filter: customerFilter.optional(),
  segment: segmentId.optional(),
  provider: externalId.optional(),
  status: z.array(status).max(10).optional(),
  tag: z.array(z.string().max(100)).max(100).optional(),
})
export type CustomerSearch = z.input<typeof customerSearch>

const one = z.object({ id: externalId })

export const getCustomer = endpoint({
  method: 'get',
  path: '/customers/{id}',
  permission: 'customers.read',
  summary: 'A customer’s profile',
  params: one,
  answer: customerProfile,
})

export const deliveryState = z.enum([
  'queued',
  'sending',
  'unconfirmed',
  'sent',
  'delivered',
  'bounced',
  'failed',
  'cancelled',
])

export const delivery = z
  .object({
    id: z.string(),
    campaign: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    provider: z
      .object({ id: externalId, name: z.string() })
      .nullable()
      .meta({ description: 'Who wrote; null for the business itself' }),
    customer: z.object({ id: externalId, name: z.string() }),
    test: z.boolean(),
    channel,
    address: z.string(),
    subject: z.string(),
    state: deliveryState,
    reason: z
      .string()
      .nullable()
      .meta({
        description:
          'Why: a word of ours (`unsubscribed`), one with the words of others behind it (`not_reached: connect ' +
          'ECONNREFUSED`), or the words of the mail server alone (`550 5.1.1 unknown user`)',
      }),
    bounce_class: z.enum(['bad_address', 'mailbox_full', 'content', 'configuration', 'other']).nullable(),
    attempts: z.int(),
    held_until: instant
      .nullable()
      .meta({ description: 'Queued: goes not before this, for the reason that `reason` says' }),
    queued_at: instant,
    sent_at: instant.nullable(),
    delivered_at: instant.nullable(),
    bounced_at: instant.nullable(),
    opened_at: instant.nullable(),
    clicked_at: instant.nullable(),
    machine_opened_at: instant.nullable(),
    machine_clicked_at: instant.nullable(),
    reward: deliveryReward.nullable().meta({ description: 'What the message brings' }),
    events: z.array(z.object({ type: z.string(), at: instant, detail: z.record(z.string(), z.unknown()).nullable() })),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof delivery>

/** A message, or one that somebody did not get: then it has no delivery of its own. */
export const communicationItem = delivery
  .extend({
    not_sent: z.enum(['left_out', 'held_out', 'cancelled']).nullable().meta({
      description: 'Why there is no message: left out or held out of the audience, or cancelled before it went',
    }),
  })
  .meta({ id: 'CommunicationItem' })
export type CommunicationItem = z.infer<typeof communicationItem>

export const getCommunication = endpoint({
  method: 'get',
  path: '/customers/{id}/communication',
  permission: 'deliveries.read',
  summary: 'Every message to a customer, newest first, with its events; and what was not sent, with the reason',
  params: one,
  query: page.extend({
    state: several(deliveryState),
    channel: several(channel),
    kind: several(z.enum(['one_off', 'loyalty', 'automation', 'test'])),
    sent: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'Only what was put in line, or only what was not sent' }),
  }),
  answer: listOf(communicationItem),
})

export const getCustomerSegments = endpoint({
  method: 'get',
  path: '/customers/{id}/segments',
  permission: 'customers.read',
  summary: 'The segments a customer is in',
  params: one,
  answer: listOf(
    z.object({
      id: z.string(),
      name: z.string(),
      provider: z.object({ id: externalId, name: z.string() }).nullable(),
      since: instant,
      by_hand: z.boolean(),
      put_in_by: z.string().nullable().meta({ description: 'Who put them in by hand' }),
      leaves_at: instant.optional().meta({ description: 'When time alone takes the customer out' }),
    }),
  ).extend({
    taken_out: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          provider: z.object({ id: externalId, name: z.string() }).nullable(),
          decided_at: instant,
          decided_by: z.string().nullable(),
        }),
      )
      .meta({ description: 'Segments that somebody has taken the customer out of by hand' }),
  }),
})

export const setCustomerStatus = endpoint({
  method: 'post',
  path: '/customers/status',
  permission: 'customers.write',
  summary:
    'Set the status of many customers by hand, of those named or of all whom a search finds; `automatic` hands it back to the rules',
  maxBytes: 8_388_608,
  body: z
    .strictObject({
      customers: z.array(externalId).min(1).max(100_000).optional(),
      search: customerSearch.optional(),
      status: z.enum([...status.options, 'automatic']),
      dry_run: z.boolean().default(false).meta({ description: 'Only says whom it would change' }),
    })
    .refine(({ customers, search }) => (customers === undefined) !== (search === undefined), {
      error: 'Has to name customers, or a search: one of them',
    }),
  answer: z.object({
    customers: z.int().meta({ description: 'How many are meant' }),
    changed: z.int().meta({ description: 'How many of them were not set like this already' }),
    unknown: z.array(z.string()).meta({ description: 'Ids that name nobody' }),
    act: z.string().nullable().meta({ description: 'What it is taken back by, for a week' }),
  }),
})
