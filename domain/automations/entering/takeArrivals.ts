import { kindOf } from '../../../rules/automations/automation.ts'
import { after } from '../../../rules/automations/instants.ts'
import { type Database, execute, rows } from '../../database.ts'
import { insertRows } from '../../insertRows.ts'
import { enqueueWorkflow } from '../../outbox/enqueueWorkflow.ts'
import { transact } from '../../retry.ts'
import { chunksOf } from '../../segments/applyChanges.ts'
import type { Pair } from '../../segments/markDirty.ts'
import { pairKey } from '../../segments/takeWork.ts'
import { readSettings } from '../../settings/readSettings.ts'
import { LIFECYCLE } from '../../temporal.ts'
import { noteEnrolments } from '../../webhooks/noteEnrolments.ts'
import { chanceOf, holdoutSeed } from '../chance.ts'
import { readVersion, type Version } from '../definition.ts'
import { holdsFor } from '../holdsFor.ts'
import { watchedIn } from '../listeners.ts'
import { leavingBy, leavingByRule } from '../openGroup.ts'
import { lookAgain, standAt } from '../standAt.ts'

/** How many arrivals one transaction takes. */
const BATCH = 5_000
/** The most that one workflow carries. */
const COHORT = 1_000

const FORGOTTEN_DAYS = 7

type Arrival = Pair & { id: number; cause: string }

/**
 * Lets those enter whose arrival was noted and whose time has come: of those whom `only` holds for, who may enter again,
 * never the same one twice at once. A share is held out; the others are put into cohorts, each with a workflow that is
 * started by the outbox, in the same transaction: each enrolment starts once, whatever crashes. Whoever is marked as
 * changed is left to the next time: first a refresh sees what happened.
 *
 * @returns how many entered; the caller hands the outbox over
 */
export async function takeArrivals(db: Database, now: Date): Promise<number> {
  let entered = 0
  // who was only named by others and has not arrived in a week is waited for no longer
  await execute(db, 'DELETE FROM automation_arrivals WHERE due_at < ? LIMIT 1000', [
    new Date(now.getTime() - FORGOTTEN_DAYS * 86_400_000),
  ])
  const waiting = await rows<{ automation_id: number }>(
    db,
    'SELECT DISTINCT automation_id FROM automation_arrivals WHERE due_at <= ? ORDER BY automation_id',
    [now],
  )
  for (const { automation_id: automationId } of waiting) {
    for (;;) {
      const taken = await transact(db, (trx) => takeBatch(trx, automationId, now))
      entered += taken.entered
      if (taken.looked < BATCH) break
    }
  }
  return entered
}

async function takeBatch(trx: Database, automationId: number, now: Date): Promise<{ looked: number; entered: number }> {
  const [automation] = await rows<{ state: string; version: number }>(
    trx,
    'SELECT state, version FROM automations WHERE id = ? LOCK IN SHARE MODE',
    [automationId],
  )
  const arrivals = await rows<Arrival>(
    trx,
    `SELECT r.id, r.provider_id AS providerId, r.customer_id AS customerId, r.cause FROM automation_arrivals r
     JOIN customers c ON c.id = r.customer_id AND c.known = 1
     WHERE r.automation_id = ? AND r.due_at <= ?
       AND NOT EXISTS (SELECT 1 FROM dirty_relationships d WHERE d.customer_id = r.customer_id)
     ORDER BY r.due_at, r.id LIMIT ? FOR UPDATE`,
    [automationId, now, BATCH],
  )
  if (arrivals.length === 0) return { looked: 0, entered: 0 }
  let entered = 0
  if (automation?.state === 'live') {
    const version = await readVersion(trx, automationId, automation.version)
    entered = await enter(trx, version, await mayEnter(trx, version, arrivals, now), now)
  }
  for (const chunk of chunksOf(arrivals, 1_000)) {
    await execute(trx, 'DELETE FROM automation_arrivals WHERE id IN (?)', [chunk.map(({ id }) => id)])
  }
  return { looked: arrivals.length, entered }
}

/** Those who are known, whom `only` holds for, and who are not inside or were too lately. */
async function mayEnter(
  trx: Database,
  version: Version,
  arrivals: readonly Arrival[],
  now: Date,
): Promise<readonly Arrival[]> {
  const { only, scope, again, at_once: atOnce } = version.definition
  const rule = only ?? { all: [] }
  const known = await holdsFor(trx, { scope, rules: [rule], pairs: arrivals }, now)
  const lately = await lastEntered(trx, version, arrivals)
  const { timeZone } = await readSettings(trx)
  const seen = new Set<string>()
  return arrivals.filter((arrival) => {
    const key = pairKey(arrival)
    if (known.get(key)?.[0] !== true) return false
    const last = lately.get(key)
    if (atOnce !== true && (last?.inside === true || seen.has(key))) return false
    if (again !== 'each') {
      if (seen.has(key)) return false
      if (last !== undefined && (again === 'never' || after(last.at, again.after, timeZone) > now)) return false
    }
    seen.add(key)
    return true
  })
}

export async function lastEntered(
  trx: Database,
  { automationId }: Version,
  pairs: readonly Pair[],
): Promise<Map<string, { at: Date; inside: boolean }>> {
  const last = new Map<string, { at: Date; inside: boolean }>()
  for (const chunk of chunksOf([...new Set(pairs.map(({ customerId }) => customerId))], 1_000)) {
    const found = await rows<Pair & { at: Date; inside: number }>(
      trx,
      `SELECT provider_id AS providerId, customer_id AS customerId, MAX(entered_at) AS at,
         MAX(state = 'active') AS inside
       FROM enrolments WHERE customer_id IN (?) AND automation_id = ? GROUP BY provider_id, customer_id`,
      [chunk, automationId],
    )
    for (const { at, inside, ...pair } of found) last.set(pairKey(pair), { at, inside: inside === 1 })
  }
  return last
}

