import { type Database, execute } from './database.ts'

/** Work that goes on by itself, with the states in which it has not ended. */
const OPEN = {
  imports: ['uploading', 'ready', 'running'],
  backtests: ['running'],
  dry_runs: ['running'],
} as const

/** How it ends before its time: somebody cancels it, or it can't go on, with the reason in words. */
type End = { state: 'cancelled' } | { state: 'failed'; reason: string }

/** More of a reason is not kept. */
const MOST = 500

/** Ends a piece of work before its time; of what has ended nothing changes. What it has done until then stays. */
export async function endWork(db: Database, table: keyof typeof OPEN, id: number, end: End, now: Date): Promise<void> {
  await execute(db, `UPDATE ${table} SET state = ?, error = ?, finished_at = ? WHERE id = ? AND state IN (?)`, [
    ...[end.state, end.state === 'failed' ? end.reason.slice(0, MOST) : null, now, id],
    [...OPEN[table]],
  ])
}
