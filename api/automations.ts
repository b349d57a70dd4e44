import { changeAutomation as change, deleteAutomation as remove } from '../domain/automations/changeAutomation.ts'
import { checkDefinition } from '../domain/automations/checkDefinition.ts'
import { createAutomation as create, EMPTY_DEFINITION } from '../domain/automations/createAutomation.ts'
import { fromGallery } from '../domain/automations/gallery/fromGallery.ts'
import { type Mapping, moveVersions } from '../domain/automations/moveVersions.ts'
import { listAutomations as list, readAutomation } from '../domain/automations/readAutomations.ts'
import { discardDraft, keepDraft, readDraft, shownDraft } from '../domain/automations/versions/drafts.ts'
import { listVersions, readVersion, type Version } from '../domain/automations/versions/listVersions.ts'
import { publishAutomation as publish, restoreVersion } from '../domain/automations/versions/publishAutomation.ts'
import { Problem } from '../domain/errors.ts'
import { callerName } from './callerName.ts'
import {
  changeAutomation,
  checkAutomation,
  createAutomation,
  deleteAutomation,
  discardAutomationDraft,
  getAutomation,
  getAutomationDraft,
  getAutomationVersion,
  keepAutomationDraft,
  listAutomations,
  listAutomationVersions,
  publishAutomation,
  restoreAutomationVersion,
} from './contract/automations.ts'
import { readIdCursor } from './idCursor.ts'
import { ownProvider } from './ownProvider.ts'
import { readyChannels } from './readyChannels.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'
import { shownAutomation, shownWithNumbers } from './shownAutomation.ts'

export const automationRoutes: Route[] = [
  route(listAutomations, async ({ query, caller, services }) => {
    const { state, text, failing, limit } = query
    const after = readCursor(query.cursor)
    const found = await list(services.db, { state, text, failing }, { limit: limit + 1, after })
    const part = found.slice(0, limit)
    const last = part.at(-1)
    return {
      items: await shownWithNumbers(services, caller, part),
      next: found.length > limit && last !== undefined ? `${last.updatedAt.getTime()}.${last.id}` : null,
    }
  }),

  route(createAutomation, async ({ body, caller, services }) => {
    const { id, note, gallery, language = 'en' } = body
    const by = callerName(caller)
    const manager = caller?.kind === 'user' ? caller.email : null
    const found =
      gallery === undefined
        ? { name: '', definition: EMPTY_DEFINITION }
        : await fromGallery(services.db, { id: gallery, language, manager }, by, services.now())
    const { name = found.name, definition = found.definition } = body
    return shownAutomation(
      services,
      caller,
      await create(services.db, { id, name, note, definition, gallery }, by, services.now()),
    )
  }),

  route(getAutomation, ({ params, caller, services }) => shownAutomation(services, caller, params.id)),

  route(changeAutomation, async ({ params, body, caller, services }) => {
    await change(services.db, params.id, body, services.now())
    return shownAutomation(services, caller, params.id)
  }),

  route(deleteAutomation, async ({ params, services }) => {
    await remove(services.db, params.id, services.now())
    return undefined
  }),

  route(checkAutomation, async ({ body, services }) => {
    const { findings } = await checkDefinition(services.db, body.definition, readyChannels(services))
    return { errors: findings.filter(({ level }) => level === 'error').length, findings }
  }),

  route(getAutomationDraft, async ({ params, services }) => shownDraft(await readDraft(services.db, params.id))),

  route(keepAutomationDraft, async ({ params, body, caller, services }) => {
    const kept = { definition: body.definition, baseVersion: body.base_version, revision: body.revision }
    return shownDraft(await keepDraft(services.db, params.id, kept, callerName(caller), services.now()))
  }),

  route(discardAutomationDraft, async ({ params, query, services }) => {
    await discardDraft(services.db, params.id, query.revision)
    return undefined
  }),

  route(publishAutomation, async ({ params, body, caller, services }) => {
    const { definition, base_version, revision, note } = body
    const what = revision === undefined ? { definition, baseVersion: base_version ?? 0 } : { revision }
    const publication = { by: callerName(caller), note, channels: readyChannels(services) }
    const { findings } = await publish(services.db, params.id, what, publication, services.now())
    const moved = await moveInside(services, params.id, body.mapping)
    await services.workflows.dispatchOutbox()
    return { ...(await shownAutomation(services, caller, params.id)), findings, moved }
  }),

  route(listAutomationVersions, async ({ params, query, caller, services }) => {
    const before = readIdCursor(query.cursor)
    const providerId = ownProvider(caller) ?? undefined
    const { items, next } = await listVersions(services.db, params.id, { limit: query.limit, before, providerId })
    return { items: items.map(shownVersion), next: next === null ? null : String(next) }
  }),

  route(getAutomationVersion, async ({ params, caller, services }) =>
    shownVersion(await readVersion(services.db, params.id, params.version, ownProvider(caller) ?? undefined)),
  ),

  route(restoreAutomationVersion, async ({ params, body, caller, services }) => {
    const which = { version: params.version, baseVersion: body?.base_version }
    const publication = { by: callerName(caller), note: body?.note, channels: readyChannels(services) }
    await restoreVersion(services.db, params.id, which, publication, services.now())
    await moveInside(services, params.id, body?.mapping)
    await services.workflows.dispatchOutbox()
    return shownAutomation(services, caller, params.id)
  }),
]

/** Moves those inside earlier versions as somebody said when publishing. Returns how many. */
async function moveInside({ db, now }: Services, key: string, mapping: readonly Mapping[] = []): Promise<number> {
  if (mapping.length === 0) return 0
  const { id } = await readAutomation(db, key)
  return (await moveVersions(db, id, mapping, now())).reduce((sum, { customers }) => sum + customers, 0)
}

const shownVersion = ({ createdAt, createdBy, restoredFrom, definition, numbers, ...rest }: Version) => ({
  ...rest,
  created_at: createdAt.toISOString(),
  created_by: createdBy,
  restored_from: restoredFrom,
  definition: definition as unknown as Record<string, unknown>,
  entered: numbers.entered,
  inside: numbers.inside,
  finished: numbers.finished,
  exited: numbers.exited,
  failed: numbers.failed,
})

/** Where the page before ended: last changed first. */
function readCursor(cursor: string | undefined): { updatedAt: Date; id: number } | null {
  if (cursor === undefined) return null
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (at !== undefined && id !== undefined) return { updatedAt: new Date(Number(at)), id: Number(id) }
  const message = 'Not a cursor: take the “next” of the page before'
  throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
}
