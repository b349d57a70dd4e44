import { z } from 'zod'
import { instant, listOf, page, printable } from './common.ts'
import { endpoint } from './endpoint.ts'
import { scope } from './segments.ts'

/** The identifier of an automation, as rules name it too. */
export const automationId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'Allowed are 1 to 64 of a-z 0-9 -')

/** Checked in full by `rules/automations`, which names the path of each mistake; here only that it is an object. */
export const definition = z.record(z.string(), z.unknown()).meta({
  id: 'AutomationDefinition',
  description: '{scope, when, only?, again, unless?, goal?, holdout?, then: Step[]}',
})

/** A number that a draft has from one keeping to the next; it only says “the one that I have seen”. */
const revision = z.int().min(0)
const name = z.string().trim().min(1).max(200)
const note = z.string().trim().max(1000)

/**
 * `draft`: nothing was published yet. `live`: customers enter and go on. `paused`: everybody stays where they are, and
 * nobody enters. `stopped`: everybody inside has left it, and nobody enters until it is published again.
 */
export const automationState = z.enum(['draft', 'live', 'paused', 'stopped'])

const entries = {
  entered: z.int().meta({ description: 'Who ever entered: inside + finished + exited + failed' }),
  inside: z.int().meta({ description: 'On their way now' }),
  finished: z.int().meta({ description: 'Came to an end of it, reached its goal, or were held out to compare with' }),
  exited: z.int().meta({ description: 'Left by an exit condition, by hand, or because it was stopped' }),
  failed: z.int().meta({ description: 'Stand at a step that failed, until it is retried or skipped' }),
}
export const automationNumbers = z.object({
  ...entries,
  goal: z.int().meta({ description: 'Of the finished, those who reached its goal' }),
  held_out: z.int().meta({ description: 'Of the finished, those who got nothing, to compare with' }),
  held: z.int().meta({ description: 'Of those inside, whose message waits for quiet hours or a cap' }),
})

export const automation = z
  .object({
    id: automationId,
    name: z.string(),
    note: z.string(),
    scope,
    state: automationState,
    version: z.int().meta({ description: 'The newest one published; 0 before the first' }),
    definition: definition.nullable().meta({ description: 'Of the newest version; null before the first' }),
    gallery: z.string().nullable().meta({ description: 'The automation of the gallery that it was made of' }),
    draft: z
      .object({ base_version: z.int(), revision, updated_at: instant, updated_by: z.string() })
      .nullable()
      .meta({ description: 'That somebody is working on another definition; it is at /automations/{id}/draft' }),
    created_at: instant,
    created_by: z.string().nullable(),
    published_at: instant.nullable().meta({ description: 'When the newest version was published' }),
    updated_at: instant,
    deleted_at: instant
      .nullable()
      .meta({ description: 'It is in no list any more, and stays for the histories of those who were in it' }),
    runs_url: z
      .string()
      .nullable()
      .meta({ description: 'Its workflows in Temporal’s own pages; null where TEMPORAL_UI_URL does not name them' }),
    numbers: automationNumbers.extend({ entered_30_days: z.int() }),
  })
  .meta({ id: 'Automation' })
export type Automation = z.infer<typeof automation>

const one = z.object({ id: automationId })

export const listAutomations = endpoint({
  method: 'get',
  path: '/automations',
  permission: 'automations.read',
  summary: 'All automations with how many are inside, entered and failed',
  query: page.extend({
    state: automationState.optional(),
    text: z.string().max(200).optional().meta({ description: 'Part of the name' }),
    failing: z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .optional()
      .meta({ description: 'Only those in which somebody stands at a step that failed' }),
  }),
  answer: listOf(automation),
})

