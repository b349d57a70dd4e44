import { changePeriods, type Kept, readKept } from '../domain/retention/periods.ts'
import { previewRetention as preview } from '../domain/retention/preview.ts'
import { listRuns, type Run, readRun, startRun } from '../domain/retention/runs.ts'
import type { Periods } from '../rules/retention/kinds.ts'
import { callerName } from './callerName.ts'
import {
  getRetention,
  listRetentionRuns,
  previewRetention,
  putRetention,
  type Retention,
  type RetentionRun,
  startRetentionRun,
} from './contract/retention.ts'
import { readIdCursor } from './idCursor.ts'
import { type Route, route } from './server/route.ts'

const shown = ({ periods, nextAt }: Kept): Retention => ({
  // what always ends has a number
  periods: periods as Periods & { webhooks: number },
  next_at: nextAt.toISOString(),
})

const shownRun = ({ id, askedBy, state, startedAt, finishedAt, parts }: Run): RetentionRun => ({
  id: String(id),
  asked_by: askedBy,
  state,
  started_at: startedAt.toISOString(),
  finished_at: finishedAt?.toISOString() ?? null,
  parts,
})

export const retentionRoutes: Route[] = [
  route(getRetention, async ({ services: { db, now } }) => shown(await readKept(db, now()))),

  route(putRetention, async ({ body, services: { db, now } }) => shown(await changePeriods(db, body, now()))),

  route(previewRetention, async ({ body, query, services: { db, now } }) => {
    const { at, parts } = await preview(db, body, query.at, now())
    return {
      at: at.toISOString(),
      items: parts.map(({ customers, ...part }) => ({
        ...part,
        customers:
          customers === null ? null : { a_night: customers.aNight, held: customers.held, examples: customers.examples },
      })),
    }
  }),

  route(listRetentionRuns, async ({ query, services: { db } }) => {
    const { limit, cursor } = query
    const found = await listRuns(db, { limit: limit + 1, before: readIdCursor(cursor) })
    const shownHere = found.slice(0, limit)
    return { items: shownHere.map(shownRun), next: found.length > limit ? String(shownHere.at(-1)?.id) : null }
  }),

  route(startRetentionRun, async ({ caller, services, trail }) => {
    const id = await startRun(services.db, callerName(caller), services.now())
    trail.after = { run: String(id) }
    await services.workflows.dispatchOutbox()
    return shownRun(await readRun(services.db, id))
  }),
]
