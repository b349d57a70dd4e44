import { ALL_PERMISSIONS, type Permission, roleMay } from '../../rules/access/permissions.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { requireProvider } from '../segments/requireProvider.ts'
import { hashToken, makeToken } from './token.ts'

/** A key as it is listed: everything but itself. */
export type ListedKey = {
  id: number
  name: string
  /** Its first letters. */
  prefix: string
  /** Null: everything. */
  scopes: Permission[] | null
  provider: { id: string; name: string } | null
  createdAt: Date
  createdBy: string | null
  expiresAt: Date | null
  lastUsedAt: Date | null
  revokedAt: Date | null
}

type Row = Omit<ListedKey, 'scopes' | 'provider'> & {
  scopes: string | null
  provider: string | null
  provider_name: string | null
}

const SELECT = `SELECT k.id, k.name, k.prefix, k.scopes, p.external_id AS provider, p.name AS provider_name,
    k.created_at AS createdAt, k.created_by AS createdBy, k.expires_at AS expiresAt, k.last_used_at AS lastUsedAt,
    k.revoked_at AS revokedAt
  FROM api_keys k LEFT JOIN providers p ON p.id = k.provider_id`

/** All keys, those in force first, the newest first. */
export async function listKeys(db: Database): Promise<ListedKey[]> {
  return (await rows<Row>(db, `${SELECT} ORDER BY k.revoked_at IS NOT NULL, k.id DESC`)).map(listed)
}

/** One of them. @throws Problem 'not_found' */
export async function readKey(db: Database, id: number): Promise<ListedKey> {
  const [row] = await rows<Row>(db, `${SELECT} WHERE k.id = ?`, [id])
  if (row === undefined) throw new Problem('not_found', `There is no API key ${id}`)
  return listed(row)
}

function listed({ provider, provider_name, scopes, ...key }: Row): ListedKey {
  const known = fromJson<string[]>(scopes)
  return {
    ...key,
    scopes: known === null ? null : ALL_PERMISSIONS.filter((permission) => known.includes(permission)),
    provider: provider === null ? null : { id: provider, name: provider_name ?? provider },
  }
}

export type NewKey = {
  name: string
  scopes: readonly Permission[] | null
  provider?: string | undefined
  expiresAt: Date | null
}

/**
 * Makes a key for a program.
 *
 * @returns our id, and the key itself, which nobody can read again
 * @throws Problem 'invalid' for an expiry that is over, an unknown provider, or scopes that no provider has
 */
export async function createKey(
  db: Database,
  { name, scopes, provider, expiresAt }: NewKey,
  by: string,
  now: Date,
): Promise<{ id: number; key: string }> {
  const refuse = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
  if (expiresAt !== null && expiresAt <= now) throw refuse('/expires_at', 'Has to lie in the future')
  const providerId = provider === undefined ? null : await requireProvider(db, provider, '/provider')
  if (providerId !== null) {
    const beyond = scopes?.find((scope) => !roleMay('provider', scope))
    if (beyond !== undefined)
      throw refuse('/scopes', `A key of a provider can’t have ${beyond}: no provider may do that`)
  }
  const key = `pk_${makeToken()}`
  const [id = 0] = await db('api_keys').insert({
    name,
    key_hash: hashToken(key),
    prefix: key.slice(0, 9),
    scopes: scopes === null ? null : JSON.stringify([...scopes]),
    provider_id: providerId,
    created_by: by,
    created_at: now,
    expires_at: expiresAt,
  })
  return { id, key }
}

/** Ends a key for good; it stays in the list, for the record. @throws Problem 'not_found' */
export async function revokeKey(db: Database, id: number, now: Date): Promise<void> {
  await readKey(db, id)
  await execute(db, 'UPDATE api_keys SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?', [now, id])
}
