import { type Database, execute, rows } from '../database.ts'
import { SESSION_DAYS } from './session.ts'
import { hashToken, makeToken } from './token.ts'

const DAY = 86_400_000

/** From where somebody comes: their address, and what their browser calls itself. */
export type Visitor = { address: string; device: string }

export type Session = {
  id: number
  startedAt: Date
  seenAt: Date
  expiresAt: Date
  address: string
  device: string
  /** The one that asks. */
  current: boolean
}

/**
 * Begins a session for somebody who has shown who they are.
 *
 * @returns its token, which only its owner ever sees
 */
export async function beginSession(db: Database, userId: number, visitor: Visitor, now: Date): Promise<string> {
  const token = makeToken()
  await execute(db, 'DELETE FROM sessions WHERE expires_at <= ?', [now])
  await execute(
    db,
    `INSERT INTO sessions (token_hash, user_id, created_at, expires_at, address, device, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      hashToken(token),
      userId,
      now,
      new Date(now.getTime() + SESSION_DAYS * DAY),
      visitor.address.slice(0, 45),
      visitor.device.slice(0, 300),
      now,
    ],
  )
  await execute(db, 'UPDATE users SET last_seen_at = ? WHERE id = ?', [now, userId])
  return token
}

/** Somebody's open sessions, the last used first. */
export async function listSessions(db: Database, userId: number, token: string | null, now: Date): Promise<Session[]> {
  const own = token === null ? Buffer.alloc(32) : hashToken(token)
  const found = await rows<Omit<Session, 'current'> & { current: number }>(
    db,
    `SELECT id, created_at AS startedAt, COALESCE(seen_at, created_at) AS seenAt, expires_at AS expiresAt, address, device,
       token_hash = ? AS current
     FROM sessions WHERE user_id = ? AND expires_at > ? ORDER BY COALESCE(seen_at, created_at) DESC, id DESC`,
    [own, userId, now],
  )
  return found.map((session) => ({ ...session, current: session.current === 1 }))
}

/**
 * Ends one of somebody's sessions.
 *
 * @returns whether they had it
 */
export async function endSession(db: Database, userId: number, id: number): Promise<boolean> {
  return (await execute(db, 'DELETE FROM sessions WHERE user_id = ? AND id = ?', [userId, id])) > 0
}

/**
 * Ends all of somebody's sessions: whatever they were, whoever has them signs in anew.
 *
 * @param except the token of one that goes on
 * @returns how many ended
 */
export function endSessions(db: Database, userId: number, except: string | null = null): Promise<number> {
  const kept = except === null ? Buffer.alloc(32) : hashToken(except)
  return execute(db, 'DELETE FROM sessions WHERE user_id = ? AND token_hash <> ?', [userId, kept])
}
