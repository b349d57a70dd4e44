import { Context } from '@temporalio/activity'
import type { Database } from '../domain/database.ts'
import { recomputeSegment } from '../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../domain/segments/refreshSegments.ts'
import { heartbeating } from './heartbeat.ts'

export type SegmentParts = { db: Database; clock: () => Date }

export type SegmentActivities = ReturnType<typeof segmentActivities>

/** What the workflows `segmentUpkeep` and `recompute` do. */
export function segmentActivities({ db, clock }: SegmentParts) {
  return {
    /** Looks at whoever is dirty or due. Returns when time alone next changes anything, as an ISO instant. */
    async refresh(): Promise<{ nextFlip: string | null }> {
      const { nextFlip } = await heartbeating(() => refreshSegments(db, clock()))
      return { nextFlip: nextFlip?.toISOString() ?? null }
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
