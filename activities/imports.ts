import { Context } from '@temporalio/activity'
import type { Database } from '../domain/database.ts'
import { failImport } from '../domain/imports/changeImport.ts'
import { runImport } from '../domain/imports/runImport.ts'
import { wakeUpkeep } from '../domain/outbox/wakeUpkeep.ts'
import { heartbeating } from './heartbeat.ts'

export type ImportParts = {
  db: Database
  clock: () => Date
  /** Called when there is something for Temporal in the outbox. */
  onEnqueued: () => void
}

export type ImportActivities = ReturnType<typeof importActivities>

/** How many parts are stored before segments are looked at: what was imported shows while the rest is on its way. */
const PARTS_UNSEEN = 10

/** What the workflow `importCustomers` does. */
export function importActivities({ db, clock, onEnqueued }: ImportParts) {
  const wake = async () => {
    await wakeUpkeep(db, clock())
    onEnqueued()
  }
  return {
    /** Takes a file in to its end; ends with the part in hand when the worker goes, and is taken up again after it. */
    async importRows(id: number): Promise<void> {
      const activity = Context.current()
      let parts = 0
      await heartbeating(() =>
        runImport(db, id, clock, async () => {
          if (++parts % PARTS_UNSEEN === 0) await wake()
          await Promise.race([activity.cancelled, Promise.resolve()])
        }),
      )
      await wake()
    },

    failImport: (id: number, reason: string): Promise<void> => failImport(db, id, reason, clock()),
  }
}
