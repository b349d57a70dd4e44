import { z } from 'zod'
import { externalId, instant, listOf, page, segmentId } from './common.ts'
import { customerSearch } from './customers.ts'
import { endpoint } from './endpoint.ts'

const one = z.object({ id: segmentId })
const member = one.extend({ customer: externalId })
const ofProvider = z.object({
  provider: externalId.optional().meta({ description: 'Needed for a segment that is evaluated for each provider' }),
})
const decision = z
  .enum(['in', 'out', 'rule'])
  .meta({ description: 'Put in, taken out, or left to the rule again; the first two outrank the rule' })

/** How a customer stands to a segment after a decision about them. */
const standing = z.object({
  customer: externalId,
  member: z.boolean(),
  by_hand: z.enum(['in', 'out']).nullable(),
  changed: z.boolean().meta({ description: 'Whether it was another decision before' }),
  before: decision.meta({ description: 'What was decided before' }),
})

export const putMember = endpoint({
  method: 'put',
  path: '/segments/{id}/members/{customer}',
  permission: 'segments.decide',
  summary: 'Put a customer in by hand: outranks the rule until taken back. 409 for one of no provider’s own',
  params: member,
  query: ofProvider,
  answer: standing,
})

export const removeMember = endpoint({
  method: 'delete',
  path: '/segments/{id}/members/{customer}',
  permission: 'segments.decide',
  summary: 'Take a customer out by hand: outranks the rule until taken back',
  params: member,
  query: ofProvider,
  answer: standing,
})

export const takeBackOverride = endpoint({
  method: 'delete',
  path: '/segments/{id}/members/{customer}/override',
  permission: 'segments.decide',
  summary: 'Take a decision by hand back: the rule decides again, at once',
  params: member,
  query: ofProvider,
  answer: standing,
})

export const override = z
  .object({
    customer: z.object({ id: externalId, name: z.string() }),
    provider: z.object({ id: externalId, name: z.string() }).nullable(),
    decision: z.enum(['in', 'out']),
    decided_at: instant,
    decided_by: z.string().nullable(),
  })
  .meta({ id: 'SegmentOverride' })
export type Override = z.infer<typeof override>

export const listOverrides = endpoint({
  method: 'get',
  path: '/segments/{id}/overrides',
  permission: 'segments.read',
  summary: 'Who was put in or taken out by hand, when and by whom; newest first',
  params: one,
  query: page.extend(ofProvider.shape).extend({ decision: z.enum(['in', 'out']).optional() }),
  answer: listOf(override),
})

const decided = z.object({
  changed: z.int().meta({ description: 'How many were decided about otherwise before' }),
  unchanged: z.int(),
  entered: z.int().meta({ description: 'How many entered by it' }),
  left: z.int().meta({ description: 'How many left by it' }),
})

export const decideMany = endpoint({
  method: 'post',
  path: '/segments/{id}/overrides',
  permission: 'segments.decide',
  summary: 'Decide by hand about at most 100,000 customers: by identifiers, by a pasted text of them, or by a search',
  params: one,
  maxBytes: 8_388_608,
  body: z
    .strictObject({
      customers: z.array(z.string().max(320)).min(1).max(100_000).optional(),
      text: z
        .string()
        .max(4_000_000)
        .optional()
        .meta({ description: 'Ids, addresses or user names, on lines of their own or with , ; or tabs between them' }),
      search: customerSearch.optional(),
      decision,
      provider: externalId.optional(),
      dry_run: z.boolean().default(false).meta({ description: 'Only says what it would change' }),
    })
    .refine(
      ({ customers, text, search }) => [customers, text, search].filter((one) => one !== undefined).length === 1,
      {
        error: 'Has to name customers, or a text, or a search: one of them',
      },
    ),
  answer: decided.extend({
    unknown: z.array(z.string()).meta({ description: 'What names nobody' }),
    ambiguous: z.array(z.string()).meta({ description: 'What names several customers, so none of them' }),
    unrelated: z.array(externalId).meta({ description: 'Customers who have nothing to do with the provider' }),
    before: z
      .array(z.object({ decision, customers: z.array(externalId) }))
      .meta({ description: 'What was decided before about those for whom that was another: it is undone with this' }),
  }),
})

export const decideSegments = endpoint({
  method: 'post',
  path: '/customers/{id}/segments',
  permission: 'segments.decide',
  summary: 'Put a customer into several segments by hand (or out, or back to the rules): all or nothing',
  params: z.object({ id: externalId }),
  body: z.strictObject({
    segments: z
      .array(z.strictObject({ id: segmentId, provider: externalId.optional() }))
      .min(1)
      .max(100),
    decision: decision.default('in'),
  }),
  answer: decided,
})
