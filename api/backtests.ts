import { cancelBacktest as cancel } from '../domain/backtests/endBacktest.ts'
import { forecastOf, readForecast } from '../domain/backtests/forecast.ts'
import { type BacktestSoFar, listChanges, readBacktest } from '../domain/backtests/readBacktest.ts'
import { startBacktest as start } from '../domain/backtests/startBacktest.ts'
import { Problem } from '../domain/errors.ts'
import { readSegment } from '../domain/segments/readSegments.ts'
import { requireProvider } from '../domain/segments/requireProvider.ts'
import { callerName } from './callerName.ts'
import {
  type Backtest,
  cancelBacktest,
  getBacktest,
  getForecast,
  listBacktestChanges,
  startBacktest,
} from './contract/backtests.ts'
import { readIdCursor } from './idCursor.ts'
import { Answer, type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

const shown = ({ id, state, progress, firstDay, lastDay, askedAt, counted, error }: BacktestSoFar): Backtest => ({
  id: String(id),
  state,
  progress,
  from: firstDay,
  to: lastDay,
  as_of: askedAt.toISOString(),
  days: counted,
  error,
})

/** One that was asked for as a backtest: forecasts are the segment's. */
async function requireBacktest(services: Services, id: string): Promise<BacktestSoFar> {
  const backtest = await readBacktest(services.db, Number(id))
  if (backtest.kind !== 'backtest') throw new Problem('not_found', `There is no backtest ${id}`)
  return backtest
}

export const backtestRoutes: Route[] = [
  route(startBacktest, async ({ body, caller, services }) => {
    const id = await start(services.db, body, callerName(caller), services.now())
    await services.workflows.dispatchOutbox()
    return shown(await readBacktest(services.db, id))
  }),

  route(getBacktest, async ({ params, services }) => shown(await requireBacktest(services, params.id))),

  route(listBacktestChanges, async ({ params, query, services }) => {
    const { id } = await readBacktest(services.db, Number(params.id))
    const { day, entered, limit, cursor } = query
    const { changes, next } = await listChanges(services.db, id, { day, entered, limit, after: readIdCursor(cursor) })
    return {
      items: changes.map((change) => ({ ...change, at: change.at.toISOString() })),
      next: next === null ? null : String(next),
    }
  }),

  route(cancelBacktest, async ({ params, services }) => {
    const { id } = await requireBacktest(services, params.id)
    await cancel(services.db, id, services.now())
    return undefined
  }),

  route(getForecast, async ({ params, query, services }) => {
    const segment = await readSegment(services.db, params.id)
    const provider =
      query.provider === undefined || segment.scope === 'business'
        ? null
        : await requireProvider(services.db, query.provider, '/query/provider')
    const cursor = readForecastCursor(query.cursor)
    const forecast =
      cursor === null
        ? await forecastOf(services.db, { segment, provider, days: query.days }, services.now())
        : await readForecast(services.db, segment.id, cursor.forecast)
    await services.workflows.dispatchOutbox()
    const after = cursor?.after ?? null
    const { changes, next } = await listChanges(services.db, forecast.id, { limit: query.limit, after })
    const { id, state, progress, askedAt, counted } = forecast
    return new Answer(state === 'running' ? 202 : 200, {
      id: String(id),
      state,
      progress,
      as_of: askedAt.toISOString(),
      days: counted.map(({ day, members, entered, left }) => ({ day, members, enters: entered, leaves: left })),
      customers: changes.map(({ entered, at, ...change }) => ({ ...change, enters: entered, at: at.toISOString() })),
      next: next === null ? null : `${id}.${next}`,
    })
  }),
]

/** The further parts of a list are of the forecast that its first part was of. */
function readForecastCursor(cursor: string | undefined): { forecast: number; after: number } | null {
  if (cursor === undefined) return null
  const [, forecast, after] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (forecast === undefined) {
    const message = 'Not a cursor: take the “next” of the page before'
    throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
  }
  return { forecast: Number(forecast), after: Number(after) }
}
