import { type Database, execute } from '../database.ts'
import { retryDeadlock } from '../retry.ts'
import type { StoredAnswer } from './claimKey.ts'

/** Keeps the answer to the request that claimed a key. */
export async function storeAnswer(db: Database, caller: string, key: string, answer: StoredAnswer): Promise<void> {
  const sql = 'UPDATE idempotency_keys SET status = ?, body = ? WHERE caller = ? AND idempotency_key = ?'
  await retryDeadlock(() => execute(db, sql, [answer.status, answer.body, caller, key]))
}

/** Gives a key back whose request failed for a reason of ours: the caller may try again with it. */
export async function dropKey(db: Database, caller: string, key: string): Promise<void> {
  const sql = 'DELETE FROM idempotency_keys WHERE caller = ? AND idempotency_key = ? AND status IS NULL'
  await retryDeadlock(() => execute(db, sql, [caller, key]))
}
