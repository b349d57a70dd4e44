import { type Database, execute } from '../database.ts'
import { Problem } from '../errors.ts'
import { findBacktest } from './backtest.ts'

/**
 * Cancels a backtest that is running: the days that are written stay. Cancelling again, or what has ended, changes nothing.
 *
 * @throws Problem 'not_found'
 */
export async function cancelBacktest(db: Database, id: number, now: Date): Promise<void> {
  if ((await findBacktest(db, id)) === null) throw new Problem('not_found', `There is no backtest ${id}`)
  await end(db, id, { state: 'cancelled', error: null }, now)
}

/** Notes that a backtest could not be played to its end, with the reason. */
export async function failBacktest(db: Database, id: number, reason: string, now: Date): Promise<void> {
  await end(db, id, { state: 'failed', error: reason.slice(0, 500) }, now)
}

async function end(
  db: Database,
  id: number,
  { state, error }: { state: 'cancelled' | 'failed'; error: string | null },
  now: Date,
): Promise<void> {
  await execute(db, "UPDATE backtests SET state = ?, error = ?, finished_at = ? WHERE id = ? AND state = 'running'", [
    state,
    error,
    now,
    id,
  ])
}
