import { Context } from '@temporalio/activity'
import { failBacktest } from '../domain/backtests/endBacktest.ts'
import { runBacktest } from '../domain/backtests/runBacktest.ts'
import type { Database } from '../domain/database.ts'
import { heartbeating } from './heartbeat.ts'

export type BacktestParts = { db: Database; clock: () => Date }

export type BacktestActivities = ReturnType<typeof backtestActivities>

/** What the workflow `backtest` does. */
export function backtestActivities({ db, clock }: BacktestParts) {
  return {
    /** Plays a backtest or a forecast; ends early when the worker goes, and is taken up again after the last day written. */
    async runBacktest(id: number): Promise<void> {
      const activity = Context.current()
      await heartbeating(() =>
        runBacktest(db, id, clock, async () => {
          await Promise.race([activity.cancelled, Promise.resolve()])
        }),
      )
    },

    failBacktest: (id: number, reason: string): Promise<void> => failBacktest(db, id, reason, clock()),
  }
}
