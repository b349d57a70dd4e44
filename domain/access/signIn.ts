import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { passwordMatches } from './password.ts'
import { provesSecondFactor, readSecondFactor } from './secondFactor.ts'
import { beginSession, type Visitor } from './sessions.ts'
import { USER_COLUMNS, type User } from './users.ts'

/**
 * Checks email, password and the second factor of those who have one, and begins a session. The same words and the same
 * work whether the user is unknown, deactivated, or the password is wrong.
 *
 * @param limitCodes counts an attempt at a code; only after the right password, so that nobody else can use it up
 * @returns the user and the session's token, which only its owner ever sees
 * @throws Problem 'wrong_credentials'; 'second_factor' when a code is missing, 'wrong_code' when it is not right
 */
export async function signIn(
  db: Database,
  { email, password, code }: { email: string; password: string; code?: string | undefined },
  visitor: Visitor,
  now: Date,
  limitCodes: (userId: number) => void = () => {},
): Promise<{ user: User; token: string }> {
  const user = await findByPassword(db, email, password)
  if (user === null) {
    throw new Problem('wrong_credentials', 'Email and password do not match. Check both and try again.')
  }
  if ((await readSecondFactor(db, user.id)).since !== null) {
    if (code === undefined)
      throw new Problem('second_factor', 'Type the code of your authenticator app, or a recovery code.')
    limitCodes(user.id)
    if (!(await provesSecondFactor(db, user.id, code, now))) {
      throw new Problem('wrong_code', 'This code is not right, or was used already. Wait for the next one.')
    }
  }
  return { user, token: await beginSession(db, user.id, visitor, now) }
}

async function findByPassword(db: Database, email: string, password: string): Promise<User | null> {
  const wanted = normalEmail(email)
  const [row] = await rows<User & { hash: string; closed: number }>(
    db,
    `SELECT ${USER_COLUMNS}, u.password_hash AS hash, u.no_password OR u.deactivated_at IS NOT NULL AS closed
     FROM users u WHERE u.email = ?`,
    [wanted],
  )
  // the column's collation also takes é for e: an address has to be the same letter by letter
  const found = row !== undefined && normalEmail(row.email) === wanted && row.closed === 0 ? row : null
  if (!(await passwordMatches(found?.hash ?? null, password)) || found === null) return null
  const { hash: _, closed: __, ...user } = found
  return user
}

/** Whether a password is somebody's own; they show it again before they change what guards their account. */
export async function isPasswordOf(db: Database, userId: number, password: string): Promise<boolean> {
  const sql = 'SELECT password_hash AS hash FROM users WHERE id = ? AND NOT no_password'
  const [row] = await rows<{ hash: string }>(db, sql, [userId])
  return passwordMatches(row?.hash ?? null, password)
}

/** The form of an email under which users are kept and attempts are counted. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()
