import { z } from 'zod'
import { channel, externalId, instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'

/** The identifier of a template, its maker's own word or made from its name. */
export const templateId = z.string().regex(/^[a-z0-9-]{1,64}$/, 'Allowed are 1 to 64 of a-z 0-9 -')
/** The languages that templates are written in. */
export const templateLanguage = z.enum(['en', 'de', 'fr', 'it'])
const one = z.object({ id: templateId })
const note = z.string().trim().max(1000)
/** Bodies with a source of 200 KB, its text and its test data. */
const CONTENT_BYTES = 2_097_152

/** A number that a draft has from one keeping to the next; it only says “the one that I have seen”. */
const revision = z.int().min(0)

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
const contentParts = {
  mjml: templateContent.shape.mjml.optional(),
  subject: z.string().max(998).optional(),
  preheader: z.string().max(500).optional(),
  text: z.string().max(200_000).nullable().optional(),
  test_data: z.record(z.string().max(100), z.unknown()).optional(),
}

const seenContent = z.object(templateContent.shape).meta({ id: 'TemplateContentSeen' })

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
  summary: 'A template with its newest version and its draft',
  params: one,
  answer: template,
})

export const changeTemplate = endpoint({
  method: 'patch',
  path: '/templates/{id}',
  summary: 'Rename a template, say its language, put it away or take it out again',
  params: one,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    language: templateLanguage.optional(),
    archived: z.boolean().optional(),
  }),
  answer: template,
})

export const getTemplateDraft = endpoint({
  method: 'get',
  path: '/templates/{id}/draft',
  summary: 'What somebody is working on; 404 when nobody is',
  params: one,
  answer: templateDraft,
})

export const keepTemplateDraft = endpoint({
  method: 'put',
  path: '/templates/{id}/draft',
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
  summary: 'Throw a draft away; 409 when it is not the one with this revision any more',
  params: one,
  query: z.object({ revision: z.coerce.number().int().min(0).optional() }),
})

export const publishTemplate = endpoint({
  method: 'post',
  path: '/templates/{id}/publish',
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
  summary: 'The versions of a template, newest first',
  params: one,
  query: page,
  answer: listOf(templateVersion),
})

const oneVersion = one.extend({ version: z.coerce.number().int().min(1) })

export const getTemplateVersion = endpoint({
  method: 'get',
  path: '/templates/{id}/versions/{version}',
  summary: 'One version with its content',
  params: oneVersion,
  answer: templateVersion.extend({ content: seenContent }),
})

export const restoreTemplateVersion = endpoint({
  method: 'post',
  path: '/templates/{id}/versions/{version}/restore',
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

export const diffTemplate = endpoint({
  method: 'get',
  path: '/templates/{id}/diff',
  summary: 'What changed from one version to another, or to the draft, in plain words and line by line',
  params: one,
  query: z.object({
    from: side.optional().meta({ description: 'A version; left out: the newest one' }),
    to: side.default('draft').meta({ description: 'A version, or the draft' }),
    language: templateLanguage.default('en'),
  }),
  answer: z.object({
    changes: z.array(templateChange),
    lines: z
      .array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string(), line: z.int() }))
      .meta({ description: 'Of the source; `line` counts in the new one, for removed lines in the old one' }),
  }),
})

/** A mistake or a hint, with its place in a text of several lines. */
const remark = z.object({ path: z.string(), message: z.string(), line: z.int().optional(), column: z.int().optional() })

export const templateWarning = remark
  .extend({
    code: z
      .enum(['no_alt', 'escaped_twice', 'untracked_link', 'clipped', 'no_unsubscribe'])
      .meta({ description: 'For programs; `message` is for people' }),
  })
  .meta({ id: 'TemplateWarning' })

