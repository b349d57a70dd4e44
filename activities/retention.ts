import { Context } from '@temporalio/activity'
import type { Database } from '../domain/database.ts'
import { wakeUpkeep } from '../domain/outbox/wakeUpkeep.ts'
import { failRemoval, removePast } from '../domain/retention/removePast.ts'
import { finishRun, kindsOfRun } from '../domain/retention/runs.ts'
import { heartbeating } from './heartbeat.ts'

export type RetentionActivities = ReturnType<typeof retentionActivities>

/** What the workflow `applyRetention` does. `onEnqueued` is called when there is something for Temporal in the outbox. */
export function retentionActivities(parts: { db: Database; clock: () => Date; onEnqueued: () => void }) {
  const { db, clock, onEnqueued } = parts
  return {
    kindsOfRun: (run: number): Promise<string[]> => kindsOfRun(db, run),

    /** Removes what is past its period of one kind; ends with the batch in hand when the worker goes. */
    async removePast(run: number, kind: string): Promise<void> {
      const activity = Context.current()
      await heartbeating(() =>
        removePast(db, run, kind, clock, async () => {
          await Promise.race([activity.cancelled, Promise.resolve()])
        }),
      )
      if (kind !== 'customers') return
      // who was erased is in no segment any more
      await wakeUpkeep(db, clock())
      onEnqueued()
    },

    failRemoval: (run: number, kind: string, reason: string): Promise<void> => failRemoval(db, run, kind, reason),

    finishRun: (run: number): Promise<void> => finishRun(db, run, clock()),
  }
}
