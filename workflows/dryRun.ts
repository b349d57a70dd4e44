import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow'
import type { DryRunActivities } from '../activities/dryRuns.ts'

/** Begins anew when its worker dies. */
const { runDryRun } = proxyActivities<DryRunActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds', maximumAttempts: 5 },
})

const { failDryRun } = proxyActivities<DryRunActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds' },
})

/**
 * Replays an automation over past days.
 *
 * @param id of the dry run; nothing else about it enters the history
 */
export async function dryRun(id: number): Promise<void> {
  try {
    await runDryRun(id)
  } catch (error) {
    if (isCancellation(error)) throw error
    // whoever waits for it is told
    await failDryRun(id, error instanceof ActivityFailure ? (error.cause?.message ?? error.message) : String(error))
  }
}
