import { requireDefinition } from '../domain/automations/checkDefinition.ts'
import { cancelDryRun as cancel, readDryRun } from '../domain/automations/dryRun/dryRun.ts'
import { listWays } from '../domain/automations/dryRun/listWays.ts'
import { startDryRun as start } from '../domain/automations/dryRun/startDryRun.ts'
import { placeholdersOf } from '../domain/automations/gallery/fromGallery.ts'
import { automationGallery, templatesIn } from '../domain/automations/gallery/readGallery.ts'
import { previewAutomation as preview } from '../domain/automations/previewAutomation.ts'
import { readAutomation } from '../domain/automations/readAutomations.ts'
import { walkCustomer as walk } from '../domain/automations/walkCustomer.ts'
import { pastDays } from '../domain/backtests/days.ts'
import { Problem } from '../domain/errors.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { galleryTemplate } from '../domain/templates/gallery/readGallery.ts'
import { callerName } from './callerName.ts'
import {
  cancelDryRun,
  type DryRun,
  getDryRun,
  listAutomationGallery,
  listDryRunCustomers,
  previewAutomation,
  startDryRun,
  walkAutomation,
} from './contract/automationPlay.ts'
import { ownProvider } from './ownProvider.ts'
import { readyChannels } from './readyChannels.ts'
import { type Route, route } from './server/route.ts'
import type { Services } from './server/services.ts'

export const automationPlayRoutes: Route[] = [
  route(previewAutomation, async ({ body, services }) => {
    const { db } = services
    const { automation } = await requireDefinition(db, body.definition, readyChannels(services))
    const own = body.id === undefined ? 0 : (await readAutomation(db, body.id)).id
    const seen = await preview(db, automation, { own, provider: body.provider }, services.now())
    return {
      enters_now: seen.entersNow,
      inside_now: seen.insideNow,
      usual_day: seen.usualDay,
      first_messages_at: iso(seen.firstMessagesAt),
      messages_each: seen.messagesEach,
      liability_each: seen.liabilityEach,
      others: seen.others,
    }
  }),

  route(startDryRun, async ({ body, caller, services }) => {
    const asker = { by: callerName(caller), channels: readyChannels(services) }
    const id = await start(services.db, body, asker, services.now())
    await services.workflows.dispatchOutbox()
    return shownDryRun(services, id)
  }),

  route(getDryRun, async ({ params, services }) => {
    return shownDryRun(services, Number(params.id))
  }),

  route(cancelDryRun, async ({ params, services }) => {
    await cancel(services.db, Number(params.id), services.now())
    return undefined
  }),

  route(listDryRunCustomers, async ({ params, query, caller, services }) => {
    const { day, step, customer, limit, cursor } = query
    const { id } = await readDryRun(services.db, Number(params.id))
    const search = { day, step, customer, providerId: ownProvider(caller) ?? undefined }
    const found = await listWays(services.db, id, search, { limit: limit + 1, after: readPlace(cursor) })
    const part = found.slice(0, limit)
    const last = part.at(-1)
    return {
      items: part.map(({ id: _, enteredAt, endedAt, ...way }) => ({
        ...way,
        entered_at: enteredAt.toISOString(),
        ended_at: iso(endedAt),
      })),
      next: found.length > limit && last !== undefined ? `${last.enteredAt.getTime()}.${last.id}` : null,
    }
  }),

  route(walkAutomation, async ({ body, services }) => {
    const at = body.at === undefined ? undefined : new Date(body.at)
    const { events, ...walked } = await walk(services.db, { ...body, at }, services.now())
    return {
      ...walked,
      events: events.map((event) => ({ ...event, at: event.at.toISOString(), until: iso(event.until) })),
    }
  }),

  route(listAutomationGallery, async ({ query: { language }, caller, services }) => {
    const manager = caller?.kind === 'user' ? caller.email : null
    const gallery = automationGallery(language, await placeholdersOf(services.db, manager))
    const items = gallery.map((automation) => ({
      ...automation,
      templates: templatesIn(automation.definition).map((id) => ({ id, name: galleryTemplate(id, language).name })),
    }))
    return { items }
  }),
]

async function shownDryRun({ db }: Services, id: number): Promise<DryRun> {
  const { state, progress, days, askedAt, result, error } = await readDryRun(db, id)
  const { timeZone } = await readSettings(db)
  const { days: each } = pastDays(days, askedAt, timeZone)
  return {
    id: String(id),
    state,
    progress,
    from: each[0] ?? '',
    to: each.at(-1) ?? '',
    as_of: askedAt.toISOString(),
    ...(result ?? NOTHING_YET),
    error,
  }
}

const NOTHING_YET = {
  entered: 0,
  customers: 0,
  inside: 0,
  messages: 0,
  not_sent: 0,
  rewards: 0,
  cost_at_most: 0,
  days: [],
  steps: [],
  ends: [],
  not_replayed: [],
}

function readPlace(cursor: string | undefined): { enteredAt: Date; id: number } | null {
  if (cursor === undefined) return null
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? []
  if (at !== undefined && id !== undefined) return { enteredAt: new Date(Number(at)), id: Number(id) }
  const message = 'Not a cursor: take the “next” of the page before'
  throw new Problem('invalid', message, [{ path: '/query/cursor', message }])
}

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null
