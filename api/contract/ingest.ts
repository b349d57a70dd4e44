import { z } from 'zod'
import { day as anyDay, instant as anyInstant, externalId, gender, languageTag, money } from './common.ts'
import { endpoint } from './endpoint.ts'

/** The first and last day that databases, time zones and date arithmetic all handle. */
const inRange = (day: string) => day >= '1000-01-02' && day <= '9999-11-30'
const RANGE = 'Allowed are the years 1000 to 9999, up to 9999-11-30'
const day = anyDay.refine(inRange, RANGE)
const instant = anyInstant.refine((value) => {
  const at = new Date(value)
  return !Number.isNaN(at.getTime()) && at.getTime() >= Date.UTC(1000, 0, 2) && at.getTime() < Date.UTC(9999, 11, 1)
}, RANGE)

/** Every thing: a field left out keeps its value, null clears it, `deleted` removes the thing. */
const thing = { id: externalId, deleted: z.boolean().optional(), updated_at: instant.optional() }
const parties = { customer: externalId.optional(), provider: externalId.nullish() }
/** Any Unicode, kept as it was sent; what no database and no mail can carry is refused. */
const storable = (length: number) =>
  z
    .string()
    .max(length)
    .refine((value) => value.isWellFormed() && !value.includes('\0'), 'Allowed is any Unicode text without NUL')
const text = (length: number) => storable(length).nullish()

const attributeValue = z.union([storable(1000), z.number(), z.boolean(), z.null()], {
  error: 'Has to be a text of at most 1,000 characters, a number, true, false or null',
})

export const ingestedCustomer = z.strictObject({
  ...thing,
  email: z.email().max(320).nullish(),
  username: text(100),
  first_name: text(200),
  last_name: text(200),
  phone: text(40),
  birthdate: day.nullish(),
  gender: gender.nullish(),
  language: languageTag.nullish(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Two capital letters, as in ISO 3166')
    .nullish(),
  customer_group: text(100),
  aggregator: text(100),
  joined_at: instant.nullish(),
  attributes: z.record(storable(64).min(1), attributeValue).nullish(),
  consents: z.partialRecord(z.enum(['email', 'sms', 'push']), z.boolean()).nullish(),
})

export const ingestedProvider = z.strictObject({ ...thing, name: text(200), email: z.email().max(320).nullish() })

export const ingestedBooking = z.strictObject({
  ...thing,
  ...parties,
  service: text(100),
  starts_at: instant.optional(),
  minutes: z.int().min(0).max(65535).nullish(),
  price: money.nullish(),
  state: z.enum(['booked', 'attended', 'no_show', 'cancelled']).optional(),
  created_at: instant.nullish(),
})

export const ingestedMembership = z.strictObject({
  ...thing,
  ...parties,
  type: text(100),
  recurring: z.boolean().optional(),
  valid_from: day.optional(),
  valid_to: day.nullish(),
  cancelled_at: day.nullish(),
})

export const ingestedPayment = z.strictObject({
  ...thing,
  ...parties,
  amount: money.optional(),
  paid_at: instant.optional(),
})

export const ingestedReview = z.strictObject({
  ...thing,
  ...parties,
  booking: externalId.nullish(),
  rating: z.int().min(1).max(5).optional(),
  created_at: instant.optional(),
})

export const ingestedInteraction = z.strictObject({
  ...thing,
  ...parties,
  direction: z.enum(['inbound', 'outbound']).optional(),
  at: instant.optional(),
})

/** The kinds of ingested things in the order in which they are stored, with the shape of one. */
export const INGESTED = {
  customers: ingestedCustomer,
  providers: ingestedProvider,
  bookings: ingestedBooking,
  memberships: ingestedMembership,
  payments: ingestedPayment,
  reviews: ingestedReview,
  interactions: ingestedInteraction,
} as const
export type Kind = keyof typeof INGESTED

export const MAX_ITEMS = 5_000

/**
 * Items are checked one by one after this, so that one bad item never costs a good one: here anything passes, and only
 * the description says what it should be.
 */
const itemsOf = (kind: Kind, name: string) => {
  const { $schema, ...described } = z.toJSONSchema(INGESTED[kind], { io: 'input' })
  return z.array(z.unknown().meta({ ...described, id: name })).optional()
}

export const ingest = endpoint({
  method: 'post',
  path: '/ingest',
  statuses: [207],
  permission: 'facts.write',
  audit: false,
  summary: 'Upsert facts by their id; stores the good, reports the bad',
  maxBytes: 16_777_216,
  body: z.strictObject({
    customers: itemsOf('customers', 'IngestedCustomer'),
    providers: itemsOf('providers', 'IngestedProvider'),
    bookings: itemsOf('bookings', 'IngestedBooking'),
    memberships: itemsOf('memberships', 'IngestedMembership'),
    payments: itemsOf('payments', 'IngestedPayment'),
    reviews: itemsOf('reviews', 'IngestedReview'),
    interactions: itemsOf('interactions', 'IngestedInteraction'),
    historical: z.boolean().optional(),
  }),
  answer: z.object({
    stored: z.partialRecord(z.enum(Object.keys(INGESTED) as [Kind, ...Kind[]]), z.int()),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
    waiting: z
      .object({ customers: z.array(z.string()), providers: z.array(z.string()) })
      .optional()
      .meta({
        description:
          'Identifiers that stored things name and that are not known yet; the things count from their arrival on',
      }),
  }),
})
export type IngestAnswer = z.infer<typeof ingest.answer>
