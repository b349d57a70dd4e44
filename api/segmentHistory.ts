import { customersOfFlow, flowsBetween } from '../domain/segments/flows.ts'
import { listTransitions } from '../domain/segments/listTransitions.ts'
import { sizeOverTime } from '../domain/segments/sizeOverTime.ts'
import { getFlowCustomers, getFlows, getSeries, getTransitions } from './contract/segmentHistory.ts'
import { type Route, route } from './server/route.ts'

export const segmentHistoryRoutes: Route[] = [
  route(getTransitions, async ({ params, query, services }) => {
    const { limit, cursor, cause: causes, ...narrowed } = query
    const search = { ...narrowed, causes }
    const { items, next } = await listTransitions(services.db, params.id, search, { limit, cursor }, services.now())
    return { items: items.map((one) => ({ ...one, at: one.at.toISOString() })), next }
  }),

  route(getSeries, ({ params, query, services }) => sizeOverTime(services.db, params.id, query, services.now())),

  route(getFlows, ({ query, services }) => flowsBetween(services.db, query, services.now())),

  route(getFlowCustomers, ({ query, services }) => {
    const { limit, cursor, start = null, end = null, ...search } = query
    return customersOfFlow(services.db, { ...search, start, end }, { limit, cursor }, services.now())
  }),
]
