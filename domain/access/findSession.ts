import { type Database, execute, rows } from '../database.ts'
import { SESSION_DAYS, SESSION_MAX_DAYS } from './session.ts'
import { hashToken } from './token.ts'
import { USER_COLUMNS, type User } from './users.ts'

const DAY = 86_400_000
/** When somebody was last here is known to the minute, so that most calls only read. */
const SEEN_EVERY = 60_000

/**
 * The user of a session. A session in use is prolonged, at most once an hour; somebody who was deactivated has none.
 *
 * @param address from where the call comes, for the list of sessions
 * @returns `prolonged` tells that the cookie should be sent again; null when there is no such session or it has ended
 */
export async function findSession(
  db: Database,
  token: string,
  now: Date,
  address = '',
): Promise<{ user: User; prolonged: boolean } | null> {
  const [row] = await rows<User & { started: Date; expires: Date; seen: Date | null }>(
    db,
    `SELECT ${USER_COLUMNS}, s.created_at AS started, s.expires_at AS expires, s.seen_at AS seen
     FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.token_hash = ? AND s.expires_at > ? AND u.deactivated_at IS NULL`,
    [hashToken(token), now],
  )
  if (row === undefined) return null
  const { started, expires, seen, ...user } = row
  const wanted = Math.min(now.getTime() + SESSION_DAYS * DAY, started.getTime() + SESSION_MAX_DAYS * DAY)
  const prolonged = wanted - expires.getTime() > 3_600_000
  if (prolonged || seen === null || now.getTime() - seen.getTime() > SEEN_EVERY) {
    const until = prolonged ? new Date(wanted) : expires
    await execute(
      db,
      `UPDATE sessions SET expires_at = ?, seen_at = ?, address = COALESCE(NULLIF(?, ''), address) WHERE token_hash = ?`,
      [until, now, address.slice(0, 45), hashToken(token)],
    )
    await execute(db, 'UPDATE users SET last_seen_at = ? WHERE id = ?', [now, user.id])
  }
  return { user, prolonged }
}
