import { dependantsOf } from '../domain/segments/dependants.ts'
import { readSegment } from '../domain/segments/readSegments.ts'
import { compareMembers, customersMoved } from '../domain/segments/versions/compareMembers.ts'
import {
  discardDraft as discard,
  keepDraft as keep,
  readDraft,
  shownDraft,
} from '../domain/segments/versions/drafts.ts'
import { listVersions as versionsOf } from '../domain/segments/versions/listVersions.ts'
import { publishRule as publish, restoreVersion as restore } from '../domain/segments/versions/publishRule.ts'
import { compareRules as changesBetween } from '../rules/compare.ts'
import type { Rule } from '../rules/rule.ts'
import { callerName } from './callerName.ts'
import {
  compareRules,
  discardDraft,
  getDraft,
  keepDraft,
  listMoved,
  listVersions,
  publishRule,
  restoreVersion,
} from './contract/segmentVersions.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'
import { shownSegment } from './shownSegment.ts'

/** The segment after a version of it was made, whose members are asked for at once. */
async function published(services: Services, key: string) {
  await services.workflows.dispatchOutbox()
  return shownSegment(await readSegment(services.db, key))
}

/** A rule as JSON that the contract shows. */
const asJson = (rule: Rule) => rule as Record<string, unknown>
const shownPlace = ({ path, rule }: { path: string; rule: Rule }) => ({ path, rule: asJson(rule) })

export const segmentVersionRoutes: Route[] = [
  route(getDraft, async ({ params, services }) => shownDraft(await readDraft(services.db, params.id))),

  route(keepDraft, async ({ params, body, caller, services }) => {
    const change = { rule: body.rule, baseVersion: body.base_version, revision: body.revision }
    return shownDraft(await keep(services.db, params.id, change, callerName(caller), services.now()))
  }),

  route(discardDraft, async ({ params, query, services }) => {
    await discard(services.db, params.id, query.revision)
  }),

  route(publishRule, async ({ params, body, caller, services }) => {
    const { rule, base_version, revision, note } = body
    const what = revision === undefined ? { rule, baseVersion: base_version ?? 0 } : { revision }
    await publish(services.db, params.id, what, { by: callerName(caller), note }, services.now())
    return published(services, params.id)
  }),

  route(listVersions, async ({ params, query, services }) => {
    const before = readIdCursor(query.cursor)
    const { items, next } = await versionsOf(services.db, params.id, { limit: query.limit, before })
    return {
      items: items.map((one) => ({
        version: one.version,
        created_at: one.createdAt.toISOString(),
        created_by: one.createdBy,
        note: one.note,
        restored_from: one.restoredFrom,
        rule: asJson(one.rule),
        computed_at: one.computedAt?.toISOString() ?? null,
        entered: one.entered,
        left: one.left,
      })),
      next: next === null ? null : String(next),
    }
  }),

  route(restoreVersion, async ({ params, body, caller, services }) => {
    const which = { version: params.version, baseVersion: body?.base_version }
    await restore(services.db, params.id, which, { by: callerName(caller), note: body?.note }, services.now())
    return published(services, params.id)
  }),

  route(compareRules, async ({ body, services }) => {
    const { before, after, counts, sample } = await compareMembers(services.db, body, services.now())
    const changes = changesBetween(before, after).map((change) => ({
      kind: change.kind,
      ...('before' in change ? { before: shownPlace(change.before) } : {}),
      ...('after' in change ? { after: shownPlace(change.after) } : {}),
    }))
    const asked_by = body.segment === undefined ? [] : await dependantsOf(services.db, body.segment)
    return { ...counts, sample, changes, asked_by }
  }),

  route(listMoved, ({ body, services }) => {
    const { move, limit, cursor, ...request } = body
    return customersMoved(services.db, request, move, { limit, cursor }, services.now())
  }),
]
