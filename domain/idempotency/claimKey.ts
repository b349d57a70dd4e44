import { type Database, execute, rows } from '../database.ts'
import { retryDeadlock } from '../retry.ts'

/** An answer that was given, to be given again. */
export type StoredAnswer = { status: number; body: string | null }

export type Claim =
  /** The caller is the first: it does the work, then stores or drops. */
  | { kind: 'ours' }
  /** Somebody does the work right now, or was interrupted while doing it. */
  | { kind: 'running' }
  /** The key stands for another request. */
  | { kind: 'mismatch' }
  | { kind: 'done'; answer: StoredAnswer }

/** Keys are remembered for a day. */
export const KEEP_MS = 86_400_000
/** Work that may be done twice and has no answer by then was interrupted. */
const INTERRUPTED_MS = 60_000

/**
 * Takes an Idempotency-Key for a request, or says what became of the request that took it. Of calls at the same time
 * exactly one gets 'ours'.
 *
 * @param wanted `caller`: who calls, the same key of another caller is another key; `requestHash`: SHA-256 of what was
 *   asked for; `repeatable`: whether the work may be done again when nobody knows how far it got
 */
export function claimKey(db: Database, wanted: Wanted, now: Date): Promise<Claim> {
  // each statement is a transaction of its own, and what one of them achieved is returned at once
  return retryDeadlock(() => claim(db, wanted, now))
}

type Wanted = { caller: string; key: string; requestHash: Buffer; repeatable: boolean }

async function claim(db: Database, { caller, key, requestHash, repeatable }: Wanted, now: Date): Promise<Claim> {
  if (await insert(db, caller, key, requestHash, now)) return { kind: 'ours' }
  if (await renew(db, caller, key, requestHash, now)) return { kind: 'ours' }
  const [row] = await rows<{ request_hash: Buffer; status: number | null; body: string | null; created_at: Date }>(
    db,
    'SELECT request_hash, status, body, created_at FROM idempotency_keys WHERE caller = ? AND idempotency_key = ?',
    [caller, key],
  )
  // dropped in this very moment: whoever held it failed, and the caller may try again
  if (row === undefined) return { kind: 'running' }
  if (!row.request_hash.equals(requestHash)) return { kind: 'mismatch' }
  if (row.status !== null) return { kind: 'done', answer: { status: row.status, body: row.body } }
  const interrupted = now.getTime() - row.created_at.getTime() > INTERRUPTED_MS
  if (repeatable && interrupted && (await takeOver(db, caller, key, row.created_at, now))) return { kind: 'ours' }
  return { kind: 'running' }
}

/** A key older than a day is as good as new: of those who come at once, one gets it. */
async function renew(db: Database, caller: string, key: string, hash: Buffer, now: Date): Promise<boolean> {
  const renewed = await execute(
    db,
    `UPDATE idempotency_keys SET request_hash = ?, status = NULL, body = NULL, created_at = ?
     WHERE caller = ? AND idempotency_key = ? AND created_at <= ?`,
    [hash, now, caller, key, new Date(now.getTime() - KEEP_MS)],
  )
  return renewed === 1
}

/** Of those who find a key abandoned, one gets it: whoever moves its time first. */
async function takeOver(db: Database, caller: string, key: string, before: Date, now: Date): Promise<boolean> {
  const moved = await execute(
    db,
    `UPDATE idempotency_keys SET created_at = ?
     WHERE caller = ? AND idempotency_key = ? AND created_at = ? AND status IS NULL`,
    [now, caller, key, before],
  )
  return moved === 1
}

async function insert(db: Database, caller: string, key: string, hash: Buffer, now: Date): Promise<boolean> {
  const inserted = await execute(
    db,
    'INSERT IGNORE INTO idempotency_keys (caller, idempotency_key, request_hash, created_at) VALUES (?, ?, ?, ?)',
    [caller, key, hash, now],
  )
  return inserted === 1
}
