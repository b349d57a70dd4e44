import { type Database, execute, rows } from '../database.ts'
import { SESSION_DAYS, SESSION_MAX_DAYS } from './session.ts'
import { hashToken } from './token.ts'
import type { User } from './users.ts'

const DAY = 86_400_000

/**
 * The user of a session. A session in use is prolonged, at most once an hour, so that most calls only read.
 *
 * @returns `prolonged` tells that the cookie should be sent again; null when there is no such session or it has ended
 */
export async function findSession(
  db: Database,
  token: string,
  now: Date,
): Promise<{ user: User; prolonged: boolean } | null> {
  const [row] = await rows<User & { started: Date; expires: Date }>(
    db,
    `SELECT u.id, u.email, u.name, u.role, u.provider_id AS providerId, s.created_at AS started, s.expires_at AS expires
     FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.token_hash = ? AND s.expires_at > ?`,
    [hashToken(token), now],
  )
  if (row === undefined) return null
  const { started, expires, ...user } = row
  const wanted = Math.min(now.getTime() + SESSION_DAYS * DAY, started.getTime() + SESSION_MAX_DAYS * DAY)
  const prolonged = wanted - expires.getTime() > 3_600_000
  if (prolonged) {
    await execute(db, 'UPDATE sessions SET expires_at = ? WHERE token_hash = ?', [new Date(wanted), hashToken(token)])
  }
  return { user, prolonged }
}
