import { shownContent } from '../domain/templates/content.ts'
import { requireStorable } from '../domain/templates/storable.ts'
import {
  discardDraft as discard,
  keepDraft as keep,
  readDraft,
  shownDraft,
} from '../domain/templates/versions/drafts.ts'
import {
  readVersion,
  type TemplateVersion,
  listVersions as versionsOf,
} from '../domain/templates/versions/listVersions.ts'
import { publishTemplate as publish, restoreVersion as restore } from '../domain/templates/versions/publishTemplate.ts'
import { callerName } from './callerName.ts'
import {
  compareTemplate,
  diffTemplate,
  discardTemplateDraft,
  getTemplateDraft,
  getTemplateVersion,
  keepTemplateDraft,
  listTemplateVersions,
  publishTemplate,
  restoreTemplateVersion,
} from './contract/templateVersions.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'
import { contentOf, shownTemplate } from './templates.ts'

const shownVersion = (one: TemplateVersion) => ({
  version: one.version,
  subject: one.subject,
  note: one.note,
  restored_from: one.restoredFrom,
  created_at: one.createdAt.toISOString(),
  created_by: one.createdBy,
})

/** A side of a comparison, as the domain reads it. */
const sideOf = (side: string) => (side === 'draft' ? ('draft' as const) : Number(side))

type Differ = typeof import('../domain/templates/versions/diffTemplate.ts')

/** Loaded when somebody first compares: with it comes MJML, which the API does without until then. */
const diff = async (...args: Parameters<Differ['diffTemplate']>) =>
  (await import('../domain/templates/versions/diffTemplate.ts')).diffTemplate(...args)

export const templateVersionRoutes: Route[] = [
  route(getTemplateDraft, async ({ params, services }) => shownDraft(await readDraft(services.db, params.id))),

  route(keepTemplateDraft, async ({ params, body, caller, services }) => {
    const change = { content: contentOf(body.content), baseVersion: body.base_version, revision: body.revision }
    return shownDraft(await keep(services.db, params.id, change, callerName(caller), services.now()))
  }),

  route(discardTemplateDraft, async ({ params, query, services }) => {
    await discard(services.db, params.id, query.revision)
  }),

  route(publishTemplate, async ({ params, body = {}, caller, services }) => {
    const { content, base_version = 0, revision, note } = body
    const what = content === undefined ? { revision } : { content: contentOf(content), baseVersion: base_version }
    await publish(services.db, params.id, what, { by: callerName(caller), note }, services.now())
    return shownTemplate(services, params.id)
  }),

  route(listTemplateVersions, async ({ params, query, services }) => {
    const before = readIdCursor(query.cursor)
    const { items, next } = await versionsOf(services.db, params.id, { limit: query.limit, before })
    return { items: items.map(shownVersion), next: next === null ? null : String(next) }
  }),

  route(getTemplateVersion, async ({ params, services }) => {
    const version = await readVersion(services.db, params.id, params.version)
    return { ...shownVersion(version), content: shownContent(version.content) }
  }),

  route(restoreTemplateVersion, async ({ params, body, caller, services }) => {
    const which = { version: params.version, baseVersion: body?.base_version }
    await restore(services.db, params.id, which, { by: callerName(caller), note: body?.note }, services.now())
    return shownTemplate(services, params.id)
  }),

  route(diffTemplate, async ({ params, query, services }) => {
    const from = query.from === undefined ? undefined : sideOf(query.from)
    return shownDifference(await diff(services.db, params.id, { from, to: sideOf(query.to) }, query.language))
  }),

  route(compareTemplate, async ({ params, body, services }) => {
    const content = contentOf(body.content)
    requireStorable(content, '/content')
    return shownDifference(await diff(services.db, params.id, { from: content, to: sideOf(body.to) }, body.language))
  }),
]

const shownDifference = ({ changes, lines }: Awaited<ReturnType<typeof diff>>) => ({
  changes: changes.map(({ lineBefore, lineAfter, ...change }) => ({
    ...change,
    ...(lineBefore === undefined ? {} : { line_before: lineBefore }),
    ...(lineAfter === undefined ? {} : { line_after: lineAfter }),
  })),
  lines,
})
