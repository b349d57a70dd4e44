import { kindOf, type StepKind } from '../../rules/automations/automation.ts'
import { type Database, execute, rows } from '../database.ts'
import { readVersion } from './definition.ts'
import { ACTABLE } from './standing.ts'

/** A step at which some of a cohort stand, for the activity of its kind. */
export type Due = { step: string; kind: StepKind; count: number }

/** What the workflow of a cohort has to do: act at some steps now, and at others in so many milliseconds. */
export type Agenda = { inside: number; now: Due[]; next: { ms: number; steps: Due[] } | null }

type Row = { step: string; inside: number; ready: number; next: Date | null }

/**
 * Where the customers of a cohort stand. The tables are the only truth: a workflow that begins anew, or one that was told
 * something twice, asks here and goes on. Of an automation that is paused nothing is to be done. With nobody inside the
 * cohort has ended.
 */
export async function readAgenda(db: Database, cohort: number, now: Date): Promise<Agenda> {
  const [of] = await rows<{ automation_id: number; version: number; state: string; ended_at: Date | null }>(
    db,
    `SELECT k.automation_id, k.version, k.ended_at, a.state FROM cohorts k
     JOIN automations a ON a.id = k.automation_id WHERE k.id = ?`,
    [cohort],
  )
  if (of === undefined) return { inside: 0, now: [], next: null }
  const found = await rows<Row>(
    db,
    `SELECT e.step, COUNT(*) AS inside, SUM(CASE WHEN ${ACTABLE} THEN 1 ELSE 0 END) AS ready,
       MIN(CASE WHEN e.stands IN ('ready', 'waiting') AND e.due_at > ? THEN e.due_at END) AS next
     FROM enrolments e WHERE e.cohort_id = ? AND e.state = 'active' GROUP BY e.step ORDER BY e.step`,
    [now, now, cohort],
  )
  const inside = found.reduce((sum, row) => sum + row.inside, 0)
  if (inside === 0) {
    if (of.ended_at === null) await execute(db, 'UPDATE cohorts SET ended_at = ? WHERE id = ?', [now, cohort])
    return { inside, now: [], next: null }
  }
  if (of.state === 'paused') return { inside, now: [], next: null }
  const { walk } = await readVersion(db, of.automation_id, of.version)
  const due = ({ step, inside: count }: Row): Due[] => {
    const placed = walk.at(step)
    return placed === undefined ? [] : [{ step, kind: kindOf(placed.step), count }]
  }
  const first = found.reduce<Date | null>(
    (earliest, { next }) => (next !== null && (earliest === null || next < earliest) ? next : earliest),
    null,
  )
  return {
    inside,
    now: found.filter(({ ready }) => ready > 0).flatMap((row) => due({ ...row, inside: row.ready })),
    next:
      first === null
        ? null
        : {
            ms: first.getTime() - now.getTime(),
            steps: found.filter(({ next }) => next?.getTime() === first.getTime()).flatMap(due),
          },
  }
}
