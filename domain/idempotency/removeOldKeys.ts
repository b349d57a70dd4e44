import { type Database, execute } from '../database.ts'
import { retryDeadlock } from '../retry.ts'
import { KEEP_MS } from './claimKey.ts'

/** Forgets keys older than a day, in small bites. Returns how many. */
export async function removeOldKeys(db: Database, now: Date): Promise<number> {
  const sql = 'DELETE FROM idempotency_keys WHERE created_at <= ? LIMIT 1000'
  let removed = 0
  for (;;) {
    const bite = await retryDeadlock(() => execute(db, sql, [new Date(now.getTime() - KEEP_MS)]))
    removed += bite
    if (bite < 1000) return removed
  }
}
