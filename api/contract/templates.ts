import { z } from 'zod'
import { channel, instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'

/** The identifier of a template, its maker's own word or made from its name. */
export const templateId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'Allowed are 1 to 64 of a-z 0-9 -')
/** The languages that templates are written in. */
export const templateLanguage = z.enum(['en', 'de', 'fr', 'it'])
/** A template in an address. */
export const oneTemplate = z.object({ id: templateId })
export const note = z.string().trim().max(1000)
/** Bodies with a source of 200 KB, its text and its test data. */
export const CONTENT_BYTES = 2_097_152

/** A number that a draft has from one keeping to the next; it only says “the one that I have seen”. */
export const revision = z.int().min(0)

/** What somebody writes: source and what belongs to it. Everything but the source may be left out. */
export const templateContent = z
  .strictObject({
    mjml: z.string().meta({ description: 'MJML with Liquid merge tags, kept byte for byte; at most 200 KB' }),
    subject: z.string().max(998).default('').meta({ description: 'One line, with merge tags' }),
    preheader: z
      .string()
      .max(500)
      .default('')
      .meta({ description: 'What mail programs show beside the subject, with merge tags' }),
    text: z
      .string()
      .max(200_000)
      .nullable()
      .default(null)
      .meta({ description: 'The plain text part with merge tags; null: made of the HTML by itself' }),
    test_data: z
      .record(z.string().max(100), z.unknown())
      .default({})
      .meta({ description: 'Values to look at it with, by the names of merge tags: {"customer": {"first_name": …}}' }),
  })
  .meta({ id: 'TemplateContent' })
export type TemplateContent = z.infer<typeof templateContent>

/** The parts of a content, none of which has to be said. */
export const contentParts = {
  mjml: templateContent.shape.mjml.optional(),
  subject: z.string().max(998).optional(),
  preheader: z.string().max(500).optional(),
  text: z.string().max(200_000).nullable().optional(),
  test_data: z.record(z.string().max(100), z.unknown()).optional(),
}

export const seenContent = z.object(templateContent.shape).meta({ id: 'TemplateContentSeen' })

export const templateDraft = z
  .object({
    content: seenContent.meta({ description: 'It may hold mistakes' }),
    base_version: z.int().meta({ description: 'The version that it was made from; 0 before the first' }),
    revision,
    updated_at: instant,
    updated_by: z.string(),
  })
  .meta({ id: 'TemplateDraft' })
export type TemplateDraft = z.infer<typeof templateDraft>

export const templateSummary = z
  .object({
    id: templateId,
    name: z.string(),
    channel,
    language: templateLanguage,
    archived: z.boolean(),
    version: z.int().meta({ description: 'The newest one published; 0 before the first' }),
    subject: z.string().meta({ description: 'Of the newest version, before the first of the draft' }),
    gallery: z.string().nullable().meta({ description: 'The template of the gallery that it was made of' }),
    draft: z
      .object({ updated_at: instant, updated_by: z.string() })
      .nullable()
      .meta({ description: 'When and by whom a draft was kept that is not published' }),
    used_by: z.int().meta({ description: 'How many campaigns are made of it; `GET /campaigns?template=` has them' }),
    published_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'TemplateSummary' })
export type TemplateSummary = z.infer<typeof templateSummary>

export const template = templateSummary
  .extend({
    content: seenContent.nullable().meta({ description: 'The newest version; null before the first' }),
    draft: templateDraft.nullable(),
  })
  .meta({ id: 'Template' })
export type Template = z.infer<typeof template>

export const listTemplates = endpoint({
  method: 'get',
  path: '/templates',
  permission: 'templates.read',
  summary: 'Templates, last changed first',
  query: page.extend({
    archived: z.enum(['true', 'false', 'all']).default('false'),
    language: templateLanguage.optional(),
    q: z.string().max(200).optional().meta({ description: 'Part of the name' }),
  }),
  answer: listOf(templateSummary),
})

export const createTemplate = endpoint({
  method: 'post',
  path: '/templates',
  permission: 'templates.write',
  summary: 'A new template: of a source, of the gallery, as a copy, or empty; it begins as a draft',
  once: true,
  maxBytes: CONTENT_BYTES,
  body: z
    .strictObject({
      ...contentParts,
      id: templateId.optional().meta({ description: 'Left out: made from the name' }),
      name: z.string().trim().min(1).max(200),
      language: templateLanguage.optional().meta({ description: 'Left out: that of the business' }),
      gallery: z.string().max(64).optional().meta({ description: 'The id of a template of the gallery to begin with' }),
      copy_of: templateId.optional().meta({ description: 'The template whose draft or newest version is copied' }),
      publish: z.boolean().default(false).meta({ description: 'Publish it at once as version 1' }),
    })
    .refine((body) => [body.mjml, body.gallery, body.copy_of].filter((way) => way !== undefined).length < 2, {
      error: 'Has to name one of mjml, gallery and copy_of, or none',
    }),
  answer: template,
  status: 201,
})

export const getTemplate = endpoint({
  method: 'get',
  path: '/templates/{id}',
  permission: 'templates.read',
  summary: 'A template with its newest version and its draft',
  params: oneTemplate,
  answer: template,
})

export const changeTemplate = endpoint({
  method: 'patch',
  path: '/templates/{id}',
  permission: 'templates.write',
  summary: 'Rename a template, say its language, put it away or take it out again',
  params: oneTemplate,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    language: templateLanguage.optional(),
    archived: z.boolean().optional(),
  }),
  answer: template,
})
