import { Problem } from '../domain/errors.ts'
import type { Caller } from './server/services.ts'

/**
 * What is the whole business's is not for somebody who sees their own customers only.
 *
 * @throws Problem 'forbidden' for a provider
 */
export function refuseProviders(caller: Caller | null): void {
  if (caller?.kind === 'user' && caller.role === 'provider') {
    throw new Problem('forbidden', 'A provider may not do this: it concerns the customers of the whole business.')
  }
}
