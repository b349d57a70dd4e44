import { ALWAYS, ALWAYS_KINDS, keptFrom } from '../../rules/retention/kinds.ts'
import { type Day, startOfDay } from '../../rules/time.ts'
import { recordAudit } from '../audit/record.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { insertRows } from '../insertRows.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { momentAt } from '../segments/moment.ts'
import { RETENTION_RUN } from '../temporal.ts'
import { RETENTION_NAME } from './eraseSilent.ts'
import { beforeOf, nextNight, readKept } from './periods.ts'

/** What a night did, or does, with one kind of thing. */
export type RunPart = {
  kind: string
  /** What happened before this day goes. */
  before: Day
  state: 'waiting' | 'done' | 'failed'
  removed: number
  /** Past the period, and kept because something is still open. */
  held: number
  error: string | null
}

export type Run = {
  id: number
  /** Null: the clock. */
  askedBy: string | null
  state: 'running' | 'done'
  startedAt: Date
  finishedAt: Date | null
  parts: RunPart[]
}

/**
 * Begins the night's work when its time has come: once, however often it came while nobody looked. A night that is still at
 * work goes on, and is handed to Temporal again, should its workflow have been ended by hand.
 *
 * @returns when the next night comes
 */
export async function startDueRetention(db: Database, now: Date): Promise<Date> {
  const { nextAt } = await readKept(db, now)
  if (nextAt > now) return nextAt
  return transact(db, async (trx) => {
    const kept = await readKept(trx, now, { hold: true })
    // another worker was faster
    if (kept.nextAt > now) return kept.nextAt
    const running = await runningRun(trx)
    const id = running ?? (await insertRun(trx, null, now))
    await enqueue(trx, id, now)
    const next = await nextNight(trx, now)
    await execute(trx, 'UPDATE retention SET next_at = ? WHERE id = 1', [next])
    return next
  })
}

/**
 * Does now what the next night would do. The caller hands the outbox over.
 *
 * @throws Problem 'conflict' while a night is at work
 */
export async function startRun(db: Database, by: string, now: Date): Promise<number> {
  await readKept(db, now)
  return transact(db, async (trx) => {
    await readKept(trx, now, { hold: true })
    if ((await runningRun(trx)) !== null)
      throw new Problem('conflict', 'What is past its period is being removed already.')
    const id = await insertRun(trx, by.slice(0, 320), now)
    await enqueue(trx, id, now)
    return id
  })
}

const enqueue = (trx: Database, id: number, now: Date): Promise<void> =>
  enqueueWorkflow(trx, { workflowId: RETENTION_RUN.id(id), workflowType: RETENTION_RUN.type, args: [id] }, now)

async function runningRun(trx: Database): Promise<number | null> {
  const [row] = await rows<{ id: number }>(
    trx,
    "SELECT id FROM retention_runs WHERE state = 'running' ORDER BY id LIMIT 1",
  )
  return row?.id ?? null
}

/** What is past its period is said once, when the night begins: whoever goes on with it after a crash does the same. */
async function insertRun(trx: Database, by: string | null, now: Date): Promise<number> {
  const { periods } = await readKept(trx, now)
  const moment = await momentAt(trx, now)
  const [id = 0] = await trx('retention_runs').insert({ asked_by: by, state: 'running', started_at: now })
  const always = ALWAYS_KINDS.map((kind) => {
    const on = keptFrom('days', ALWAYS[kind], moment.today)
    return { kind, before: { on, at: startOfDay(on, moment.timeZone) } }
  })
  await insertRows(
    trx,
    'retention_removals',
    ['run_id', 'kind', 'turn', 'before_at', 'before_on'],
    [...beforeOf(periods, moment), ...always].map(({ kind, before }, turn) => [id, kind, turn, before.at, before.on]),
  )
  return id
}

/** The kinds of things that a run has to do with, in its order. */
export async function kindsOfRun(db: Database, run: number): Promise<string[]> {
  const found = await rows<{ kind: string }>(db, 'SELECT kind FROM retention_removals WHERE run_id = ? ORDER BY turn', [
    run,
  ])
  return found.map(({ kind }) => kind)
}

/** Ends a run, with its line in the audit trail. Done again, it changes nothing. */
export async function finishRun(db: Database, id: number, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    const ended = await execute(
      trx,
      "UPDATE retention_runs SET state = 'done', finished_at = ? WHERE id = ? AND state = 'running'",
      [now, id],
    )
    if (ended === 0) return
    const run = await readRun(trx, id)
    const removed = Object.fromEntries(
      run.parts.filter((part) => part.removed > 0).map((part) => [part.kind, part.removed]),
    )
    await recordAudit(trx, {
      at: now,
      actor: { kind: 'nobody', id: 0, name: RETENTION_NAME },
      address: '',
      permission: 'privacy.write',
      method: 'POST',
      route: '/retention/runs',
      status: 200,
      entity: 'retention',
      entityId: String(id),
      after: { removed, asked_by: run.askedBy },
    })
  })
}

type RunRow = Pick<Run, 'id' | 'askedBy' | 'state' | 'startedAt' | 'finishedAt'>

const RUNS =
  'SELECT id, asked_by AS askedBy, state, started_at AS startedAt, finished_at AS finishedAt FROM retention_runs'

/** @throws Problem 'not_found' */
export async function readRun(db: Database, id: number): Promise<Run> {
  const [run] = await withParts(db, await rows<RunRow>(db, `${RUNS} WHERE id = ?`, [id]))
  if (run === undefined) throw new Problem('not_found', `There is no run ${id}.`)
  return run
}

/** Runs, newest first. */
export async function listRuns(
  db: Database,
  { limit, before }: { limit: number; before: number | null },
): Promise<Run[]> {
  return withParts(
    db,
    await rows<RunRow>(db, `${RUNS} WHERE id < ? ORDER BY id DESC LIMIT ?`, [before ?? Number.MAX_SAFE_INTEGER, limit]),
  )
}

async function withParts(db: Database, runs: readonly RunRow[]): Promise<Run[]> {
  if (runs.length === 0) return []
  const parts = await rows<RunPart & { run: number }>(
    db,
    `SELECT run_id AS run, kind, before_on AS \`before\`, state, removed, held, error FROM retention_removals
     WHERE run_id IN (?) ORDER BY run_id, turn`,
    [runs.map(({ id }) => id)],
  )
  return runs.map((run) => ({
    ...run,
    parts: parts.filter((part) => part.run === run.id).map(({ run: _, ...part }) => part),
  }))
}
