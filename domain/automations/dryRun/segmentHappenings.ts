import type { Automation, Happening } from '../../../rules/automations/automation.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import type { Days } from '../../backtests/days.ts'
import type { Subject } from '../../backtests/look.ts'
import type { Database } from '../../database.ts'
import { readSegment } from '../../segments/readSegments.ts'
import type { Happened } from './occurrences.ts'
import { turnsOf } from './turns.ts'

/** What an automation listens to once somebody is inside: exits, the goal, and what is waited for. */
export function heardBy({ unless = [], goal, ...automation }: Automation): Happening[] {
  const exits = [...unless, ...(goal === undefined ? [] : [goal])].flatMap(({ on }) => on ?? [])
  const waits = stepsOf(automation as Automation).flatMap(({ step }) =>
    'wait_for' in step && 'on' in step.wait_for ? [step.wait_for] : [],
  )
  return [...exits, ...waits]
}

/** A segment as it is played over the past: its rule of today, outranked by what was decided by hand. */
export async function subjectOf(db: Database, key: string, timeZone: string): Promise<Subject> {
  const { rule, scope, id: segmentId } = await readSegment(db, key)
  return { rule, scope, segmentId, timeZone, source: 'known' }
}

/** When some customers would have entered and left the segments that an automation listens to once they are inside. */
export async function segmentHappenings(
  db: Database,
  automation: Automation,
  { customers, days, timeZone }: { customers: readonly number[]; days: Days; timeZone: string },
): Promise<Happened[]> {
  const keys = new Set(heardBy(automation).flatMap((on) => ('segment' in on ? [on.segment] : [])))
  const found: Happened[] = []
  for (const about of customers.length === 0 ? [] : keys) {
    const { turns } = await turnsOf(db, await subjectOf(db, about, timeZone), days, { customers })
    for (const { entered, ...turn } of turns) {
      found.push({ ...turn, on: entered ? 'enters_segment' : 'leaves_segment', about })
    }
  }
  return found
}