export const templatePreview = z
  .object({
    subject: z.string(),
    preheader: z.string(),
    html: z.string().meta({ description: 'To be shown in a sandboxed frame only' }),
    text: z.string(),
    size: z.int().meta({ description: 'Of the HTML in bytes' }),
    clipped_at: z.int().meta({ description: 'From how many bytes on Gmail hides the rest' }),
    links: z.int().meta({ description: 'How many pages it links to' }),
    warnings: z.array(templateWarning),
  })
  .meta({ id: 'TemplatePreview' })
export type TemplatePreview = z.infer<typeof templatePreview>

/** What is looked at or tried: a content, or one that is kept already. */
const looked = z
  .strictObject({
    ...contentParts,
    template: templateId.optional().meta({ description: 'The newest version of a template, in place of `mjml`' }),
    gallery: z.string().max(64).optional().meta({ description: 'A template of the gallery, in place of `mjml`' }),
    language: templateLanguage.optional(),
    customer: externalId
      .optional()
      .meta({ description: 'Whose copy it would be; left out: the test data, and examples where they say nothing' }),
    provider: externalId.optional().meta({ description: 'Whose message it would be' }),
  })
  .refine((body) => [body.mjml, body.template, body.gallery].filter((one) => one !== undefined).length === 1, {
    error: 'Has to name one of mjml, template and gallery',
  })

export const previewTemplate = endpoint({
  method: 'post',
  path: '/templates/preview',
  summary: 'A template as one customer would get it, or with its test data; 400 with line and column of each mistake',
  maxBytes: CONTENT_BYTES,
  body: looked,
  answer: templatePreview,
})

export const testTemplate = endpoint({
  method: 'post',
  path: '/templates/test',
  summary: 'Send a template, finished or not, to one’s own address, as one customer would get it or with its test data',
  once: true,
  maxBytes: CONTENT_BYTES,
  body: looked,
  answer: z.object({ address: z.string() }),
  status: 202,
})

export const templateElement = z
  .object({
    name: z.string(),
    children: z.array(z.string()).meta({ description: 'The elements that may stand in it' }),
    is_text: z.boolean().meta({ description: 'Its content is HTML or text and no further MJML' }),
    attributes: z.array(
      z.object({
        name: z.string(),
        type: z.string().meta({ description: 'As MJML checks it, like `color` or `unit(px,%)`' }),
        choices: z.array(z.string()).optional(),
        default: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'TemplateElement' })
export type TemplateElement = z.infer<typeof templateElement>

export const templateCatalogue = z
  .object({
    elements: z.array(templateElement),
    merge_tags: z.array(z.object({ name: z.string(), label: z.string(), group: z.string(), example: z.string() })),
    attributes: z.array(z.string()).meta({ description: 'Own attributes of customers: `customer.attributes.NAME`' }),
    filters: z.array(z.string()),
    tags: z.array(z.string()),
    limits: z.object({ source_bytes: z.int(), depth: z.int(), links: z.int(), clipped_at: z.int() }),
  })
  .meta({ id: 'TemplateCatalogue' })
export type TemplateCatalogue = z.infer<typeof templateCatalogue>

export const getTemplateCatalogue = endpoint({
  method: 'get',
  path: '/templates/catalogue',
  summary:
    'What a template may be made of: MJML elements with their attributes, merge tags in the asked language, Liquid',
  query: z.object({ language: templateLanguage.default('en') }),
  answer: templateCatalogue,
})

export const galleryTemplate = z
  .object({
    id: z.string(),
    language: templateLanguage,
    name: z.string(),
    description: z.string().meta({ description: 'When to send it' }),
    content: seenContent,
  })
  .meta({ id: 'GalleryTemplate' })
export type GalleryTemplate = z.infer<typeof galleryTemplate>

export const listGallery = endpoint({
  method: 'get',
  path: '/templates/gallery',
  summary: 'Finished templates to begin with, in the asked language',
  query: z.object({ language: templateLanguage.default('en') }),
  answer: z.object({ items: z.array(galleryTemplate) }),
})
