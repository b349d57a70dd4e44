import type { Database } from '../database.ts'
import { endWork } from '../endWork.ts'
import { Problem } from '../errors.ts'
import { findBacktest } from './backtest.ts'

/**
 * Cancels a backtest that is running: the days that are written stay. Cancelling again, or what has ended, changes nothing.
 *
 * @throws Problem 'not_found'
 */
export async function cancelBacktest(db: Database, id: number, now: Date): Promise<void> {
  if ((await findBacktest(db, id)) === null) throw new Problem('not_found', `There is no backtest ${id}`)
  await endWork(db, 'backtests', id, { state: 'cancelled' }, now)
}

/** Notes that a backtest could not be played to its end, with the reason. */
export async function failBacktest(db: Database, id: number, reason: string, now: Date): Promise<void> {
  await endWork(db, 'backtests', id, { state: 'failed', reason }, now)
}
