import {
  condition,
  continueAsNew,
  defineSignal,
  patched,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import type { SegmentActivities } from '../activities/segments.ts'
import { SEGMENT_UPKEEP } from '../domain/temporal.ts'

/** A backlog of millions of changes may take minutes; a worker that dies over it is noticed by its silence. */
const { refresh, keepRefreshed } = proxyActivities<SegmentActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
})

/** A net under the signals and the flips, in milliseconds: nothing waits longer, whatever was lost. */
const AT_LEAST_EVERY = 30_000
/** Before the activity kept the pace itself: how far apart refreshes began, in milliseconds. */
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
  // a durable timer of less than a second may fire a second late: under steady traffic the activity keeps the pace
  const paced = patched('the activity keeps the pace')
  while (!workflowInfo().continueAsNewSuggested) {
    woken = false
    const began = Date.now()
    const { nextFlip } = await (paced ? keepRefreshed() : refresh())
    if (!woken) {
      const flip = nextFlip === null ? AT_LEAST_EVERY : Date.parse(nextFlip) - Date.now()
      await condition(() => woken, Math.min(Math.max(flip, 1), AT_LEAST_EVERY))
    }
    const rest = began + NO_MORE_THAN_EVERY - Date.now()
    if (!paced && rest > 0) await sleep(rest)
  }
  await continueAsNew<typeof segmentUpkeep>()
}
