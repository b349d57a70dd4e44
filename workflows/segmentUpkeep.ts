import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import type { SegmentActivities } from '../activities/segments.ts'
import { SEGMENT_UPKEEP } from '../domain/temporal.ts'

/** A backlog of millions of changes may take minutes; a worker that dies over it is noticed by its silence. */
const { refresh } = proxyActivities<SegmentActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
})

/** A net under the signals and the flips, in milliseconds: nothing waits longer, whatever was lost. */
const AT_LEAST_EVERY = 30_000
/** Under steady traffic refreshes begin no closer together than this, in milliseconds; each then does more at once. */
const NO_MORE_THAN_EVERY = 150

/**
 * Keeps all segments current, for ever: refreshes when something was ingested (signal `wake`), when time alone changes
 * something, when the clock asks for a recalculation, and at least every 30 seconds.
 */
export async function segmentUpkeep(): Promise<void> {
  let woken = false
  setHandler(defineSignal(SEGMENT_UPKEEP.wake), () => {
    woken = true
  })
  while (!workflowInfo().continueAsNewSuggested) {
    woken = false
    const began = Date.now()
    const { nextFlip } = await refresh()
    if (!woken) {
      const flip = nextFlip === null ? AT_LEAST_EVERY : Date.parse(nextFlip) - Date.now()
      await condition(() => woken, Math.min(Math.max(flip, 1), AT_LEAST_EVERY))
    }
    const rest = began + NO_MORE_THAN_EVERY - Date.now()
    if (rest > 0) await sleep(rest)
  }
  await continueAsNew<typeof segmentUpkeep>()
}
