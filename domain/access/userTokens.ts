import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { hashToken, makeToken } from './token.ts'
import { USER_COLUMNS, type User } from './users.ts'

export type TokenKind = 'invitation' | 'reset'

/** For how long the link of a mail is good, in hours. */
export const HOURS: Record<TokenKind, number> = { invitation: 7 * 24, reset: 1 }

/**
 * Makes the secret of a link by which somebody sets a password. It takes the place of earlier ones of its kind; the
 * database keeps its hash only.
 */
export async function makeUserToken(db: Database, userId: number, kind: TokenKind, now: Date): Promise<string> {
  const token = makeToken()
  await execute(db, 'DELETE FROM user_tokens WHERE user_id = ? AND kind = ?', [userId, kind])
  await execute(
    db,
    'INSERT INTO user_tokens (token_hash, user_id, kind, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
    [hashToken(token), userId, kind, now, new Date(now.getTime() + HOURS[kind] * 3_600_000)],
  )
  return token
}

/**
 * Whose link it is.
 *
 * @throws Problem 'not_found' with the same words for one that is unknown, used or too old
 */
export async function readUserToken(
  db: Database,
  token: string,
  kind: TokenKind,
  now: Date,
): Promise<{ user: User; expiresAt: Date }> {
  const [row] = await rows<User & { expiresAt: Date }>(
    db,
    `SELECT ${USER_COLUMNS}, t.expires_at AS expiresAt FROM user_tokens t JOIN users u ON u.id = t.user_id
     WHERE t.token_hash = ? AND t.kind = ? AND t.expires_at > ? AND u.deactivated_at IS NULL`,
    [hashToken(token), kind, now],
  )
  if (row === undefined) throw new Problem('not_found', 'This link is not valid any more: ask for a new one.')
  const { expiresAt, ...user } = row
  return { user, expiresAt }
}

/** Uses a link up. Of two who come at the same time one is told that it is not valid any more. @throws as {@link readUserToken} */
export async function takeUserToken(trx: Database, token: string, kind: TokenKind, now: Date): Promise<User> {
  const { user } = await readUserToken(trx, token, kind, now)
  const taken = await execute(trx, 'DELETE FROM user_tokens WHERE token_hash = ?', [hashToken(token)])
  if (taken === 0) throw new Problem('not_found', 'This link is not valid any more: ask for a new one.')
  return user
}
