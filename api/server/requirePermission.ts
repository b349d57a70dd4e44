import { Problem } from '../../domain/errors.ts'
import { hasPermission, type Permission, type Rights, rolesWith } from '../../rules/access/permissions.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import type { Caller } from './services.ts'

const NAMES = { admin: 'admins', manager: 'managers', provider: 'providers', read_only: 'read-only users' } as const

/** What a caller may do, as the table of permissions is asked. */
export const rightsOf = (caller: Caller): Rights =>
  caller.kind === 'user' ? { role: caller.role } : { scopes: caller.scopes, ofProvider: caller.providerId !== null }

/**
 * Whether somebody may make a call at all. Whose customers they may see by it is for the call to look at.
 *
 * @throws Problem 'unauthenticated' for nobody; 'forbidden', with the permission that is missing and who has it
 */
export function requirePermission(caller: Caller | null, permission: Endpoint['permission']): void {
  if (permission === 'open') return
  if (caller === null) throw new Problem('unauthenticated', 'Sign in, or send `Authorization: Bearer KEY`.')
  if (permission === 'signed_in') return
  if (!hasPermission(rightsOf(caller), permission)) throw missing(caller, permission)
  if (caller.kind === 'user' && caller.role === 'provider' && caller.providerId === null) {
    throw new Problem('forbidden', 'Nobody has said yet which provider you are.')
  }
}

function missing(caller: Caller, permission: Permission): Problem {
  const roles = rolesWith(permission)
  const who = new Intl.ListFormat('en', { type: 'conjunction' }).format(roles.map((role) => NAMES[role]))
  const how = caller.kind === 'key' ? `this key lacks it; ${who} have it` : `${who} have it`
  return new Problem('forbidden', `This needs the permission ${permission}: ${how}.`, [], { permission, roles })
}
