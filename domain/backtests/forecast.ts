import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import type { Segment } from '../segments/readSegments.ts'
import { BACKTEST } from '../temporal.ts'
import { type BacktestSoFar, readBacktest } from './readBacktest.ts'
import { runBacktest } from './runBacktest.ts'
import { insertBacktest } from './startBacktest.ts'

/** So many customers are looked at while the caller waits; more take a workflow, and the caller asks again. */
const AT_ONCE = 5_000
/** How long a forecast is good for, in milliseconds: what happens meanwhile it doesn't know. */
const GOOD_FOR = 5 * 60_000

type ForecastOf = { segment: Pick<Segment, 'id' | 'version' | 'rule' | 'scope'>; provider: number | null; days: number }

/**
 * Who enters and leaves a segment in the days to come if nothing happens: made at once for a small business; begun for a
 * large one, where one that was made in the last minutes is taken. The caller hands the outbox over afterwards.
 */
export async function forecastOf(db: Database, asked: ForecastOf, now: Date): Promise<BacktestSoFar> {
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  const small = (last?.id ?? 0) <= AT_ONCE
  const recent = small ? null : await recentForecast(db, asked, now)
  if (recent !== null) return readBacktest(db, recent)
  const id = await transact(db, (trx) => begin(trx, asked, small, now))
  if (small) await runBacktest(db, id, () => now)
  return readBacktest(db, id)
}

/**
 * A forecast that was made before.
 *
 * @throws Problem 'not_found' when the segment has none such, or no longer
 */
export async function readForecast(db: Database, segmentId: number, id: number): Promise<BacktestSoFar> {
  const forecast = await readBacktest(db, id)
  if (forecast.segmentId !== segmentId || forecast.kind !== 'forecast') {
    throw new Problem('not_found', `The segment has no forecast ${id}`)
  }
  return forecast
}

async function recentForecast(
  db: Database,
  { segment, provider, days }: ForecastOf,
  now: Date,
): Promise<number | null> {
  const [recent] = await rows<{ id: number }>(
    db,
    `SELECT id FROM backtests
     WHERE segment_id = ? AND kind = 'forecast' AND asked_at > ? AND asked_at <= ? AND version = ? AND provider_id <=> ?
       AND days = ? AND state IN ('running', 'done') ORDER BY id DESC LIMIT 1`,
    [segment.id, new Date(now.getTime() - GOOD_FOR), now, segment.version, provider, days],
  )
  return recent?.id ?? null
}

async function begin(
  trx: Database,
  { segment, provider, days }: ForecastOf,
  small: boolean,
  now: Date,
): Promise<number> {
  const { rule, scope, version } = segment
  await execute(trx, "DELETE FROM backtests WHERE segment_id = ? AND kind = 'forecast' AND asked_at < ?", [
    segment.id,
    new Date(now.getTime() - GOOD_FOR),
  ])
  const made = { kind: 'forecast', rule, scope, provider, days, by: null } as const
  const id = await insertBacktest(trx, { ...made, segment: { id: segment.id, version } }, now)
  if (!small) {
    await enqueueWorkflow(trx, { workflowId: BACKTEST.id(id), workflowType: BACKTEST.type, args: [id] }, now)
  }
  return id
}
