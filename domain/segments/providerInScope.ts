import type { Scope } from '../../rules/rule.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { requireProvider } from './requireProvider.ts'

/**
 * Our id of the provider for whom a rule that nobody has stored is evaluated; undefined for all of them, or where it is
 * evaluated for the whole business.
 *
 * @throws Problem 'invalid' at `/provider` for one that is not there, or in a request about the whole business
 */
export async function providerInScope(
  db: Database,
  { scope, provider }: { scope?: Scope | undefined; provider?: string | undefined },
): Promise<number | undefined> {
  if (provider === undefined) return undefined
  if (scope === 'provider') return requireProvider(db, provider, '/provider')
  const message = 'A provider only goes with the scope "provider"'
  throw new Problem('invalid', message, [{ path: '/provider', message }])
}
