import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow'
import type { RetentionActivities } from '../activities/retention.ts'

/** Goes on with what is left when its worker dies. */
const { removePast } = proxyActivities<RetentionActivities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 50 },
})

const { kindsOfRun, failRemoval, finishRun } = proxyActivities<RetentionActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '30 seconds' },
})

/**
 * Removes what is past its period, one kind of thing after the other. What can't be done does not keep the rest.
 *
 * @param run the night; who and what goes does not enter the history
 */
export async function applyRetention(run: number): Promise<void> {
  for (const kind of await kindsOfRun(run)) {
    try {
      await removePast(run, kind)
    } catch (error) {
      if (isCancellation(error)) throw error
      const reason = error instanceof ActivityFailure ? (error.cause?.message ?? error.message) : String(error)
      await failRemoval(run, kind, reason)
    }
  }
  await finishRun(run)
}
