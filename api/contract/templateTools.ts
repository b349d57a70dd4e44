import { z } from 'zod'
import { externalId } from './common.ts'
import { endpoint } from './endpoint.ts'
import { CONTENT_BYTES, contentParts, seenContent, templateId, templateLanguage } from './templates.ts'

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
  permission: 'templates.read',
  summary: 'A template as one customer would get it, or with its test data; 400 with line and column of each mistake',
  maxBytes: CONTENT_BYTES,
  body: looked,
  answer: templatePreview,
})

export const testTemplate = endpoint({
  method: 'post',
  path: '/templates/test',
  permission: 'templates.write',
  audit: false,
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
  permission: 'templates.read',
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
  permission: 'templates.read',
  summary: 'Finished templates to begin with, in the asked language',
  query: z.object({ language: templateLanguage.default('en') }),
  answer: z.object({ items: z.array(galleryTemplate) }),
})
