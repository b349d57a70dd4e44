import type { Happening, Trigger } from '../../rules/automations/automation.ts'
import { type Database, execute, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { type Cause, chunksOf } from '../segments/applyChanges.ts'
import { SEGMENT_UPKEEP } from '../temporal.ts'
import { readVersions, type Version, versionKey } from './definition.ts'
import { leave } from './leave.ts'
import { aboutOf, type Role } from './listeners.ts'
import { GOAL, leavingBy } from './openGroup.ts'
import { wakeCohorts } from './wakeCohorts.ts'

/** Something that has happened to a customer. Our own ids; provider 0 where it is nothing between them and one provider. */
export type Heard = {
  on: Happening['on']
  /** What it is about: a segment's key, a tag, a survey, the name of an event, the step whose message was read. */
  about?: string
  customerId: number
  providerId: number
  /** Only what events, time or a hand have caused lets anybody enter; `event` when it is left out. */
  cause?: Cause
  service?: string | null
  type?: string | null
  from?: string
  to?: string
  answer?: string
  /** Whose message was read: only that one is concerned. */
  enrolmentId?: number
}

type Listener = {
  automation_id: number
  version: number
  role: Role
  place: string
  happening: Happening['on']
  about: string
  state: string
  current: number
}

/** The causes on which automations start by themselves (PRODUCT.md: history loaded is not news). */
export const STARTING: ReadonlySet<Cause> = new Set(['event', 'time', 'by_hand'])

/**
 * Tells automations what has happened, in the transaction in which it does: whoever leaves because of it has left when the
 * transaction stands, who waited for it goes on, and who may enter is noted for the refresh that follows. Costs one look
 * where nobody listens.
 */
export async function hear(trx: Database, heard: readonly Heard[], now: Date): Promise<void> {
  if (heard.length === 0) return
  const listeners = await listening(trx, heard)
  if (listeners.length === 0) return
  const inside = listeners.some(({ role }) => role !== 'starts') ? await insideOf(trx, heard) : []
  const versions = await readVersions(
    trx,
    listeners.map(({ automation_id: automationId, version }) => ({ automationId, version })),
  )
  let arrived = false
  for (const listener of listeners) {
    const { automation_id: automationId, version: number } = listener
    const version = versions.get(versionKey({ automationId, version: number }))
    const asked = version === undefined ? undefined : askedBy(version, listener)
    if (version === undefined || asked === undefined) continue
    const meant = heard.filter((one) => fits(asked, one))
    if (meant.length === 0) continue
    if (listener.role === 'starts') {
      if (listener.state !== 'live' || listener.current !== number) continue
      arrived = (await noteArrivals(trx, version, meant, now)) || arrived
    } else {
      await tellInside(trx, version, listener, { meant, inside }, now)
    }
  }
  // the worker has no way to wake anybody by itself: its outbox has
  if (arrived) {
    await enqueueWorkflow(trx, { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }, now)
  }
}

/** Who listens to kinds of happenings, about what has happened. */
async function listening(trx: Database, heard: readonly Heard[]): Promise<Listener[]> {
  const kinds = [...new Set(heard.map(({ on }) => on))]
  const happened = new Set(heard.flatMap(({ on, about = '' }) => [`${on} `, `${on} ${about}`]))
  const found = await rows<Listener>(
    trx,
    `SELECT l.automation_id, l.version, l.role, l.place, l.happening, l.about, a.state, a.version AS current
     FROM automation_listeners l JOIN automations a ON a.id = l.automation_id
     WHERE l.happening IN (?) AND a.state IN ('live', 'paused') ORDER BY l.id`,
    [kinds],
  )
  return found.filter(({ happening, about }) => happened.has(`${happening} ${about}`))
}

/** The happening that a listener waits for. */
function askedBy({ definition, walk }: Version, { role, place }: Listener): Happening | Trigger | undefined {
  switch (role) {
    case 'starts':
      return definition.when
    case 'exit':
      return definition.unless?.find(({ id }) => id === place)?.on
    case 'goal':
      return definition.goal?.on
    case 'wait': {
      const step = walk.at(place)?.step
      return step !== undefined && 'wait_for' in step && 'on' in step.wait_for ? step.wait_for : undefined
    }
  }
}

/** Whether it is what was asked for, in every detail. */
function fits(asked: Happening | Trigger, heard: Heard): boolean {
  if (asked.on !== heard.on || (aboutOf(asked) !== '' && aboutOf(asked) !== heard.about)) return false
  if ('services' in asked && asked.services !== undefined && !asked.services.includes(heard.service ?? '')) return false
  if ('types' in asked && asked.types !== undefined && !asked.types.includes(heard.type ?? '')) return false
  if ('answers' in asked && asked.answers !== undefined && !asked.answers.includes(heard.answer ?? '')) return false
  if (asked.on === 'status_changes') {
    return (asked.from ?? heard.from) === heard.from && (asked.to ?? heard.to) === heard.to
  }
  return true
}

/** @returns whether anybody may enter */
async function noteArrivals(trx: Database, version: Version, meant: readonly Heard[], now: Date): Promise<boolean> {
  const news = meant.filter(({ cause = 'event' }) => STARTING.has(cause))
  const ofProviders = version.definition.scope === 'provider'
  const arrivals: [number, number, Cause][] = []
  if (ofProviders) {
    // what is no provider's happens to the customer with each of theirs
    const general = news.filter(({ providerId }) => providerId === 0)
    const related = await providersOf(
      trx,
      general.map(({ customerId }) => customerId),
    )
    for (const { customerId, providerId, cause = 'event' } of news) {
      const providers = providerId === 0 ? (related.get(customerId) ?? []) : [providerId]
      for (const provider of providers) arrivals.push([provider, customerId, cause])
    }
  } else {
    for (const { customerId, cause = 'event' } of news) arrivals.push([0, customerId, cause])
  }
  await insertArrivals(trx, version.automationId, arrivals, now)
  return arrivals.length > 0
}

/** Notes who may enter an automation, not before an instant. */
export const insertArrivals = (
  trx: Database,
  automationId: number,
  arrivals: readonly (readonly [provider: number, customer: number, cause: string, due?: Date])[],
  now: Date,
): Promise<void> =>
  insertRows(
    trx,
    'automation_arrivals',
    ['automation_id', 'provider_id', 'customer_id', 'cause', 'happened_at', 'due_at'],
    arrivals.map(([provider, customer, cause, due = now]) => [automationId, provider, customer, cause, now, due]),
  )

/** The providers that customers have to do with. */
export async function providersOf(trx: Database, customers: readonly number[]): Promise<Map<number, number[]>> {
  const related = new Map<number, number[]>()
  for (const chunk of chunksOf([...new Set(customers)], 1_000)) {
    const found = await rows<{ provider_id: number; customer_id: number }>(
      trx,
      'SELECT provider_id, customer_id FROM relationships WHERE customer_id IN (?) AND provider_id <> 0',
      [chunk],
    )
    for (const row of found) {
      related.set(row.customer_id, [...(related.get(row.customer_id) ?? []), row.provider_id])
    }
  }
  return related
}

type Inside = {
  id: number
  provider_id: number
  customer_id: number
  cohort_id: number
  automation_id: number
  version: number
  step: string
  stands: string
  left?: boolean
}

/** Those inside whom it happens to, whatever the automation, in the order in which they entered. */
async function insideOf(trx: Database, heard: readonly Heard[]): Promise<Inside[]> {
  const inside: Inside[] = []
  for (const chunk of chunksOf([...new Set(heard.map(({ customerId }) => customerId))], 1_000)) {
    const found = await rows<Inside>(
      trx,
      `SELECT id, provider_id, customer_id, cohort_id, automation_id, version, step, stands FROM enrolments
       WHERE customer_id IN (?) AND state = 'active'`,
      [chunk],
    )
    inside.push(...found)
  }
  return inside.sort((one, other) => one.id - other.id)
}

/** Exits and the goal take effect here; who waits for it is told. */
async function tellInside(
  trx: Database,
  { automationId, version }: Version,
  { role, place }: Listener,
  { meant, inside }: { meant: readonly Heard[]; inside: readonly Inside[] },
  now: Date,
): Promise<void> {
  const theirs = inside.filter(
    (one) =>
      one.left !== true &&
      one.automation_id === automationId &&
      one.version === version &&
      (role !== 'wait' || (one.step === place && one.stands === 'waiting')),
  )
  if (theirs.length === 0) return
  const byCustomer = new Map<number, Heard[]>()
  for (const one of meant) {
    const others = byCustomer.get(one.customerId)
    if (others === undefined) byCustomer.set(one.customerId, [one])
    else others.push(one)
  }
  const concerned = theirs.filter((one) => byCustomer.get(one.customer_id)?.some((it) => concerns(it, one)))
  for (const chunk of chunksOf(concerned, 1_000)) {
    const ids = chunk.map(({ id }) => id)
    if (role === 'wait') {
      await execute(
        trx,
        `UPDATE enrolments SET stands = 'heard', due_at = NULL
         WHERE id IN (?) AND state = 'active' AND stands = 'waiting' AND step = ?`,
        [ids, place],
      )
      await wakeCohorts(trx, [...new Set(chunk.map(({ cohort_id: id }) => id))], now)
    } else {
      await leave(trx, ids, leavingBy(role === 'goal' ? GOAL : place), now)
      for (const one of chunk) one.left = true
    }
  }
}

/** What is no provider's concerns everybody; in an automation of the whole business everything does. */
function concerns({ providerId, enrolmentId }: Heard, inside: Inside): boolean {
  if (enrolmentId !== undefined) return enrolmentId === inside.id
  return providerId === 0 || inside.provider_id === 0 || providerId === inside.provider_id
}
