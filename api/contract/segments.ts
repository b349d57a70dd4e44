import { z } from 'zod'
import { countedListOf, externalId, instant, listOf, page, segmentId } from './common.ts'
import { customerFilterQuery, customerSummary } from './customers.ts'
import { endpoint } from './endpoint.ts'

export const scope = z.enum(['business', 'provider'])

/** Checked in full by `rules/check.ts`, which names the path of each mistake; here only that it is an object. */
export const rule = z
  .record(z.string(), z.unknown())
  .meta({ id: 'Rule', description: '{all: Rule[]} | {any: Rule[]} | {not: Rule} | {fact, …parameters, is, value?}' })

export const recalculation = z.strictObject({
  mode: z.enum(['live', 'hourly', 'nightly', 'by_hand']),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional()
    .meta({ description: 'nightly: the local time' }),
})

export const segment = z
  .object({
    id: z.string(),
    name: z.string(),
    note: z.string(),
    scope,
    rule,
    version: z.int(),
    members: z.int(),
    recalculation,
    created_at: instant,
    last_recalculated_at: instant.nullable(),
    next_recalculation_at: instant
      .nullable()
      .meta({ description: 'When the clock recalculates it; null when it is kept current, or recalculated by hand' }),
    recomputing: z.boolean(),
    draft: z
      .object({ base_version: z.int(), revision: z.int(), updated_at: instant, updated_by: z.string() })
      .nullable()
      .meta({ description: 'That somebody is working on another rule; the rule itself is at /segments/{id}/draft' }),
  })
  .meta({ id: 'Segment' })
export type Segment = z.infer<typeof segment>

/** The number of members at the end of each of the last days, oldest first; the last one is now. */
export const series = z.array(z.object({ day: z.iso.date(), members: z.int() }))

const one = z.object({ id: segmentId })
const ofProvider = z.object({
  provider: externalId.optional().meta({
    description: 'For segments that are evaluated for each provider: whose customers are counted, or listed',
  }),
})

export const listSegments = endpoint({
  method: 'get',
  path: '/segments',
  permission: 'segments.read',
  summary: 'All segments with their number of members and the change in 7 days',
  query: ofProvider,
  answer: listOf(segment.extend({ last_days: series })),
})

export const createSegment = endpoint({
  method: 'post',
  path: '/segments',
  permission: 'segments.write',
  summary: 'A new segment; computed at once',
  once: true,
  body: z.strictObject({
    id: segmentId.optional().meta({ description: 'Made from the name when left out; 409 when there is one already' }),
    name: z.string().trim().min(1).max(200),
    note: z.string().max(1000).optional(),
    scope: scope.optional(),
    rule,
    recalculation: recalculation.optional(),
  }),
  answer: segment,
  status: 201,
})

export const getSegment = endpoint({
  method: 'get',
  path: '/segments/{id}',
  permission: 'segments.read',
  summary: 'One segment',
  params: one,
  query: ofProvider,
  answer: segment,
})

export const changeSegment = endpoint({
  method: 'patch',
  path: '/segments/{id}',
  permission: 'segments.write',
  summary: 'Change a segment; a change of the rule makes a new version and recomputes',
  params: one,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    note: z.string().max(1000).optional(),
    rule: rule.optional(),
    recalculation: recalculation.optional(),
  }),
  answer: segment,
})

export const deleteSegment = endpoint({
  method: 'delete',
  path: '/segments/{id}',
  permission: 'segments.write',
  summary: 'Delete a segment',
  params: one,
})

