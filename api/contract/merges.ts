import { z } from 'zod'
import { channel, externalId, instant, listOf, status } from './common.ts'
import { customerSummary } from './customers.ts'
import { endpoint } from './endpoint.ts'

const side = z.enum(['stays', 'goes'])
export type MergeSide = z.infer<typeof side>

const FIELDS = [
  ...(['first_name', 'last_name', 'email', 'phone', 'username', 'birthdate', 'gender', 'language', 'country'] as const),
  ...(['customer_group', 'aggregator', 'joined_at'] as const),
] as const
const field = z.enum(FIELDS)

const fields = z
  .partialRecord(z.enum([...FIELDS, 'attributes']), side)
  .optional()
  .meta({
    description:
      'Whose value is taken, by the field; left out: that of the one who stays where there is one, and the earlier ' +
      '`joined_at`. `attributes`: whose go first where both have one of a name; the others are kept',
  })

const who = z.object({ id: externalId, name: z.string(), status, bookings: z.int() })

const counts = z
  .object({
    bookings: z.int(),
    memberships: z.int(),
    payments: z.int(),
    reviews: z.int(),
    interactions: z.int(),
    messages: z.int(),
    rewards: z.int(),
    notes: z.int(),
    tags: z.int().meta({ description: 'Those that the one who stays does not have yet' }),
    suppressions: z.int().meta({ description: 'Those that the one who stays does not have yet' }),
    by_hand: z.int().meta({ description: 'Segments in or out of which somebody was put by hand' }),
    automations: z.int().meta({ description: 'Those in which the one who goes is now' }),
  })
  .meta({ id: 'MergeCounts' })

const attribute = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const mergePreview = z
  .object({
    stays: who,
    goes: who,
    suggested: externalId.meta({ description: 'Whom to keep: the one with more bookings' }),
    fields: z
      .array(z.object({ field, stays: z.string().nullable(), goes: z.string().nullable(), takes: side }))
      .meta({ description: 'What either has, with whose value is taken' }),
    attributes: z
      .array(z.object({ name: z.string(), stays: attribute, goes: attribute, takes: side }))
      .meta({ description: 'Attributes of which the two have different values' }),
    status: status.meta({ description: 'What was set by hand holds; rules decide anew' }),
    counts,
    consents: z.array(
      z.object({
        channel,
        stays: z.boolean().nullable(),
        goes: z.boolean().nullable(),
        result: z.boolean().nullable(),
      }),
    ),
    automations: z
      .array(z.object({ automation: z.string(), name: z.string(), provider: z.string().nullable(), goes_on: side }))
      .meta({ description: 'Automations in which both are: who entered first goes on, the other’s way ends' }),
    cancelled_messages: z.int().meta({ description: 'Messages that wait and would be the second of their campaign' }),
  })
  .meta({ id: 'MergePreview' })
export type MergePreview = z.infer<typeof mergePreview>

const one = z.object({ id: externalId.meta({ description: 'The customer who stays' }) })
const body = z.strictObject({ other: externalId.meta({ description: 'The customer who goes' }), fields })

export const previewMerge = endpoint({
  method: 'post',
  path: '/customers/{id}/merge/preview',
  permission: 'customers.write',
  summary: 'What would become of two customers who are one person; changes nothing',
  params: one,
  body,
  answer: mergePreview,
  refuses: [409],
})

export const mergeCustomers = endpoint({
  method: 'post',
  path: '/customers/{id}/merge',
  permission: 'customers.write',
  summary:
    'Make two customers who are one person one: everything of the other becomes this one’s, and the other’s id leads here. It can’t be taken back; once more answers what was done',
  params: one,
  body,
  answer: z.object({
    stays: externalId,
    went: externalId,
    counts,
    by: z.string().nullable(),
    at: instant,
  }),
  refuses: [409],
})

export const listTwins = endpoint({
  method: 'get',
  path: '/customers/{id}/twins',
  permission: 'customers.write',
  summary: 'Customers who are probably the same person: with the same address, number, or name and birthday',
  params: z.object({ id: externalId }),
  answer: listOf(customerSummary.extend({ because: z.array(z.enum(['email', 'phone', 'name_and_birthdate'])) })),
})
