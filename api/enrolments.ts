import {
  type Enrolment,
  enrolmentsOf,
  listEnrolments as list,
  type WayStep,
} from '../domain/automations/listEnrolments.ts'
import { readSteps } from '../domain/automations/numbers/readSteps.ts'
import { readAutomation } from '../domain/automations/readAutomations.ts'
import { knownCustomer } from '../domain/customers/knownCustomer.ts'
import { Problem } from '../domain/errors.ts'
import { requireProvider } from '../domain/segments/requireProvider.ts'
import { getAutomationSteps, listCustomerEnrolments, listEnrolments } from './contract/enrolments.ts'
import { ownProvider, requireOwn } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'
import type { Caller, Services } from './server/services.ts'
import { runUrl } from './temporalPages.ts'

export const enrolmentRoutes: Route[] = [
  route(getAutomationSteps, async ({ params, query, caller, services }) => {
    const automation = await readAutomation(services.db, params.id)
    const providerId = await shownProvider(services, caller, query.provider)
    const asked = { version: query.version, providerId }
    const { version, numbers, steps, ends } = await readSteps(services.db, automation, asked, services.now())
    const { entered_30_days: _, ...sums } = numbers
    return {
      version,
      as_of: services.now().toISOString(),
      ...sums,
      steps: steps.map(({ next_release, releases, ...step }) => ({
        ...step,
        next_release: iso(next_release),
        releases: releases.map(({ at, count }) => ({ at: at.toISOString(), count })),
      })),
      ends: ends.map(({ state, ...end }) => ({ ...end, state: state as Enrolment['state'] })),
    }
  }),

  route(listEnrolments, async ({ params, query, caller, services }) => {
    const { limit, cursor, provider, ...filter } = query
    const { id } = await readAutomation(services.db, params.id)
    const providerId = await shownProvider(services, caller, provider)
    const found = await list(services.db, id, { ...filter, providerId }, { limit: limit + 1, after: readPlace(cursor) })
    return pageOf(found, limit, (one) => shown(services, caller, one))
  }),

  route(listCustomerEnrolments, async ({ params, query, caller, services }) => {
    const { limit, cursor } = query
    const customer = await knownCustomer(services.db, params.id)
    const providerId = await shownProvider(services, caller)
    const asked = { providerId, limit: limit + 1, after: readPlace(cursor) }
    const found = await enrolmentsOf(services.db, customer, asked)
    return pageOf(found, limit, ({ steps, ...enrolment }) => ({
      ...shown(services, caller, enrolment),
      steps: steps.map(shownStep),
    }))
  }),
]

/** Our id of the provider whose customers are shown; undefined for all. */
async function shownProvider({ db }: Services, caller: Caller | null, asked?: string): Promise<number | undefined> {
  if (asked === undefined) return ownProvider(caller) ?? undefined
  const provider = await requireProvider(db, asked, '/query/provider')
  requireOwn(caller, provider)
  return provider
}

/** A part of a list that goes by when somebody entered. */
function pageOf<Item extends Enrolment, Shown>(found: readonly Item[], limit: number, show: (item: Item) => Shown) {
  const part = found.slice(0, limit)
  const last = part.at(-1)
  const next = found.length > limit && last !== undefined ? `${last.enteredAt.getTime()}.${last.id}` : null
  return { items: part.map(show), next }
}

function readPlace(cursor: string | undefined): { enteredAt: Date; id: number } | null {
  if (cursor === undefined) return null
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (at !== undefined && id !== undefined) return { enteredAt: new Date(Number(at)), id: Number(id) }
  const message = 'Not a cursor: take the “next” of the page before'
  throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
}

function shown(
  services: Services,
  caller: Caller | null,
  { id, since, dueAt, enteredAt, endedAt, cohort, ...same }: Enrolment,
) {
  return {
    ...same,
    run_url: runUrl(services, caller, cohort),
    id: String(id),
    step_since: iso(since),
    due_at: iso(dueAt),
    entered_at: enteredAt.toISOString(),
    ended_at: iso(endedAt),
  }
}

const shownStep = ({ enteredAt, leftAt, delivery, ...same }: WayStep) => ({
  ...same,
  entered_at: enteredAt.toISOString(),
  left_at: iso(leftAt),
  delivery: delivery === null ? null : String(delivery),
})

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null
