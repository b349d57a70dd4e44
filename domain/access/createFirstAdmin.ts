import { type Database, execute, rows } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import { hashPassword, makePassword } from './password.ts'

export type Credentials = { email: string; password: string }

/**
 * Makes the first admin of an empty database. Processes that start at the same time make one between them.
 *
 * @param wanted the admin's email and password; a password is made up when it is undefined
 * @returns what to sign in with, to be shown once, or null when there is a user already
 */
export async function createFirstAdmin(
  db: Database,
  now: Date,
  wanted: Credentials | undefined,
): Promise<Credentials | null> {
  if (await hasUser(db)) return null
  const credentials = wanted ?? { email: 'admin@perennial.test', password: makePassword() }
  const passwordHash = await hashPassword(credentials.password)
  await readSettings(db)
  return db.transaction(async (trx) => {
    // the settings row is the one thing that everybody who starts can queue at
    await rows(trx, 'SELECT id FROM settings WHERE id = 1 FOR UPDATE')
    if (await hasUser(trx)) return null
    await execute(trx, 'INSERT INTO users (email, name, password_hash, role, created_at) VALUES (?, ?, ?, ?, ?)', [
      credentials.email.trim().toLowerCase(),
      'Admin',
      passwordHash,
      'admin',
      now,
    ])
    return credentials
  })
}

async function hasUser(db: Database): Promise<boolean> {
  return (await rows(db, 'SELECT 1 FROM users LIMIT 1')).length > 0
}
