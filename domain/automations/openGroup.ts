import { type Database, rows } from '../database.ts'
import { pairKey } from '../segments/takeWork.ts'
import { readVersion, type Version } from './definition.ts'
import { holdsFor } from './holdsFor.ts'
import { type Leaving, leave } from './leave.ts'
import { ACTABLE, STANDING, type Standing } from './standing.ts'

/** Those of a cohort who stand at one step. */
export type Group = { cohort: number; step: string }

/** What an act on a group works with. */
export type Opened = { version: Version; whom: Standing[] }

/**
 * Takes those of a cohort whose time has come at a step, locked to the end of the transaction. Nobody while the automation
 * is paused or stopped: whoever pauses it waits for us, and those who come after find it so. Whoever an exit or the goal
 * holds for leaves here, before anything is done.
 *
 * @returns null where there is nobody
 */
export async function openGroup(trx: Database, { cohort, step }: Group, now: Date): Promise<Opened | null> {
  const [of] = await rows<{ automation_id: number; version: number; state: string }>(
    trx,
    `SELECT k.automation_id, k.version, a.state FROM cohorts k
     JOIN automations a ON a.id = k.automation_id WHERE k.id = ? LOCK IN SHARE MODE`,
    [cohort],
  )
  if (of?.state !== 'live') return null
  const whom = await lockThose(trx, { cohort, step }, now)
  if (whom.length === 0) return null
  const version = await readVersion(trx, of.automation_id, of.version)
  const staying = await letGo(trx, version, whom, now)
  return staying.length === 0 ? null : { version, whom: staying }
}

/**
 * Looked for first and then locked by their numbers: a locking look along an index also holds the neighbour at its end, who
 * belongs to another cohort.
 */
async function lockThose(trx: Database, { cohort, step }: Group, now: Date): Promise<Standing[]> {
  const due = `e.cohort_id = ? AND e.state = 'active' AND e.step = ? AND ${ACTABLE}`
  const found = await rows<{ id: number }>(
    trx,
    `SELECT e.id FROM enrolments e FORCE INDEX (enrolments_cohort) WHERE ${due}`,
    [cohort, step, now],
  )
  if (found.length === 0) return []
  return rows<Standing>(
    trx,
    `SELECT ${STANDING} FROM enrolments e FORCE INDEX (PRIMARY) WHERE e.id IN (?) AND ${due} ORDER BY e.id FOR UPDATE`,
    [found.map(({ id }) => id), cohort, step, now],
  )
}

/** Lets those leave for whom an exit or the goal holds by its rule. Returns the others. */
async function letGo(trx: Database, version: Version, whom: readonly Standing[], now: Date): Promise<Standing[]> {
  const leaving = await leavingByRule(trx, version, whom, now)
  for (const [reason, ids] of leaving.byReason) {
    await leave(trx, ids, leavingBy(reason), now)
  }
  return whom.filter(({ id }) => !leaving.ids.has(id))
}

/** The goal among the exits; no exit has such an id. */
export const GOAL = '*'

/** How those leave for whom an exit, or the goal, has come. */
export const leavingBy = (exit: string): Leaving =>
  exit === GOAL ? { state: 'goal', reason: 'goal' } : { state: 'exited', reason: exit }

/** Who leaves by which exit's rule, the first that holds; the goal is looked at last. */
export async function leavingByRule<One extends { id: number; providerId: number; customerId: number }>(
  trx: Database,
  { definition }: Version,
  whom: readonly One[],
  now: Date,
): Promise<{ ids: Set<number>; byReason: Map<string, number[]> }> {
  const exits = (definition.unless ?? []).flatMap(({ id, rule }) => (rule === undefined ? [] : [{ reason: id, rule }]))
  const all = definition.goal?.rule === undefined ? exits : [...exits, { reason: GOAL, rule: definition.goal.rule }]
  const byReason = new Map<string, number[]>()
  const ids = new Set<number>()
  if (all.length === 0) return { ids, byReason }
  const held = await holdsFor(trx, { scope: definition.scope, rules: all.map(({ rule }) => rule), pairs: whom }, now)
  for (const one of whom) {
    const which = held.get(pairKey(one))?.indexOf(true) ?? -1
    const reason = all[which]?.reason
    if (reason === undefined) continue
    ids.add(one.id)
    byReason.set(reason, [...(byReason.get(reason) ?? []), one.id])
  }
  return { ids, byReason }
}
