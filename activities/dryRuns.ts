import { Context } from '@temporalio/activity'
import { failDryRun } from '../domain/automations/dryRun/dryRun.ts'
import { runDryRun } from '../domain/automations/dryRun/runDryRun.ts'
import type { Database } from '../domain/database.ts'
import { heartbeating } from './heartbeat.ts'

export type DryRunActivities = ReturnType<typeof dryRunActivities>

/** What the workflow `dryRun` does. */
export function dryRunActivities({ db, clock }: { db: Database; clock: () => Date }) {
  return {
    /** Replays an automation; ends early when the worker goes, and begins anew. */
    async runDryRun(id: number): Promise<void> {
      const activity = Context.current()
      await heartbeating(() =>
        runDryRun(db, id, clock, async () => {
          await Promise.race([activity.cancelled, Promise.resolve()])
        }),
      )
    },

    failDryRun: (id: number, reason: string): Promise<void> => failDryRun(db, id, reason, clock()),
  }
}
