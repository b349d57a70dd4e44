import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow'
import type { ImportActivities } from '../activities/imports.ts'

/** Goes on after the last part that was stored when its worker dies. */
const { importRows } = proxyActivities<ImportActivities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds', maximumAttempts: 200 },
})

const { failImport } = proxyActivities<ImportActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds' },
})

/**
 * Takes a file in. Cancelling changes the tables at once; the work ends with the part in hand.
 *
 * @param id of the import; nothing that stands in the file enters the history
 */
export async function importCustomers(id: number): Promise<void> {
  try {
    await importRows(id)
  } catch (error) {
    if (isCancellation(error)) throw error
    // whoever waits for it is told
    await failImport(id, error instanceof ActivityFailure ? (error.cause?.message ?? error.message) : String(error))
  }
}
