import { listMovers } from '../domain/statuses/listMovers.ts'
import { previewStatuses } from '../domain/statuses/previewStatuses.ts'
import { readStatusAutomation } from '../domain/statuses/readStatusAutomation.ts'
import { saveStatusRules } from '../domain/statuses/saveStatusRules.ts'
import { undoSetting } from '../domain/statuses/undoSetting.ts'
import { listStatusVersions as versionsOf } from '../domain/statuses/versions.ts'
import { callerName } from './callerName.ts'
import {
  getStatusAutomation,
  listStatusMovers,
  listStatusVersions,
  previewStatusAutomation,
  putStatusAutomation,
  type StatusAutomation,
  undoStatusAct,
} from './contract/statusAutomation.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

async function shown({ db }: Services): Promise<StatusAutomation> {
  const { enabled, rules, version, createdAt, createdBy, computing, customers, byHand } = await readStatusAutomation(db)
  const said = { updated_at: createdAt.toISOString(), updated_by: createdBy }
  return { enabled, rules, version, ...said, computing, customers, by_hand: byHand }
}

export const statusAutomationRoutes: Route[] = [
  route(getStatusAutomation, async ({ services }) => {
    return shown(services)
  }),

  route(putStatusAutomation, async ({ body, caller, services }) => {
    const { anew, version: seen, ...rules } = body
    await saveStatusRules(services.db, rules, { by: callerName(caller), anew, seen }, services.now())
    await services.workflows.dispatchOutbox()
    return shown(services)
  }),

  route(listStatusVersions, async ({ query, services }) => {
    const before = readIdCursor(query.cursor)
    const { items, next } = await versionsOf(services.db, { limit: query.limit, before })
    return {
      items: items.map(({ version, enabled, rules, anew, createdAt, createdBy }) => ({
        ...{ version, enabled, rules, anew },
        created_at: createdAt.toISOString(),
        created_by: createdBy,
      })),
      next: next === null ? null : String(next),
    }
  }),

  route(previewStatusAutomation, async ({ body, services }) => {
    const { asOf, ...preview } = await previewStatuses(services.db, body, services.now())
    return { as_of: asOf.toISOString(), ...preview }
  }),

  route(listStatusMovers, async ({ body, services }) => {
    const { limit, cursor, ...asked } = body
    return listMovers(services.db, asked, { limit, cursor }, services.now())
  }),

  route(undoStatusAct, async ({ params, caller, services }) => {
    const customers = await undoSetting(services.db, Number(params.id), callerName(caller), services.now())
    if (customers > 0) services.workflows.wakeSegments()
    return { customers }
  }),
]
