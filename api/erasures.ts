import {
  type Erasure as Asked,
  listErasures as list,
  readErasure,
  requestErasure,
  retryErasure as retry,
} from '../domain/erasure/erasures.ts'
import { STEPS } from '../domain/erasure/steps.ts'
import { callerName } from './callerName.ts'
import { createErasure, type Erasure, getErasure, listErasures, retryErasure } from './contract/erasures.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'

const shown = ({ id, customer, state, step, error, requestedBy, requestedAt, finishedAt }: Asked): Erasure => ({
  id: String(id),
  customer,
  state,
  progress: state === 'done' ? 1 : Math.min(1, step / STEPS.length),
  error,
  requested_by: requestedBy,
  requested_at: requestedAt.toISOString(),
  finished_at: finishedAt?.toISOString() ?? null,
})

export const erasureRoutes: Route[] = [
  route(createErasure, async ({ body, caller, services, trail }) => {
    const { customer, name: typed } = body
    // the trail keeps that somebody was erased, and not who they were
    trail.name = ''
    trail.after = { customer }
    const id = await requestErasure(services.db, { customer, typed }, callerName(caller), services.now())
    await services.workflows.dispatchOutbox()
    return shown(await readErasure(services.db, id))
  }),

  route(listErasures, async ({ query, services }) => {
    const { limit, cursor } = query
    const found = await list(services.db, { limit: limit + 1, before: readIdCursor(cursor) })
    const page = found.slice(0, limit)
    return { items: page.map(shown), next: found.length > limit ? String(page.at(-1)?.id) : null }
  }),

  route(getErasure, async ({ params, services }) => shown(await readErasure(services.db, Number(params.id)))),

  route(retryErasure, async ({ params, services }) => {
    await retry(services.db, Number(params.id), services.now())
    await services.workflows.dispatchOutbox()
    return shown(await readErasure(services.db, Number(params.id)))
  }),
]
