import { type Database, execute, rows } from '../database.ts'

/** An answer that was given, to be given again. */
export type StoredAnswer = { status: number; body: string | null }

export type Claim =
  /** The caller is the first: it does the work, then stores or drops. */
  | { kind: 'ours' }
  /** Somebody does the work right now, or was killed while doing it. */
  | { kind: 'running' }
  /** The key stands for another request. */
  | { kind: 'mismatch' }
  | { kind: 'done'; answer: StoredAnswer }

/** Keys are remembered for a day. */
export const KEEP_MS = 86_400_000

/**
 * Takes an Idempotency-Key for a request, or says what became of the request that took it. Of calls at the same time
 * exactly one gets 'ours'.
 *
 * @param caller who calls; the same key of another caller is another key
 * @param requestHash SHA-256 of what was asked for
 */
export async function claimKey(
  db: Database,
  caller: string,
  key: string,
  requestHash: Buffer,
  now: Date,
): Promise<Claim> {
  if (await insert(db, caller, key, requestHash, now)) return { kind: 'ours' }
  await execute(db, 'DELETE FROM idempotency_keys WHERE caller = ? AND idempotency_key = ? AND created_at <= ?', [
    caller,
    key,
    new Date(now.getTime() - KEEP_MS),
  ])
  if (await insert(db, caller, key, requestHash, now)) return { kind: 'ours' }
  const [row] = await rows<{ request_hash: Buffer; status: number | null; body: string | null }>(
    db,
    'SELECT request_hash, status, body FROM idempotency_keys WHERE caller = ? AND idempotency_key = ?',
    [caller, key],
  )
  // dropped in this very moment: whoever held it failed, and the caller may try again
  if (row === undefined) return { kind: 'running' }
  if (!row.request_hash.equals(requestHash)) return { kind: 'mismatch' }
  if (row.status === null) return { kind: 'running' }
  return { kind: 'done', answer: { status: row.status, body: row.body } }
}

async function insert(db: Database, caller: string, key: string, hash: Buffer, now: Date): Promise<boolean> {
  const inserted = await execute(
    db,
    'INSERT IGNORE INTO idempotency_keys (caller, idempotency_key, request_hash, created_at) VALUES (?, ?, ?, ?)',
    [caller, key, hash, now],
  )
  return inserted === 1
}
