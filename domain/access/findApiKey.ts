import { timingSafeEqual } from 'node:crypto'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { hashToken } from './token.ts'

/** A key by which a program calls. */
export type ApiKey = {
  id: number
  name: string
  /** What it may do; null: everything. */
  scopes: readonly string[] | null
  /** Our id of the one provider with whose customers it has to do; null: of the whole business. */
  providerId: number | null
}

/** When a key was last used is known to the minute, so that most calls only read. */
const USED_EVERY = 60_000

/**
 * The API key that a caller sent. Keys are compared by their hashes only, so the time of an answer tells nothing.
 *
 * @param fixed the key that the environment gives all rights to, or undefined
 * @returns null when nobody has this key, or it is revoked or over
 */
export async function findApiKey(
  db: Database,
  key: string,
  fixed: string | undefined,
  now: Date,
): Promise<ApiKey | null> {
  const hashed = hashToken(key)
  if (fixed !== undefined && fixed !== '' && timingSafeEqual(hashed, hashToken(fixed))) {
    return { id: 0, name: 'PERENNIAL_API_KEY', scopes: null, providerId: null }
  }
  const [row] = await rows<Omit<ApiKey, 'scopes'> & { scopes: string | null; used: Date | null }>(
    db,
    `SELECT id, name, scopes, provider_id AS providerId, last_used_at AS used FROM api_keys
     WHERE key_hash = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)`,
    [hashed, now],
  )
  if (row === undefined) return null
  const { used, scopes, ...found } = row
  if (used === null || now.getTime() - used.getTime() > USED_EVERY) {
    await execute(db, 'UPDATE api_keys SET last_used_at = ? WHERE id = ?', [now, row.id])
  }
  // a list that can't be read gives nothing
  return { ...found, scopes: scopes === null ? null : (fromJson<string[]>(scopes) ?? []) }
}
