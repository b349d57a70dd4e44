import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { USER_COLUMNS, type User } from './users.ts'

/** Somebody as an admin sees them. */
export type ListedUser = Omit<User, 'providerId'> & {
  provider: { id: string; name: string } | null
  state: 'active' | 'invited' | 'deactivated'
  secondFactor: boolean
  createdAt: Date
  invitedBy: string | null
  lastSeenAt: Date | null
}

type Row = User & {
  provider: string | null
  provider_name: string | null
  no_password: number
  oidc_subject: string | null
  totp_since: Date | null
  deactivated_at: Date | null
  created_at: Date
  invited_by: string | null
  last_seen_at: Date | null
}

const SELECT = `SELECT ${USER_COLUMNS}, p.external_id AS provider, p.name AS provider_name, u.no_password, u.oidc_subject,
    u.totp_since, u.deactivated_at, u.created_at, u.invited_by, u.last_seen_at
  FROM users u LEFT JOIN providers p ON p.id = u.provider_id`

/** Everybody who may sign in, was invited to, or once might, by name. */
export async function listUsers(db: Database): Promise<ListedUser[]> {
  return (await rows<Row>(db, `${SELECT} ORDER BY u.deactivated_at IS NOT NULL, u.name, u.id`)).map(listed)
}

/** One of them. @throws Problem 'not_found' */
export async function readUser(db: Database, id: number): Promise<ListedUser> {
  const [row] = await rows<Row>(db, `${SELECT} WHERE u.id = ?`, [id])
  if (row === undefined) throw new Problem('not_found', `There is no user ${id}`)
  return listed(row)
}

const listed = (row: Row): ListedUser => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  language: row.language,
  provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
  state:
    row.deactivated_at !== null
      ? 'deactivated'
      : row.no_password === 1 && row.oidc_subject === null
        ? 'invited'
        : 'active',
  secondFactor: row.totp_since !== null,
  createdAt: row.created_at,
  invitedBy: row.invited_by,
  lastSeenAt: row.last_seen_at,
})
