import type { z } from 'zod'
import { Problem } from '../domain/errors.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { changeTemplate as change } from '../domain/templates/changeTemplate.ts'
import { shownContent, type TemplateContent, type TemplateLanguage } from '../domain/templates/content.ts'
import { createTemplate as create } from '../domain/templates/createTemplate.ts'
import { galleryTemplate } from '../domain/templates/gallery/readGallery.ts'
import {
  contentOfVersion,
  listTemplates as list,
  newestContent,
  readTemplate,
  type Template,
} from '../domain/templates/readTemplates.ts'
import { draftOf, shownDraft } from '../domain/templates/versions/drafts.ts'
import { callerName } from './callerName.ts'
import {
  changeTemplate,
  createTemplate,
  getTemplate,
  listTemplates,
  type TemplateContent as WrittenContent,
} from './contract/templates.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

/** A content of a request, as the domain reads it. */
export const contentOf = (content: WrittenContent): TemplateContent => ({
  mjml: content.mjml,
  subject: content.subject,
  preheader: content.preheader,
  text: content.text,
  testData: content.test_data,
})

/** A template with its newest version and its draft, as it is now. */
export async function shownTemplate({ db }: Services, key: string) {
  const template = await readTemplate(db, key)
  const content = await contentOfVersion(db, template.id, template.version)
  const draft = await draftOf(db, template.id)
  return {
    ...shown(template),
    content: content === null ? null : shownContent(content),
    draft: draft === null ? null : shownDraft(draft),
  }
}

const shown = (template: Template) => ({
  id: template.key,
  name: template.name,
  channel: template.channel,
  language: template.language,
  archived: template.archived,
  version: template.version,
  subject: template.subject,
  gallery: template.gallery,
  draft:
    template.draft === null
      ? null
      : { updated_at: template.draft.updatedAt.toISOString(), updated_by: template.draft.updatedBy },
  used_by: template.usedBy,
  published_at: template.publishedAt?.toISOString() ?? null,
  created_at: template.createdAt.toISOString(),
  updated_at: template.updatedAt.toISOString(),
})

/** Where a page of the list ended: the instant of the last change, and our own id. */
const writeCursor = ({ updatedAt, id }: Template) => `${updatedAt.getTime()}.${id}`

function readCursor(cursor: string | undefined): { updatedAt: Date; id: number } | null {
  if (cursor === undefined) return null
  const found = /^(\d{1,14})\.(\d{1,15})$/.exec(cursor)
  if (found !== null) return { updatedAt: new Date(Number(found[1])), id: Number(found[2]) }
  const message = 'Not a cursor: take the “next” of the page before'
  throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
}

type Begun = { language: TemplateLanguage; content: TemplateContent; gallery: string | null }

/** What a new template begins with; what is said beside a template of the gallery or a copy stands in its place. */
async function beginning({ db }: Services, body: z.output<(typeof createTemplate)['body']>): Promise<Begun> {
  const usual = body.language ?? (await readSettings(db)).language
  const own = {
    ...(body.subject === undefined ? {} : { subject: body.subject }),
    ...(body.preheader === undefined ? {} : { preheader: body.preheader }),
    ...(body.text === undefined ? {} : { text: body.text }),
    ...(body.test_data === undefined ? {} : { testData: body.test_data }),
  }
  if (body.gallery !== undefined) {
    const { id, content } = galleryTemplate(body.gallery, usual)
    return { language: usual, content: { ...content, ...own }, gallery: id }
  }
  if (body.copy_of !== undefined) {
    const { content, language } = await newestContent(db, body.copy_of)
    return { language: body.language ?? language, content: { ...content, ...own }, gallery: null }
  }
  const content = { mjml: body.mjml ?? EMPTY, subject: '', preheader: '', text: null, testData: {}, ...own }
  return { language: usual, content, gallery: null }
}

export const templateRoutes: Route[] = [
  route(listTemplates, async ({ query, services }) => {
    const { limit, cursor, language, q } = query
    const archived = { true: true, false: false, all: null }[query.archived]
    const after = readCursor(cursor)
    const found = await list(services.db, { archived, language, text: q }, { limit: limit + 1, after })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return { items: page.map(shown), next: found.length > limit && last !== undefined ? writeCursor(last) : null }
  }),

  route(createTemplate, async ({ body, caller, services }) => {
    const { db } = services
    const { id, name, publish } = body
    const begun = await beginning(services, body)
    const key = await create(db, { id, name, ...begun, publish }, callerName(caller), services.now())
    return shownTemplate(services, key)
  }),

  route(getTemplate, ({ params, services }) => shownTemplate(services, params.id)),

  route(changeTemplate, async ({ params, body, services }) => {
    await change(services.db, params.id, body, services.now())
    return shownTemplate(services, params.id)
  }),
]

/** What an empty template begins with. */
const EMPTY = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`
