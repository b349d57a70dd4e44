import type { Role } from '../../rules/access/permissions.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { requireProvider } from '../segments/requireProvider.ts'
import { hashPassword, makePassword } from './password.ts'
import { normalEmail } from './signIn.ts'
import type { UserLanguage } from './users.ts'
import { makeUserToken } from './userTokens.ts'

export type Invited = {
  email: string
  name: string
  role: Role
  /** The caller's id, for the role provider. */
  provider?: string | undefined
  language?: UserLanguage | undefined
}

/**
 * Makes an account that its owner opens by the link of a mail.
 *
 * @param by who invites
 * @returns our id, and the secret of the link
 * @throws Problem 'conflict' for an address that has an account; 'invalid' when the role and the provider don't go together
 */
export async function inviteUser(
  db: Database,
  invited: Invited,
  by: string,
  now: Date,
): Promise<{ id: number; token: string }> {
  const email = normalEmail(invited.email)
  const providerId = await providerOf(db, invited.role, invited.provider)
  // nobody knows it: the account opens by the link, or by the identity provider
  const hash = await hashPassword(makePassword())
  return db.transaction(async (trx) => {
    // one at a time, so that two invitations of one address are noticed
    await rows(trx, 'SELECT id FROM settings WHERE id = 1 FOR UPDATE')
    if ((await rows(trx, 'SELECT 1 FROM users WHERE email = ?', [email])).length > 0) {
      throw new Problem('conflict', `There is an account for ${email} already.`)
    }
    const [id = 0] = await trx('users').insert({
      email,
      name: invited.name,
      role: invited.role,
      provider_id: providerId,
      language: invited.language ?? null,
      password_hash: hash,
      no_password: true,
      invited_by: by,
      created_at: now,
    })
    return { id, token: await makeUserToken(trx, id, 'invitation', now) }
  })
}

/**
 * Our id of the provider whose user somebody is to be: one for the role provider, none for others.
 *
 * @throws Problem 'invalid' at `/provider`
 */
export async function providerOf(db: Database, role: Role, provider: string | undefined): Promise<number | null> {
  if (role === 'provider') {
    if (provider !== undefined) return requireProvider(db, provider, '/provider')
    const message = 'Say which provider they are'
    throw new Problem('invalid', message, [{ path: '/provider', message }])
  }
  if (provider === undefined) return null
  const message = 'Only somebody with the role provider belongs to one'
  throw new Problem('invalid', message, [{ path: '/provider', message }])
}
