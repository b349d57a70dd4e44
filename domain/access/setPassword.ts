import { type Database, execute } from '../database.ts'
import { checkPassword } from './checkPassword.ts'
import { hashPassword } from './password.ts'
import { endSessions } from './sessions.ts'
import type { User, UserLanguage } from './users.ts'
import { readUserToken, type TokenKind, takeUserToken } from './userTokens.ts'

/**
 * Sets a password by the link of an invitation or of a mail to somebody who forgot theirs. All links and sessions of theirs
 * end by it.
 *
 * @param profile what somebody who was invited says about themselves
 * @throws Problem 'not_found' for a link that is not valid; 'invalid' for a password that is too easy
 */
export async function setPasswordByLink(
  db: Database,
  { token, kind, password }: { token: string; kind: TokenKind; password: string },
  now: Date,
  profile: { name?: string | undefined; language?: UserLanguage | undefined } = {},
): Promise<User> {
  const { user } = await readUserToken(db, token, kind, now)
  checkPassword(password, [user.email, user.name])
  const hash = await hashPassword(password)
  return db.transaction(async (trx) => {
    const taken = await takeUserToken(trx, token, kind, now)
    const name = profile.name ?? taken.name
    const language = profile.language ?? taken.language
    await execute(trx, 'UPDATE users SET password_hash = ?, no_password = FALSE, name = ?, language = ? WHERE id = ?', [
      hash,
      name,
      language,
      taken.id,
    ])
    await execute(trx, 'DELETE FROM user_tokens WHERE user_id = ?', [taken.id])
    await endSessions(trx, taken.id)
    return { ...taken, name, language }
  })
}

/** Replaces somebody's password, who has shown that they know the one before. @throws Problem 'invalid' for one too easy */
export async function changePassword(db: Database, user: User, password: string): Promise<void> {
  checkPassword(password, [user.email, user.name])
  const hash = await hashPassword(password)
  await execute(db, 'UPDATE users SET password_hash = ?, no_password = FALSE WHERE id = ?', [hash, user.id])
  await execute(db, 'DELETE FROM user_tokens WHERE user_id = ?', [user.id])
}
