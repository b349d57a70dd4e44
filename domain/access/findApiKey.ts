import { timingSafeEqual } from 'node:crypto'
import { type Database, rows } from '../database.ts'
import { hashToken } from './token.ts'

export type ApiKey = { id: number; name: string }

/**
 * The API key that a caller sent. Keys are compared by their hashes only, so the time of an answer tells nothing.
 *
 * @param fixed the key that the environment gives all rights to, or undefined
 * @returns null when nobody has this key
 */
export async function findApiKey(db: Database, key: string, fixed: string | undefined): Promise<ApiKey | null> {
  const hashed = hashToken(key)
  if (fixed !== undefined && fixed !== '' && timingSafeEqual(hashed, hashToken(fixed))) {
    return { id: 0, name: 'PERENNIAL_API_KEY' }
  }
  const [row] = await rows<ApiKey>(db, 'SELECT id, name FROM api_keys WHERE key_hash = ?', [hashed])
  return row ?? null
}
