import { Context } from '@temporalio/activity'
import type { Database } from '../domain/database.ts'
import { startDueRecalculations } from '../domain/segments/recalculation/startDue.ts'
import { recomputeSegment } from '../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../domain/segments/refreshSegments.ts'
import { heartbeating } from './heartbeat.ts'

export type SegmentParts = { db: Database; clock: () => Date }

export type SegmentActivities = ReturnType<typeof segmentActivities>

/** What the workflows `segmentUpkeep` and `recompute` do. */
export function segmentActivities({ db, clock }: SegmentParts) {
  return {
    /**
     * Looks at whoever is dirty or due, and begins the recalculations whose time has come. Returns when time alone next
     * changes anything, or asks for the next recalculation, as an ISO instant.
     */
    async refresh(): Promise<{ nextFlip: string | null }> {
      return heartbeating(async () => {
        const { nextFlip } = await refreshSegments(db, clock())
        const nextRecalculation = await startDueRecalculations(db, clock())
        const [next] = [nextFlip, nextRecalculation]
          .filter((at) => at !== null)
          .sort((a, b) => a.getTime() - b.getTime())
        return { nextFlip: next?.toISOString() ?? null }
      })
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
