import { z } from 'zod'
import { instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'
import {
  CONTENT_BYTES,
  note,
  oneTemplate as one,
  revision,
  seenContent,
  template,
  templateContent,
  templateDraft,
  templateLanguage,
} from './templates.ts'

export const getTemplateDraft = endpoint({
  method: 'get',
  path: '/templates/{id}/draft',
  permission: 'templates.read',
  summary: 'What somebody is working on; 404 when nobody is',
  params: one,
  answer: templateDraft,
})

export const keepTemplateDraft = endpoint({
  method: 'put',
  path: '/templates/{id}/draft',
  permission: 'templates.write',
  audit: false,
  summary: 'Keep a draft; 409 with the `draft` that is there when it is not the one that was seen',
  params: one,
  maxBytes: CONTENT_BYTES,
  body: z.strictObject({
    content: templateContent,
    base_version: z.int().min(0),
    revision: revision
      .nullable()
      .default(null)
      .meta({ description: 'Of the draft that was seen and is replaced; null when there was none' }),
  }),
  answer: templateDraft,
})

export const discardTemplateDraft = endpoint({
  method: 'delete',
  path: '/templates/{id}/draft',
  permission: 'templates.write',
  audit: false,
  summary: 'Throw a draft away; 409 when it is not the one with this revision any more',
  params: one,
  query: z.object({ revision: z.coerce.number().int().min(0).optional() }),
})

export const publishTemplate = endpoint({
  method: 'post',
  path: '/templates/{id}/publish',
  permission: 'templates.write',
  summary:
    'Publish a content, or the draft, as a new version; 400 with line and column of its mistakes; 409 with who `published` when another version was since',
  params: one,
  maxBytes: CONTENT_BYTES,
  body: z
    .strictObject({
      content: templateContent.optional(),
      base_version: z.int().min(0).optional().meta({ description: 'The version that `content` was made from' }),
      revision: revision
        .optional()
        .meta({ description: 'Of the draft that is meant; left out: the one that is there' }),
      note: note.optional(),
    })
    .refine(({ content, revision }) => content === undefined || revision === undefined, {
      error: 'Has to name either a content with its base_version or the revision of a draft',
    })
    .refine(({ content, base_version }) => content === undefined || base_version !== undefined, {
      path: ['base_version'],
      error: 'Has to say which version the content was made from',
    })
    .optional(),
  answer: template,
})

export const templateVersion = z
  .object({
    version: z.int(),
    subject: z.string(),
    note: z.string(),
    restored_from: z.int().nullable().meta({ description: 'The earlier version that it took up again' }),
    created_at: instant,
    created_by: z.string().nullable().meta({ description: 'Null for what ships with the product' }),
  })
  .meta({ id: 'TemplateVersion' })

export const listTemplateVersions = endpoint({
  method: 'get',
  path: '/templates/{id}/versions',
  permission: 'templates.read',
  summary: 'The versions of a template, newest first',
  params: one,
  query: page,
  answer: listOf(templateVersion),
})

const oneVersion = one.extend({ version: z.coerce.number().int().min(1) })

export const getTemplateVersion = endpoint({
  method: 'get',
  path: '/templates/{id}/versions/{version}',
  permission: 'templates.read',
  summary: 'One version with its content',
  params: oneVersion,
  answer: templateVersion.extend({ content: seenContent }),
})

export const restoreTemplateVersion = endpoint({
  method: 'post',
  path: '/templates/{id}/versions/{version}/restore',
  permission: 'templates.write',
  summary: 'Publish an earlier version as a new one',
  params: oneVersion,
  body: z
    .strictObject({
      base_version: z.int().min(1).optional().meta({ description: 'The newest version that the caller knows' }),
      note: note.optional(),
    })
    .optional(),
  answer: template,
})

/** A version by its number, or the draft. */
const side = z.union([z.literal('draft'), z.string().regex(/^[1-9]\d{0,8}$/)])

export const templateChange = z
  .object({
    what: z.enum(['subject', 'preheader', 'text', 'test_data', 'element']),
    kind: z.enum(['added', 'removed', 'changed', 'moved']),
    sentence: z.string().meta({ description: 'The change in plain words of the asked language' }),
    element: z.string().optional().meta({ description: 'The MJML element, like mj-button' }),
    before: z.string().optional(),
    after: z.string().optional(),
    line_before: z.int().optional(),
    line_after: z.int().optional(),
  })
  .meta({ id: 'TemplateChange' })

const difference = z.object({
  changes: z.array(templateChange),
  lines: z
    .array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string(), line: z.int() }))
    .meta({ description: 'Of the source; `line` counts in the new one, for removed lines in the old one' }),
})

export const diffTemplate = endpoint({
  method: 'get',
  path: '/templates/{id}/diff',
  permission: 'templates.read',
  summary: 'What changed from one version to another, or to the draft, in plain words and line by line',
  params: one,
  query: z.object({
    from: side.optional().meta({ description: 'A version; left out: the newest one' }),
    to: side.default('draft').meta({ description: 'A version, or the draft' }),
    language: templateLanguage.default('en'),
  }),
  answer: difference,
})

export const compareTemplate = endpoint({
  method: 'post',
  path: '/templates/{id}/diff',
  permission: 'templates.read',
  summary: 'What differs from a content to a version, or to the draft, as `GET` says it',
  params: one,
  maxBytes: CONTENT_BYTES,
  body: z.strictObject({
    content: templateContent,
    to: side.default('draft'),
    language: templateLanguage.default('en'),
  }),
  answer: difference,
})
