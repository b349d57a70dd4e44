import { z } from 'zod'
import { externalId, instant, listOf, page, segmentId } from './common.ts'
import { endpoint } from './endpoint.ts'
import { rule, scope, segment } from './segments.ts'

const one = z.object({ id: segmentId })
const note = z.string().trim().max(1000)

/** A number that a draft has from one keeping to the next; it only says “the one that I have seen”. */
const revision = z.int().min(0)

export const draft = z
  .object({
    rule: rule.meta({ description: 'It may hold mistakes' }),
    base_version: z.int().meta({ description: 'The version that it was made from' }),
    revision,
    updated_at: instant,
    updated_by: z.string(),
  })
  .meta({ id: 'SegmentDraft' })
export type Draft = z.infer<typeof draft>

export const getDraft = endpoint({
  method: 'get',
  path: '/segments/{id}/draft',
  permission: 'rules.try',
  summary: 'The rule that somebody is working on; 404 when nobody is',
  params: one,
  answer: draft,
})

export const keepDraft = endpoint({
  method: 'put',
  path: '/segments/{id}/draft',
  permission: 'segments.write',
  audit: false,
  summary: 'Keep a draft; 409 with the `draft` that is there when it is not the one that was seen',
  params: one,
  body: z.strictObject({
    rule,
    base_version: z.int().min(1),
    revision: revision
      .nullable()
      .default(null)
      .meta({ description: 'Of the draft that was seen and is replaced; null when there was none' }),
  }),
  answer: draft,
})

export const discardDraft = endpoint({
  method: 'delete',
  path: '/segments/{id}/draft',
  permission: 'segments.write',
  audit: false,
  summary: 'Throw a draft away; 409 when it is not the one with this revision any more',
  params: one,
  query: z.object({ revision: z.coerce.number().int().min(0).optional() }),
})

export const publishRule = endpoint({
  method: 'post',
  path: '/segments/{id}/publish',
  permission: 'segments.write',
  summary:
    'Publish a rule, or the draft with a revision, as a new version; 409 with who `published` when another version was since',
  params: one,
  body: z
    .strictObject({
      rule: rule.optional(),
      base_version: z.int().min(1).optional().meta({ description: 'The version that `rule` was made from' }),
      revision: revision.optional().meta({ description: 'Of the draft that is to be published' }),
      note: note.optional(),
    })
    .refine(({ rule, revision }) => (rule === undefined) !== (revision === undefined), {
      error: 'Has to name either a rule with its base_version or the revision of a draft',
    })
    .refine(({ rule, base_version }) => rule === undefined || base_version !== undefined, {
      path: ['base_version'],
      error: 'Has to say which version the rule was made from',
    }),
  answer: segment,
})

export const version = z
  .object({
    version: z.int(),
    created_at: instant,
    created_by: z.string().nullable().meta({ description: 'Null for what ships with the product' }),
    note: z.string(),
    restored_from: z.int().nullable().meta({ description: 'The earlier version whose rule it took up again' }),
    rule,
    computed_at: instant.nullable().meta({ description: 'When its first members stood' }),
    entered: z.int().nullable().meta({ description: 'Who entered because it was published' }),
    left: z.int().nullable().meta({ description: 'Who left because it was published' }),
  })
  .meta({ id: 'SegmentVersion' })
export type Version = z.infer<typeof version>

export const listVersions = endpoint({
  method: 'get',
  path: '/segments/{id}/versions',
  permission: 'rules.try',
  summary: 'The versions of a rule, newest first',
  params: one,
  query: page,
  answer: listOf(version),
})

export const restoreVersion = endpoint({
  method: 'post',
  path: '/segments/{id}/versions/{version}/restore',
  permission: 'segments.write',
  summary: 'Publish the rule of an earlier version as a new one',
  params: one.extend({ version: z.coerce.number().int().min(1) }),
  body: z
    .strictObject({
      base_version: z.int().min(1).optional().meta({ description: 'The newest version that the caller knows' }),
      note: note.optional(),
    })
    .optional(),
  answer: segment,
})

const moved = z.object({
  id: externalId,
  name: z.string(),
  provider: z.object({ id: externalId, name: z.string() }).nullable(),
})
const toCompare = z.strictObject({
  before: rule,
  after: rule,
  scope: scope.optional(),
  provider: externalId.optional(),
  segment: segmentId
    .optional()
    .meta({ description: 'Whose rules they are: those decided about by hand neither enter nor leave it' }),
})
const place = z.object({ path: z.string(), rule })

export const comparison = z
  .object({
    entered: z.int(),
    left: z.int(),
    stay: z.int(),
    sample: z.object({ entered: z.array(moved), left: z.array(moved), stay: z.array(moved) }),
    changes: z.array(z.object({ kind: z.string(), before: place.optional(), after: place.optional() })),
    asked_by: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .meta({ description: 'The segments whose rules ask for `segment`' }),
  })
  .meta({ id: 'RuleComparison' })
export type Comparison = z.infer<typeof comparison>

export const compareRules = endpoint({
  method: 'post',
  path: '/rules/compare',
  permission: 'rules.try',
  summary: 'What changed from one rule to another, and who would enter and leave',
  body: toCompare,
  answer: comparison,
})

export const listMoved = endpoint({
  method: 'post',
  path: '/rules/compare/customers',
  permission: 'rules.try',
  summary: 'Who would enter, leave or stay if one rule took the place of another',
  body: toCompare.extend({
    move: z.enum(['entered', 'left', 'stay']),
    limit: z.int().min(1).max(500).default(50),
    cursor: z.string().max(100).optional(),
  }),
  answer: listOf(moved),
})
