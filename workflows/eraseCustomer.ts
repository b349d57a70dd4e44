import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow'
import type { ErasureActivities } from '../activities/erasures.ts'

/** Goes on after the last step that was done when its worker dies. */
const { eraseCustomerData } = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 50 },
})

const { failErasure } = proxyActivities<ErasureActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds' },
})

/**
 * Erases somebody.
 *
 * @param id of the erasure; who it is does not enter the history
 */
export async function eraseCustomer(id: number): Promise<void> {
  try {
    await eraseCustomerData(id)
  } catch (error) {
    if (isCancellation(error)) throw error
    await failErasure(id, error instanceof ActivityFailure ? (error.cause?.message ?? error.message) : String(error))
  }
}
