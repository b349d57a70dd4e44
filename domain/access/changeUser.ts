import type { Role } from '../../rules/access/permissions.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { providerOf } from './inviteUser.ts'
import { endSessions } from './sessions.ts'

export type UserChange = {
  name?: string | undefined
  role?: Role | undefined
  /** The caller's id of the provider whose user it is. */
  provider?: string | undefined
  active?: boolean | undefined
}

type Row = { name: string; role: Role; provider: string | null; deactivated_at: Date | null }

/**
 * Changes what an admin decides about somebody. Whose rights change, or end, signs in anew: all their sessions end.
 *
 * @throws Problem 'not_found'; 'conflict' for the last active admin, who can neither be demoted nor deactivated; 'invalid'
 *   when the role and the provider don't go together
 */
export async function changeUser(db: Database, id: number, change: UserChange, now: Date): Promise<void> {
  await db.transaction(async (trx) => {
    // one at a time, so that two admins can't demote each other
    await rows(trx, 'SELECT id FROM settings WHERE id = 1 FOR UPDATE')
    const [row] = await rows<Row>(
      trx,
      `SELECT u.name, u.role, p.external_id AS provider, u.deactivated_at
       FROM users u LEFT JOIN providers p ON p.id = u.provider_id WHERE u.id = ? FOR UPDATE`,
      [id],
    )
    if (row === undefined) throw new Problem('not_found', `There is no user ${id}`)
    const role = change.role ?? row.role
    const kept = role === 'provider' ? (row.provider ?? undefined) : undefined
    const providerId = await providerOf(trx, role, change.provider ?? kept)
    const active = change.active ?? row.deactivated_at === null
    if (row.role === 'admin' && row.deactivated_at === null && (role !== 'admin' || !active))
      await requireAnother(trx, id)
    await execute(trx, 'UPDATE users SET name = ?, role = ?, provider_id = ?, deactivated_at = ? WHERE id = ?', [
      change.name ?? row.name,
      role,
      providerId,
      active ? null : (row.deactivated_at ?? now),
      id,
    ])
    if (!active) await execute(trx, 'DELETE FROM user_tokens WHERE user_id = ?', [id])
    const sameRights = role === row.role && change.provider === undefined && active === (row.deactivated_at === null)
    if (!sameRights) await endSessions(trx, id)
  })
}

async function requireAnother(trx: Database, id: number): Promise<void> {
  const others = await rows(
    trx,
    "SELECT 1 FROM users WHERE role = 'admin' AND deactivated_at IS NULL AND NOT no_password AND id <> ? LIMIT 1",
    [id],
  )
  if (others.length === 0) {
    throw new Problem(
      'conflict',
      'This is the only admin: make somebody else one first, or nobody could change anything.',
    )
  }
}
