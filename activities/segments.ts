import { Context } from '@temporalio/activity'
import type { Database } from '../domain/database.ts'
import { recomputeSegment } from '../domain/segments/recomputeSegment.ts'
import { refreshOnce, refreshWhileBusy } from '../domain/segments/refreshWhileBusy.ts'
import { heartbeating } from './heartbeat.ts'

/** `onEnqueued` is called when there is something for Temporal in the outbox. */
export type SegmentParts = { db: Database; clock: () => Date; onEnqueued?: () => void }

export type SegmentActivities = ReturnType<typeof segmentActivities>

/** What the workflows `segmentUpkeep` and `recompute` do. */
export function segmentActivities({ db, clock, onEnqueued }: SegmentParts) {
  return {
    /**
     * Looks at whoever is dirty or due, and begins the recalculations whose time has come, again and again while there is
     * something to do. Returns when time alone next changes anything, or asks for the next recalculation, as an ISO
     * instant; comes back early when the worker shuts down.
     */
    async keepRefreshed(): Promise<{ nextFlip: string | null }> {
      const { cancellationSignal } = Context.current()
      const next = await heartbeating(() => refreshWhileBusy(db, clock, () => cancellationSignal.aborted, onEnqueued))
      return { nextFlip: next?.toISOString() ?? null }
    },

    /** What {@link keepRefreshed} does, once: for workflows that began before it was there. */
    async refresh(): Promise<{ nextFlip: string | null }> {
      const next = await heartbeating(() => refreshOnce(db, clock(), onEnqueued))
      return { nextFlip: next?.toISOString() ?? null }
    },

    /** Evaluates a whole segment by its newest rule; its heartbeats say how far it is. */
    async recomputeSegment(key: string): Promise<void> {
      const activity = Context.current()
      await heartbeating(() =>
        recomputeSegment(db, key, clock(), async (progress) => {
          activity.heartbeat(progress)
          // rejects when the worker goes: what was staged is thrown away, another worker begins anew
          await Promise.race([activity.cancelled, Promise.resolve()])
        }),
      )
    },
  }
}
