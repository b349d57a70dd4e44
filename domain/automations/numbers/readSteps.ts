import type { Automation as Definition } from '../../../rules/automations/automation.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import { addDays, type Day, dayOf } from '../../../rules/time.ts'
import { type Database, fromJson, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { readSettings } from '../../settings/readSettings.ts'
import type { Automation } from '../readAutomations.ts'
import { add, countHeld, countStates, emptyNumbers, type Numbers } from './readNumbers.ts'

type Passed = { last_7_days: number; last_30_days: number; all: number }

/** What happens at one step. */
type StepNumbers = {
  step: string
  inside: number
  held: number
  passed: Passed
  failed: number
  failures: { reason: string; count: number }[]
  next_release: Date | null
  releases: { at: Date; count: number }[]
  /** By local days. */
  release_days: { day: Day; count: number }[]
  released_later: number
  outcomes: Record<string, number>
}

type End = { state: string; reason: string; step: string | null; count: number }

const DAY = 86_400_000
const HOUR = 3_600_000
/** What became of a step at which somebody left the automation: they went no further. As SQL. */
export const LEFT = "'exited', 'goal', 'stopped'"
/** As many reasons as anybody reads. */
const REASONS = 5
const QUARTER = 900_000
/** As many days ahead somebody plans. */
const DAYS = 14
const ENDS = 100

/**
 * The numbers of one version of an automation, step by step, in the order of the definition; steps that are not in it any
 * more are left out.
 *
 * @throws Problem 'not_found' when there is no such version
 */
export async function readSteps(
  db: Database,
  automation: Automation,
  { version = automation.version, providerId }: { version?: number | undefined; providerId?: number | undefined },
  now: Date,
): Promise<{ version: number; numbers: Numbers; steps: StepNumbers[]; ends: End[] }> {
  const definition = await definitionOf(db, automation, version)
  const of = { id: automation.id, version, providerId }
  const steps = new Map(stepsOf(definition).map(({ step }) => [step.id, emptyStep(step.id)]))
  const numbers = emptyNumbers()
  for (const row of await countStates(db, [automation.id], providerId)) if (row.version === version) add(numbers, row)
  for (const { step, stands, n } of await countPlaces(db, of)) {
    const one = steps.get(step)
    if (one !== undefined) one[stands === 'failed' ? 'failed' : 'inside'] += n
  }
  for (const { step, n } of await countHeld(db, [automation.id], providerId, version)) {
    const one = steps.get(step)
    if (one !== undefined) one.held += n
    numbers.held += n
  }
  for (const row of await countPassed(db, of, now)) {
    const one = steps.get(row.step)
    if (one === undefined) continue
    one.passed.all += row.n
    one.passed.last_30_days += row.month
    one.passed.last_7_days += row.week
    one.outcomes[row.outcome] = (one.outcomes[row.outcome] ?? 0) + row.n
  }
  for (const { step, reason, n } of await countFailures(db, of)) {
    const failures = steps.get(step)?.failures
    if (failures !== undefined && failures.length < REASONS) failures.push({ reason: reason ?? '', count: n })
  }
  for (const { step, first, hour, n } of await countReleases(db, of, now)) {
    const one = steps.get(step)
    if (one === undefined) continue
    if (one.next_release === null || first < one.next_release) one.next_release = first
    if (hour !== null) one.releases.push({ at: new Date(now.getTime() + hour * HOUR), count: n })
  }
  const { timeZone } = await readSettings(db)
  const last = addDays(dayOf(now, timeZone), DAYS - 1)
  for (const { step, quarter, n } of await countReleaseQuarters(db, of, now)) {
    const one = steps.get(step)
    if (one === undefined) continue
    const day = dayOf(new Date(Math.max(quarter * QUARTER, now.getTime())), timeZone)
    const before = one.release_days.at(-1)
    if (day > last) one.released_later += n
    else if (before?.day === day) before.count += n
    else one.release_days.push({ day, count: n })
  }
  return { version, numbers, steps: [...steps.values()], ends: await countEnds(db, of) }
}

/** The definition of one version. @throws Problem 'not_found' */
export async function definitionOf(
  db: Database,
  { id, name }: Pick<Automation, 'id' | 'name'>,
  version: number,
): Promise<Definition> {
  const sql = 'SELECT definition FROM automation_versions WHERE automation_id = ? AND version = ?'
  const [row] = await rows<{ definition: string }>(db, sql, [id, version])
  const definition = fromJson<Definition>(row?.definition ?? null)
  if (definition === null) throw new Problem('not_found', `“${name}” has no version ${version}.`)
  return definition
}

const emptyStep = (step: string): StepNumbers => ({
  step,
  inside: 0,
  held: 0,
  passed: { last_7_days: 0, last_30_days: 0, all: 0 },
  failed: 0,
  failures: [],
  next_release: null,
  releases: [],
  release_days: [],
  released_later: 0,
  outcomes: {},
})

type Of = { id: number; version: number; providerId: number | undefined }

const where = ({ id, version, providerId }: Of) => ({
  sql: `e.automation_id = ? AND e.version = ?${providerId === undefined ? '' : ' AND e.provider_id = ?'}`,
  bindings: [id, version, ...(providerId === undefined ? [] : [providerId])],
})

function countPlaces(db: Database, of: Of) {
  const { sql, bindings } = where(of)
  return rows<{ step: string; stands: string; n: number }>(
    db,
    `SELECT e.step, e.stands, COUNT(*) AS n FROM enrolments e
     WHERE ${sql} AND e.state = 'active' AND e.step IS NOT NULL GROUP BY e.step, e.stands`,
    bindings,
  )
}

/** Who has passed a step, also those whose way went on in another version since; who left the automation there has not. */
function countPassed(db: Database, of: Of, now: Date) {
  const { sql, bindings } = where(of)
  return rows<{ step: string; outcome: string; n: number; month: number; week: number }>(
    db,
    `SELECT p.step, p.outcome, COUNT(*) AS n, SUM(p.left_at > ?) AS month, SUM(p.left_at > ?) AS week
     FROM enrolment_steps p JOIN enrolments e ON e.id = p.enrolment_id
     WHERE p.automation_id = ? AND p.outcome NOT IN (${LEFT}) AND ${sql} GROUP BY p.step, p.outcome`,
    [new Date(now.getTime() - 30 * DAY), new Date(now.getTime() - 7 * DAY), of.id, ...bindings],
  )
}

function countFailures(db: Database, of: Of) {
  const { sql, bindings } = where(of)
  return rows<{ step: string; reason: string | null; n: number }>(
    db,
    `SELECT e.step, e.reason, COUNT(*) AS n FROM enrolments e
     WHERE ${sql} AND e.state = 'active' AND e.stands = 'failed' GROUP BY e.step, e.reason ORDER BY n DESC`,
    bindings,
  )
}

/** Who goes on by themselves when: in each of the next 24 hours, and when the first of all does. */
function countReleases(db: Database, of: Of, now: Date) {
  const { sql, bindings } = where(of)
  return rows<{ step: string; first: Date; hour: number | null; n: number }>(
    db,
    `SELECT w.step, MIN(w.due_at) AS first, w.hour, COUNT(*) AS n FROM (
       SELECT e.step, e.due_at, CASE WHEN e.due_at < ? THEN
         GREATEST(TIMESTAMPDIFF(HOUR, ?, e.due_at), 0) END AS hour
       FROM enrolments e WHERE ${sql} AND e.state = 'active' AND e.stands = 'waiting' AND e.due_at IS NOT NULL
     ) w GROUP BY w.step, w.hour ORDER BY w.step, w.hour`,
    [new Date(now.getTime() + 24 * HOUR), now, ...bindings],
  )
}

/**
 * Who goes on by themselves in which quarter of an hour since 1970: as every time zone is a whole number of quarters away
 * from UTC, none of them lies in two local days.
 */
function countReleaseQuarters(db: Database, of: Of, now: Date) {
  const { sql, bindings } = where(of)
  return rows<{ step: string; quarter: number; n: number }>(
    db,
    `SELECT e.step, CAST(FLOOR(TIMESTAMPDIFF(MINUTE, '1970-01-01', LEAST(e.due_at, ?)) / 15) AS SIGNED) AS quarter,
       COUNT(*) AS n FROM enrolments e
     WHERE ${sql} AND e.state = 'active' AND e.stands = 'waiting' AND e.due_at IS NOT NULL
     GROUP BY e.step, quarter ORDER BY e.step, quarter`,
    // all that is later is one quarter
    [new Date(now.getTime() + (DAYS + 1) * DAY), ...bindings],
  )
}

async function countEnds(db: Database, of: Of): Promise<End[]> {
  const { sql, bindings } = where(of)
  const found = await rows<{ state: string; reason: string | null; step: string | null; n: number }>(
    db,
    `SELECT e.state, e.reason, e.step, COUNT(*) AS n FROM enrolments e
     WHERE ${sql} AND e.state <> 'active' GROUP BY e.state, e.reason, e.step ORDER BY n DESC LIMIT ?`,
    [...bindings, ENDS],
  )
  return found.map(({ state, reason, step, n }) => ({ state, reason: reason ?? '', step, count: n }))
}
