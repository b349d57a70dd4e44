import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow'
import type { BacktestActivities } from '../activities/backtests.ts'

/** Goes on after the last day that was written when its worker dies. */
const { runBacktest } = proxyActivities<BacktestActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds', maximumAttempts: 8 },
})

const { failBacktest } = proxyActivities<BacktestActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds' },
})

/**
 * Plays a rule over past days or over those to come. Cancelling changes the tables at once; the work ends with its day.
 *
 * @param id of the backtest; nothing else about it enters the history
 */
export async function backtest(id: number): Promise<void> {
  try {
    await runBacktest(id)
  } catch (error) {
    if (isCancellation(error)) throw error
    // whoever waits for it is told
    await failBacktest(id, error instanceof ActivityFailure ? (error.cause?.message ?? error.message) : String(error))
  }
}
