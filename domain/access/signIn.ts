import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { passwordMatches } from './password.ts'
import { SESSION_DAYS } from './session.ts'
import { hashToken, makeToken } from './token.ts'
import type { User } from './users.ts'

const DAY = 86_400_000

/**
 * Checks email and password and begins a session. The same words and the same work whether the user is unknown or the
 * password is wrong.
 *
 * @returns the user and the session's token, which only its owner ever sees
 * @throws Problem 'wrong_credentials'
 */
export async function signIn(
  db: Database,
  email: string,
  password: string,
  now: Date,
): Promise<{ user: User; token: string }> {
  const wanted = normalEmail(email)
  const [row] = await rows<User & { password_hash: string }>(
    db,
    'SELECT id, email, name, role, provider_id AS providerId, password_hash FROM users WHERE email = ?',
    [wanted],
  )
  // the column's collation also takes é for e: an address has to be the same letter by letter
  const user = row !== undefined && normalEmail(row.email) === wanted ? row : null
  if (!(await passwordMatches(user?.password_hash ?? null, password)) || user === null) {
    throw new Problem('wrong_credentials', 'Email and password do not match. Check both and try again.')
  }
  const token = makeToken()
  await execute(db, 'DELETE FROM sessions WHERE expires_at <= ?', [now])
  await execute(db, 'INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)', [
    hashToken(token),
    user.id,
    now,
    new Date(now.getTime() + SESSION_DAYS * DAY),
  ])
  const { password_hash: _hash, ...known } = user
  return { user: known, token }
}

/** The form of an email under which users are kept and attempts are counted. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()