export const createAutomation = endpoint({
  method: 'post',
  path: '/automations',
  permission: 'automations.write',
  summary: 'A new automation, as a draft: from a definition, from the gallery, or empty',
  once: true,
  body: z
    .strictObject({
      id: automationId
        .optional()
        .meta({ description: 'Made from the name when left out; 409 when there is one already' }),
      name: name.optional().meta({ description: 'That of the gallery when left out' }),
      note: note.optional(),
      definition: definition.optional().meta({ description: 'May hold mistakes: it is a draft' }),
      gallery: z
        .string()
        .max(64)
        .optional()
        .meta({ description: 'Its id there; templates that it needs are made too' }),
      language: z.enum(['en', 'de', 'fr', 'it']).optional().meta({ description: 'Of what comes from the gallery' }),
    })
    .refine(({ definition, gallery }) => definition === undefined || gallery === undefined, {
      path: ['gallery'],
      error: 'Either a definition or one of the gallery',
    })
    .refine(({ name, gallery }) => name !== undefined || gallery !== undefined, {
      path: ['name'],
      error: 'A name is needed',
    }),
  answer: automation,
  status: 201,
})

export const getAutomation = endpoint({
  method: 'get',
  path: '/automations/{id}',
  permission: 'automations.read',
  summary: 'One automation',
  params: one,
  answer: automation,
})

export const changeAutomation = endpoint({
  method: 'patch',
  path: '/automations/{id}',
  permission: 'automations.write',
  summary: 'Change the name or the note; what it does is changed by its draft',
  params: one,
  body: z.strictObject({ name: name.optional(), note: note.optional() }),
  answer: automation,
})

export const deleteAutomation = endpoint({
  method: 'delete',
  path: '/automations/{id}',
  permission: 'automations.write',
  summary:
    'Delete an automation that is a draft or was stopped; 409 while it runs. What customers went through stays in their histories',
  params: one,
})

export const pauseAutomation = endpoint({
  method: 'post',
  path: '/automations/{id}/pause',
  permission: 'automations.write',
  summary: 'Everybody stays where they are, nothing is sent, and nobody enters',
  params: one,
  answer: automation,
})

export const resumeAutomation = endpoint({
  method: 'post',
  path: '/automations/{id}/resume',
  permission: 'automations.write',
  summary: 'Everybody goes on where they stand; who would have entered meanwhile does not',
  params: one,
  answer: automation,
})

export const stopAutomation = endpoint({
  method: 'post',
  path: '/automations/{id}/stop',
  permission: 'automations.write',
  summary: 'Everybody leaves it at once; what the mail server does not have is not sent',
  params: one,
  answer: automation.extend({
    left: z.int().meta({ description: 'How many were inside' }),
    not_stopped: z.int().meta({ description: 'Messages that were being handed over and could not be stopped' }),
  }),
})

/* --- drafts and versions ---------------------------------------------------------------------------------------- */

export const automationFinding = z
  .object({
    path: z.string().meta({ description: 'JSON Pointer into the definition' }),
    step: z.string().nullable().meta({ description: 'The id of the step that it is about' }),
    level: z.enum(['error', 'warning']).meta({ description: 'With an error it cannot be published' }),
    kind: z.string(),
    values: z.record(z.string(), z.string()).meta({ description: 'Names that belong into the sentence' }),
    message: z.string().meta({ description: 'In English; pages say it in their own language by its kind' }),
  })
  .meta({ id: 'AutomationFinding' })
export type AutomationFinding = z.infer<typeof automationFinding>

export const automationDraft = z
  .object({
    definition: definition.meta({ description: 'It may hold mistakes' }),
    base_version: z.int().meta({ description: 'The version that it was made from; 0: from nothing' }),
    revision,
    updated_at: instant,
    updated_by: z.string(),
  })
  .meta({ id: 'AutomationDraft' })
export type AutomationDraft = z.infer<typeof automationDraft>

export const getAutomationDraft = endpoint({
  method: 'get',
  path: '/automations/{id}/draft',
  // what is only being thought about is the business's own
  permission: 'automations.try',
  summary: 'The definition that somebody is working on; 404 when nobody is',
  params: one,
  answer: automationDraft,
})

export const keepAutomationDraft = endpoint({
  method: 'put',
  path: '/automations/{id}/draft',
  permission: 'automations.write',
  audit: false,
  summary: 'Keep a draft as it comes; 409 with the `draft` that is there when it is not the one that was seen',
  params: one,
  body: z.strictObject({
    definition,
    base_version: z.int().min(0),
    revision: revision
      .nullable()
      .default(null)
      .meta({ description: 'Of the draft that was seen and is replaced; null when there was none' }),
  }),
  answer: automationDraft,
})

