import { getExternalWorkflowHandle, proxyActivities } from '@temporalio/workflow'
import type { StatusActivities } from '../activities/statuses.ts'
import { SEGMENT_UPKEEP } from '../domain/temporal.ts'

/** Goes on where it was ended when its worker dies. */
const { decideStatuses } = proxyActivities<StatusActivities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '10 seconds',
  retry: { maximumInterval: '1 minute' },
})

/**
 * Decides about the status of everybody after the rules changed.
 *
 * @param _version of the rules that asked for it, part of the workflow's id; what is decided by is the newest one
 */
export async function recomputeStatuses(_version: number): Promise<void> {
  await decideStatuses()
  // segments that ask for the status, and what time changes next
  await getExternalWorkflowHandle(SEGMENT_UPKEEP.id)
    .signal(SEGMENT_UPKEEP.wake)
    .catch(() => {})
}
