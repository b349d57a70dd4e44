import { Context } from '@temporalio/activity'
import type { Database } from '../domain/database.ts'
import { recomputeStatuses } from '../domain/statuses/recomputeStatuses.ts'
import { heartbeating } from './heartbeat.ts'

export type StatusActivities = ReturnType<typeof statusActivities>

/** What the workflow `recomputeStatuses` does. */
export function statusActivities({ db, clock }: { db: Database; clock: () => Date }) {
  return {
    /** Decides about everybody by the newest rules; its heartbeats say how far it is. */
    async decideStatuses(): Promise<void> {
      const activity = Context.current()
      await heartbeating(() =>
        recomputeStatuses(db, clock(), async (progress) => {
          activity.heartbeat(progress)
          // rejects when the worker goes: another one goes on behind the last chunk
          await Promise.race([activity.cancelled, Promise.resolve()])
        }),
      )
    },
  }
}
