import type { Automation } from '../../../rules/automations/automation.ts'
import type { Day } from '../../../rules/time.ts'
import { type Database, fromJson, rows } from '../../database.ts'
import { endWork } from '../../endWork.ts'
import { Problem } from '../../errors.ts'

/** A definition that is replayed over past days: nothing of it is sent. */
export type DryRun = {
  id: number
  /** Whose chances decide; null for one that nobody has kept yet. */
  automationId: number | null
  definition: Automation
  /** Our id of the one provider whose customers are meant; null for all. */
  provider: number | null
  days: number
  askedAt: Date
  state: 'running' | 'done' | 'failed' | 'cancelled'
  progress: number
  result: Result | null
  error: string | null
}

/** What it came to. */
export type Result = {
  entered: number
  customers: number
  inside: number
  messages: number
  not_sent: number
  rewards: number
  /** Of the rewards, in minor units; null where nothing says what one could cost. */
  cost_at_most: number | null
  days: { day: Day; entered: number; messages: number; rewards: number }[]
  steps: { step: string; arrived: number; inside: number; ways: Record<string, number> }[]
  ends: { reason: string; count: number }[]
  not_replayed: string[]
}

type Row = {
  id: number
  automation_id: number | null
  definition: string
  provider_id: number | null
  days: number
  asked_at: Date
  state: DryRun['state']
  progress: number
  result: string | null
  error: string | null
}

/** One of them. @throws Problem 'not_found' */
export async function readDryRun(db: Database, id: number): Promise<DryRun> {
  const [row] = await rows<Row>(db, 'SELECT * FROM dry_runs WHERE id = ?', [id])
  const definition = fromJson<Automation>(row?.definition ?? null)
  if (row === undefined || definition === null) throw new Problem('not_found', `There is no dry run ${id}`)
  return {
    id: row.id,
    automationId: row.automation_id,
    definition,
    provider: row.provider_id,
    days: row.days,
    askedAt: row.asked_at,
    state: row.state,
    progress: row.progress,
    result: fromJson<Result>(row.result),
    error: row.error,
  }
}

/** Cancels one that is running. Cancelling again, or what has ended, changes nothing. @throws Problem 'not_found' */
export async function cancelDryRun(db: Database, id: number, now: Date): Promise<void> {
  await readDryRun(db, id)
  await endWork(db, 'dry_runs', id, { state: 'cancelled' }, now)
}

/** Notes that one could not be played to its end, with the reason. */
export const failDryRun = (db: Database, id: number, reason: string, now: Date): Promise<void> =>
  endWork(db, 'dry_runs', id, { state: 'failed', reason }, now)