/** @returns how many entered, those held out included */
async function enter(trx: Database, version: Version, arrivals: readonly Arrival[], now: Date): Promise<number> {
  if (arrivals.length === 0) return 0
  const { automationId, definition } = version
  const share = definition.holdout ?? 0
  const isOut = ({ customerId }: Arrival) => share > 0 && chanceOf(holdoutSeed(automationId), customerId) < share
  const leaving = await leavingByRule(trx, version, arrivals, now)
  const exitOf = new Map([...leaving.byReason].flatMap(([exit, ids]) => ids.map((id) => [id, exit] as const)))
  await insertEnded(
    trx,
    version,
    arrivals.flatMap((arrival): { arrival: Arrival; state: string; reason: string | null }[] => {
      const exit = exitOf.get(arrival.id)
      if (exit !== undefined) return [{ arrival, ...leavingBy(exit) }]
      return isOut(arrival) ? [{ arrival, state: 'held_out', reason: null }] : []
    }),
    now,
  )
  const going = arrivals.filter((arrival) => !exitOf.has(arrival.id) && !isOut(arrival))
  for (const chunk of chunksOf(going, COHORT)) await beginCohort(trx, version, chunk, now)
  // rules that are watched about those inside have to be asked about them, and when time alone changes what they say
  if (watchedIn(definition).length > 0) await lookAgain(trx, going, now)
  return arrivals.length
}

const COLUMNS = ['automation_id', 'version', 'provider_id', 'customer_id', 'cause', 'entered_at', 'since', 'state']

async function insertEnded(
  trx: Database,
  { automationId, version }: Version,
  ended: readonly { arrival: Arrival; state: string; reason: string | null }[],
  now: Date,
): Promise<void> {
  await insertRows(
    trx,
    'enrolments',
    [...COLUMNS, 'reason', 'ended_at'],
    ended.map(({ arrival: { providerId, customerId, cause }, state, reason }) => [
      ...[automationId, version, providerId, customerId],
      ...[cause, now, now, state, reason, now],
    ]),
  )
  await noteThrough(trx, automationId, ended, now)
}

/** Who is through as they come has entered and ended in one; nobody is told of those held out, who get nothing either. */
async function noteThrough(
  trx: Database,
  automationId: number,
  ended: readonly { arrival: Arrival; state: string }[],
  now: Date,
): Promise<void> {
  const customers = ended.filter(({ state }) => state !== 'held_out').map(({ arrival }) => arrival.customerId)
  for (const chunk of chunksOf([...new Set(customers)], 1_000)) {
    const which = {
      sql: `e.automation_id = ? AND e.customer_id IN (?) AND e.entered_at = ? AND e.ended_at = ? AND e.cohort_id IS NULL
        AND e.state <> 'held_out'`,
      bindings: [automationId, chunk, now, now],
    }
    await noteEnrolments(trx, 'enrolment.entered', which, now)
    await noteEnrolments(trx, 'enrolment.ended', which, now)
  }
}

/** A cohort with its enrolments at their first step, and its workflow. */
async function beginCohort(trx: Database, version: Version, those: readonly Arrival[], now: Date): Promise<void> {
  const { automationId, key, version: number, walk, definition } = version
  const { step, passed } = walk.land(walk.first)
  if (step === null) {
    const finished = those.map((arrival) => ({ arrival, state: 'finished', reason: null }))
    await insertEnded(trx, version, finished, now)
    return
  }
  const [cohort = 0] = await trx('cohorts').insert({ automation_id: automationId, version: number, created_at: now })
  const stands = await standAt(trx, version, step, those, now)
  const inside = definition.at_once === true ? null : 1
  await insertRows(
    trx,
    'enrolments',
    [...COLUMNS, 'cohort_id', 'inside', 'step', 'stands', 'due_at', 'turn'],
    those.map(({ providerId, customerId, cause }, n) => [
      ...[automationId, number, providerId, customerId],
      ...[cause, now, now, 'active'],
      ...[cohort, inside, step, stands[n]?.stands ?? 'ready', stands[n]?.dueAt ?? null, 1 + passed.length],
    ]),
  )
  await noteEnrolments(trx, 'enrolment.entered', { sql: 'e.cohort_id = ?', bindings: [cohort] }, now)
  const work = walk.at(step)?.step
  // those who wait are looked for; those who can go on do so without a look
  const first = work !== undefined && stands[0]?.stands === 'ready' ? [step, kindOf(work)] : ['', '']
  await enqueueWorkflow(
    trx,
    {
      workflowId: LIFECYCLE.id(cohort),
      workflowType: LIFECYCLE.type,
      args: [cohort, ...first, key, number, await oneProvider(trx, those)],
    },
    now,
  )
}

/** The provider that all of them are with, as the caller names it; empty where there are several, or none. */
async function oneProvider(trx: Database, those: readonly Pair[]): Promise<string> {
  const [provider, another] = new Set(those.map(({ providerId }) => providerId))
  if (provider === undefined || provider === 0 || another !== undefined) return ''
  const [found] = await rows<{ external_id: string }>(trx, 'SELECT external_id FROM providers WHERE id = ?', [provider])
  return found?.external_id ?? ''
}

/** Whether somebody is about to enter whom nothing keeps from it. */
export async function isArriving(db: Database, now: Date): Promise<boolean> {
  const sql = `SELECT 1 FROM automation_arrivals r JOIN customers c ON c.id = r.customer_id AND c.known = 1
    WHERE r.due_at <= ? LIMIT 1`
  return (await rows(db, sql, [now])).length > 0
}