export const discardAutomationDraft = endpoint({
  method: 'delete',
  path: '/automations/{id}/draft',
  permission: 'automations.write',
  audit: false,
  summary: 'Throw a draft away; 409 when it is not the one with this revision any more',
  params: one,
  query: z.object({ revision: z.coerce.number().int().min(0).optional() }),
})

export const checkAutomation = endpoint({
  method: 'post',
  path: '/automations/check',
  permission: 'automations.try',
  summary: 'What is wrong with a definition, and what looks wrong: also what only the database knows',
  body: z.strictObject({ definition, id: automationId.optional() }),
  answer: z.object({ errors: z.int(), findings: z.array(automationFinding) }),
})

/** What becomes of those who stand at a step of an earlier version: they stay, go on at a step, or leave. */
const destination = z.union([z.literal('stay'), z.literal('exit'), z.strictObject({ step: printable(64).min(1) })])
const mapping = z
  .array(z.strictObject({ version: z.int().min(1), step: printable(64).min(1), to: destination }))
  .max(2000)
  .meta({ description: 'A row for each step with people in it; who is not named stays' })

export const publishAutomation = endpoint({
  method: 'post',
  path: '/automations/{id}/publish',
  permission: 'automations.write',
  summary:
    'Publish a definition, or the draft with a revision, as a new version, and switch it on; 409 with who `published` when another version was since',
  params: one,
  body: z
    .strictObject({
      definition: definition.optional(),
      base_version: z.int().min(0).optional().meta({ description: 'The version that `definition` was made from' }),
      revision: revision.optional().meta({ description: 'Of the draft that is to be published' }),
      note: note.optional(),
      mapping: mapping.optional(),
    })
    .refine(({ definition, revision }) => (definition === undefined) !== (revision === undefined), {
      error: 'Has to name either a definition with its base_version or the revision of a draft',
    })
    .refine(({ definition, base_version }) => definition === undefined || base_version !== undefined, {
      path: ['base_version'],
      error: 'Has to say which version the definition was made from',
    }),
  answer: automation.extend({
    findings: z.array(automationFinding).meta({ description: 'Warnings only: errors answer 400' }),
    moved: z.int(),
  }),
})

export const automationVersion = z
  .object({
    version: z.int(),
    created_at: instant,
    created_by: z.string().nullable(),
    note: z.string(),
    restored_from: z.int().nullable(),
    definition,
    ...entries,
  })
  .meta({ id: 'AutomationVersion' })
export type AutomationVersion = z.infer<typeof automationVersion>

export const listAutomationVersions = endpoint({
  method: 'get',
  path: '/automations/{id}/versions',
  permission: 'automations.read',
  summary: 'The versions of an automation, newest first, with who is inside each',
  params: one,
  query: page,
  answer: listOf(automationVersion),
})

const ofVersion = one.extend({ version: z.coerce.number().int().min(1) })

export const getAutomationVersion = endpoint({
  method: 'get',
  path: '/automations/{id}/versions/{version}',
  permission: 'automations.read',
  summary: 'One version of an automation',
  params: ofVersion,
  answer: automationVersion,
})

export const restoreAutomationVersion = endpoint({
  method: 'post',
  path: '/automations/{id}/versions/{version}/restore',
  permission: 'automations.write',
  summary: 'Publish the definition of an earlier version as a new one',
  params: ofVersion,
  body: z
    .strictObject({ base_version: z.int().min(1).optional(), note: note.optional(), mapping: mapping.optional() })
    .optional(),
  answer: automation,
})

export const moveEnrolments = endpoint({
  method: 'post',
  path: '/automations/{id}/move',
  permission: 'automations.write',
  summary: 'Move those inside earlier versions to the newest one, step by step; with `dry_run` only the numbers',
  params: one,
  body: z.strictObject({ mapping, dry_run: z.boolean().default(false) }),
  answer: z.object({
    version: z.int().meta({ description: 'The newest one, to which they move' }),
    rows: z.array(
      z.object({
        version: z.int(),
        step: z.string(),
        customers: z.int().meta({ description: 'Who stands there now; in the answer to a move, who was moved' }),
        to: destination,
      }),
    ),
    moved: z.int(),
    exited: z.int(),
  }),
})
