import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { requireProvider } from '../requireProvider.ts'
import type { Target } from './decision.ts'

/**
 * A segment, with the provider where it is evaluated for each of them.
 *
 * @param at where the request names the provider
 * @throws Problem 'not_found'; 'invalid' when the provider is missing or unknown
 */
export async function findTarget(
  db: Database,
  key: string,
  provider: string | undefined,
  at: string,
): Promise<Target & { name: string }> {
  const [segment] = await rows<{ id: number; name: string; scope: Target['scope'] }>(
    db,
    'SELECT id, name, scope FROM segments WHERE `key` = ?',
    [key],
  )
  if (segment === undefined) throw new Problem('not_found', `There is no segment “${key}”.`)
  const { id: segmentId, name, scope } = segment
  const providerId = scope === 'business' ? 0 : await requireProvider(db, provider, at)
  return { segmentId, name, scope, providerId }
}

/**
 * Those of some customers who have to do with the provider: only they can be in its segments. Everybody has to do with the
 * whole business.
 */
export async function ownCustomers(db: Database, providerId: number, customers: readonly number[]): Promise<number[]> {
  if (providerId === 0 || customers.length === 0) return [...customers]
  const found = await rows<{ customer_id: number }>(
    db,
    'SELECT customer_id FROM relationships WHERE provider_id = ? AND customer_id IN (?)',
    [providerId, [...customers]],
  )
  return found.map(({ customer_id }) => customer_id)
}
