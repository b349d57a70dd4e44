import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { beginSession, type Visitor } from './sessions.ts'
import { normalEmail } from './signIn.ts'
import { USER_COLUMNS, type User } from './users.ts'

/** What an identity provider says about whoever signed in there. */
export type Identity = { subject: string; email: string | undefined; emailVerified: boolean }

/**
 * Begins a session for somebody whom the identity provider knows. The first time they are found by their address, which the
 * provider has to have verified, among those who have an account or an invitation here; from then on by what the provider
 * calls them. Their rights are those of our own table. Its own second factor is the provider's affair.
 *
 * @throws Problem 'forbidden' for somebody whom nobody has invited, whose address is not verified, or who comes under another
 *   name than before
 */
export async function signInByOidc(
  db: Database,
  identity: Identity,
  visitor: Visitor,
  now: Date,
): Promise<{ user: User; token: string }> {
  const user = (await bySubject(db, identity.subject)) ?? (await byAddress(db, identity))
  if (user === null) throw new Problem('forbidden', 'Nobody has invited this address.')
  // an open invitation is accepted by this
  await execute(db, 'DELETE FROM user_tokens WHERE user_id = ?', [user.id])
  return { user, token: await beginSession(db, user.id, visitor, now) }
}

async function bySubject(db: Database, subject: string): Promise<User | null> {
  const sql = `SELECT ${USER_COLUMNS} FROM users u WHERE u.oidc_subject = ? AND u.deactivated_at IS NULL`
  const [row] = await rows<User>(db, sql, [subject])
  return row ?? null
}

async function byAddress(db: Database, { subject, email, emailVerified }: Identity): Promise<User | null> {
  if (email === undefined || !emailVerified) return null
  const wanted = normalEmail(email)
  const sql = `SELECT ${USER_COLUMNS} FROM users u
    WHERE u.email = ? AND u.deactivated_at IS NULL AND u.oidc_subject IS NULL`
  const [row] = await rows<User>(db, sql, [wanted])
  // the column's collation also takes é for e
  if (row === undefined || normalEmail(row.email) !== wanted) return null
  const bound = await execute(db, 'UPDATE users SET oidc_subject = ? WHERE id = ? AND oidc_subject IS NULL', [
    subject,
    row.id,
  ])
  return bound > 0 ? row : null
}
