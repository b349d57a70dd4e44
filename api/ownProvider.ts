import { Problem } from '../domain/errors.ts'
import type { Caller } from './server/services.ts'

/**
 * Our id of the provider whose things somebody may see and change, where that is not everything: a user who is a provider
 * has to do with their own only. So has a key that was made for one provider. Null for everybody else.
 *
 * @throws Problem 'forbidden' for a provider’s user of whom nobody has said whose
 */
export function ownProvider(caller: Caller | null): number | null {
  if (caller === null) return null
  if (caller.kind === 'key') return caller.providerId
  if (caller.role !== 'provider') return null
  if (caller.providerId === null) throw new Problem('forbidden', 'Nobody has said yet which provider you are.')
  return caller.providerId
}

/**
 * Whether somebody may have to do with a provider.
 *
 * @param providerId our id
 * @throws Problem 'not_found': whoever has to do with one provider learns nothing of others, not even that they are there
 */
export function requireOwn(caller: Caller | null, providerId: number): void {
  const own = ownProvider(caller)
  if (own !== null && own !== providerId) throw new Problem('not_found', 'There is no such provider.')
}
