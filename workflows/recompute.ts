import { getExternalWorkflowHandle, proxyActivities } from '@temporalio/workflow'
import type { SegmentActivities } from '../activities/segments.ts'
import { SEGMENT_UPKEEP } from '../domain/temporal.ts'

/** Begins anew when its worker dies: until it has ended, the members of the version before stand. */
const { recomputeSegment } = proxyActivities<SegmentActivities>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '10 seconds',
  retry: { maximumInterval: '1 minute' },
})

/**
 * Computes a whole segment after its rule changed.
 *
 * @param segment its key
 * @param _version of the rule that asked for it, part of the workflow's id; what is computed is the newest one
 */
export async function recompute(segment: string, _version: number): Promise<void> {
  await recomputeSegment(segment)
  // the next change of the new members may be sooner than what the upkeep waits for
  await getExternalWorkflowHandle(SEGMENT_UPKEEP.id)
    .signal(SEGMENT_UPKEEP.wake)
    .catch(() => {})
}
