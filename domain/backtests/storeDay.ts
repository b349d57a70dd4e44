import type { Day } from '../../rules/time.ts'
import { type Database, execute } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { transact } from '../retry.ts'
import type { Step } from './walk.ts'

/** What a day came to. */
export type PlayedDay = { place: number; day: Day; members: number; steps: readonly Step[] }

/**
 * Writes one day with who came and went, once, whoever else is at it.
 *
 * @returns false when nobody wants it any more: it was cancelled, or another worker has written this day
 */
export function storeDay(db: Database, backtest: number, { place, day, members, steps }: PlayedDay): Promise<boolean> {
  return transact(db, async (trx) => {
    const next = await execute(
      trx,
      "UPDATE backtests SET days_done = ? WHERE id = ? AND days_done = ? AND state = 'running'",
      [place + 1, backtest, place],
    )
    if (next === 0) return false
    const entered = steps.filter((step) => step.entered).length
    await insertRows(
      trx,
      'backtest_days',
      ['backtest_id', 'day', 'members', 'entered', 'went'],
      [[backtest, day, members, entered, steps.length - entered]],
    )
    await insertRows(
      trx,
      'backtest_changes',
      ['backtest_id', 'day', 'at', 'provider_id', 'customer_id', 'entered'],
      steps.map(({ at, providerId, customerId, entered: isIn }) => [backtest, day, at, providerId, customerId, isIn]),
    )
    return true
  })
}
