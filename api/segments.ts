import { changeSegment as change } from '../domain/segments/changeSegment.ts'
import { createSegment as create } from '../domain/segments/createSegment.ts'
import { deleteSegment as remove } from '../domain/segments/deleteSegment.ts'
import { explain } from '../domain/segments/explain.ts'
import { facetsOf } from '../domain/segments/facets.ts'
import { listMembers as membersOf } from '../domain/segments/listMembers.ts'
import { readSegment, listSegments as segmentsOf } from '../domain/segments/readSegments.ts'
import { requestRecompute } from '../domain/segments/requestRecompute.ts'
import { callerName } from './callerName.ts'
import {
  changeSegment,
  createSegment,
  deleteSegment,
  explainMember,
  getMemberFacets,
  getSegment,
  listMembers,
  listSegments,
  recomputeSegment,
} from './contract/segments.ts'
import { filterOf } from './customerFilter.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'
import { shownSegment as shown } from './shownSegment.ts'

/** A value that decided a condition, as JSON can hold it. */
const plainValue = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value)

/** When a record was: an instant, or a day as it is. */
const isoOrDay = (at: Date | string | null): string | null => (at instanceof Date ? at.toISOString() : at)

export const segmentRoutes: Route[] = [
  route(listSegments, async ({ query, caller, services }) => {
    const all = await segmentsOf(services.db, services.now(), query.provider)
    // those of the whole business have other people's customers in them
    const segments = ownProvider(caller) === null ? all : all.filter(({ scope }) => scope === 'provider')
    return { items: segments.map((segment) => ({ ...shown(segment), last_days: segment.series })), next: null }
  }),

  route(createSegment, async ({ body, caller, services }) => {
    const key = await create(services.db, body, callerName(caller), services.now())
    await services.workflows.dispatchOutbox()
    return shown(await readSegment(services.db, key))
  }),

  route(getSegment, async ({ params, query, services }) =>
    shown(await readSegment(services.db, params.id, query.provider)),
  ),

  route(changeSegment, async ({ params, body, caller, services }) => {
    await change(services.db, params.id, body, callerName(caller), services.now())
    await services.workflows.dispatchOutbox()
    // the upkeep learns when the clock asks for the next recalculation
    if (body.recalculation !== undefined) services.workflows.wakeSegments()
    return shown(await readSegment(services.db, params.id))
  }),

  route(deleteSegment, async ({ params, services }) => {
    await remove(services.db, params.id)
    return undefined
  }),

  route(recomputeSegment, async ({ params, services }) => {
    const { key, version } = await readSegment(services.db, params.id)
    await services.db.transaction((trx) => requestRecompute(trx, key, version, services.now()))
    await services.workflows.dispatchOutbox()
    return { ...shown(await readSegment(services.db, key)), recomputing: true }
  }),

  route(listMembers, async ({ params, query, services }) => {
    const { limit, cursor, provider } = query
    const search = { provider, filter: filterOf(query) }
    const { items, next, total } = await membersOf(services.db, params.id, search, { limit, cursor }, services.now())
    return {
      items: items.map(({ since, leavesAt, ...member }) => ({
        ...member,
        customer: member.id,
        since: since.toISOString(),
        ...(leavesAt === null ? {} : { leaves_at: leavesAt.toISOString() }),
      })),
      next,
      total,
    }
  }),

  route(getMemberFacets, ({ params, query, services }) =>
    facetsOf(services.db, params.id, { provider: query.provider, filter: filterOf(query) }),
  ),

  route(explainMember, async ({ params, query, services }) => {
    const { as_of, ...who } = query
    const asOf = as_of === undefined ? undefined : new Date(as_of)
    const { member, byHand, until, nodes } = await explain(services.db, params.id, { ...who, asOf }, services.now())
    return {
      member,
      ...(byHand === null ? {} : { by_hand: byHand }),
      ...(until === null ? {} : { until: until.toISOString() }),
      nodes: nodes.map((node) => ({
        path: node.path,
        holds: node.holds,
        value: plainValue(node.value),
        records: node.records.map((record) => ({ ...record, at: isoOrDay(record.at) })),
        ...(node.since === null ? {} : { since: node.since.toISOString() }),
        ...(node.until === null ? {} : { until: node.until.toISOString() }),
      })),
    }
  }),
]