export const member = customerSummary
  .extend({
    customer: externalId.meta({ description: 'The customer’s identifier, as in `id`' }),
    since: instant,
    by_hand: z.boolean(),
    put_in_by: z.string().nullable().meta({ description: 'Who put them in by hand' }),
    leaves_at: instant.optional().meta({ description: 'When time alone takes the customer out' }),
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof member>

export const listMembers = endpoint({
  method: 'get',
  path: '/segments/{id}/members',
  permission: 'segments.read',
  summary: 'Members by name, filtered',
  params: one,
  query: page.extend(customerFilterQuery.shape).extend(ofProvider.shape),
  answer: countedListOf(member),
})

const facet = z.array(z.object({ value: z.string().nullable(), count: z.int() }))

export const getMemberFacets = endpoint({
  method: 'get',
  path: '/segments/{id}/facets',
  permission: 'segments.read',
  summary: 'What the members can be filtered by, with the number left for each choice given the other filters',
  params: one,
  query: customerFilterQuery.extend(ofProvider.shape),
  answer: z.object({
    total: z.int(),
    gender: facet,
    customer_group: facet,
    aggregator: facet,
    tag: facet,
    bookings: z.array(z.object({ min: z.int(), max: z.int().nullable(), count: z.int() })),
  }),
})

export const recomputeSegment = endpoint({
  method: 'post',
  path: '/segments/{id}/recompute',
  permission: 'segments.write',
  summary: 'Evaluate the whole segment again',
  params: one,
  answer: segment,
  status: 202,
})

export const explanation = z
  .object({
    member: z.boolean(),
    by_hand: z
      .enum(['in', 'out'])
      .optional()
      .meta({ description: 'What somebody decided by hand: it outranks the rule' }),
    until: instant.optional(),
    nodes: z.array(
      z.object({
        path: z.string(),
        holds: z.boolean(),
        value: z.unknown().meta({ description: 'The value seen that decided it: a number, an instant, a text, null' }),
        records: z
          .array(
            z.object({
              kind: z.enum(['booking', 'membership', 'payment', 'review', 'interaction', 'reward', 'delivery']),
              id: z.string(),
              at: z.string().nullable().meta({ description: 'An instant or a local day' }),
              text: z.string().nullable().meta({ description: 'A service, type, amount or rating' }),
            }),
          )
          .meta({ description: 'What decides it, the records that count most first; at most three' }),
        since: instant.optional(),
        until: instant.optional(),
      }),
    ),
  })
  .meta({ id: 'Explanation' })
export type Explanation = z.infer<typeof explanation>

export const explainMember = endpoint({
  method: 'get',
  path: '/segments/{id}/explain',
  permission: 'segments.read',
  summary: 'Why a customer is in a segment or not: each condition with the value seen',
  params: one,
  query: z.object({
    customer: externalId,
    provider: externalId.optional(),
    as_of: instant.optional().meta({ description: 'A past instant: from what was known then' }),
  }),
  answer: explanation,
})

export const preview = z
  .object({
    count: z.int(),
    as_of: instant,
    nodes: z.array(z.object({ path: z.string(), in: z.int(), yes: z.int(), no: z.int() })),
    sample: z.array(z.object({ id: externalId, name: z.string() })),
    estimated: z.boolean().meta({ description: 'The numbers are estimated from some of the customers' }),
  })
  .meta({ id: 'RulePreview' })
export type Preview = z.infer<typeof preview>

/** A rule that nobody has stored, and for whom it is asked. */
const ruleRequest = z.strictObject({
  rule,
  scope: scope.optional(),
  provider: externalId.optional(),
  as_of: instant.optional(),
})

export const previewRule = endpoint({
  method: 'post',
  path: '/rules/preview',
  permission: 'rules.try',
  summary: 'Whom a rule would catch now, with the number at each of its nodes',
  body: ruleRequest.extend({
    sampled: z
      .boolean()
      .optional()
      .meta({ description: 'Estimated from some of the customers: fast, for a value that is being dragged' }),
  }),
  answer: preview,
})

export const listRuleCustomers = endpoint({
  method: 'post',
  path: '/rules/customers',
  permission: 'rules.try',
  summary: 'The customers whom a preview counts at a node of a rule',
  body: ruleRequest.extend({
    path: z.string().max(1000).meta({ description: 'JSON Pointer to the node, as in the preview' }),
    side: z.enum(['in', 'yes', 'no']).meta({ description: 'Those who arrive, those who pass, those who do not' }),
    limit: z.int().min(1).max(500).default(50),
    cursor: z.string().max(100).optional(),
  }),
  answer: listOf(
    z.object({
      id: externalId,
      name: z.string(),
      provider: z.object({ id: externalId, name: z.string() }).nullable(),
    }),
  ),
})
