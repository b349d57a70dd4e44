import { timingSafeEqual } from 'node:crypto'
import { type Database, rows } from '../database.ts'
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

/**
 * The API key that a caller sent. Keys are compared by their hashes only, so the time of an answer tells nothing.
 *
 * @param fixed the key that the environment gives all rights to, or undefined
 * @returns null when nobody has this key
 */
export async function findApiKey(db: Database, key: string, fixed: string | undefined): Promise<ApiKey | null> {
  const hashed = hashToken(key)
  if (fixed !== undefined && fixed !== '' && timingSafeEqual(hashed, hashToken(fixed))) {
    return { id: 0, name: 'PERENNIAL_API_KEY', scopes: null, providerId: null }
  }
  const [row] = await rows<Pick<ApiKey, 'id' | 'name'>>(db, 'SELECT id, name FROM api_keys WHERE key_hash = ?', [
    hashed,
  ])
  return row === undefined ? null : { ...row, scopes: null, providerId: null }
}
