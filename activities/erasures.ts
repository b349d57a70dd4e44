import { Context } from '@temporalio/activity'
import type { Database } from '../domain/database.ts'
import { eraseCustomer } from '../domain/erasure/eraseCustomer.ts'
import { failErasure } from '../domain/erasure/erasures.ts'
import { wakeUpkeep } from '../domain/outbox/wakeUpkeep.ts'
import { heartbeating } from './heartbeat.ts'

export type ErasureActivities = ReturnType<typeof erasureActivities>

/** What the workflow `eraseCustomer` does. */
export function erasureActivities(parts: { db: Database; clock: () => Date; onEnqueued: () => void }) {
  const { db, clock, onEnqueued } = parts
  return {
    /** Erases somebody to the end; ends with the step in hand when the worker goes. */
    async eraseCustomerData(id: number): Promise<void> {
      const activity = Context.current()
      await heartbeating(() =>
        eraseCustomer(db, id, clock, async () => {
          await Promise.race([activity.cancelled, Promise.resolve()])
        }),
      )
      await wakeUpkeep(db, clock())
      onEnqueued()
    },

    failErasure: (id: number, reason: string): Promise<void> => failErasure(db, id, reason),
  }
}
