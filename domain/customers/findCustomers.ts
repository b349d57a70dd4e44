import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/** Those of the named customers who are there, and the ids that name nobody. */
export type Found = { ids: number[]; unknown: string[] }

const CHUNK = 5_000

/**
 * Looks up customers for an act on many.
 *
 * @throws Problem 'invalid' when none of them is there
 */
export async function findCustomers(db: Database, externalIds: readonly string[]): Promise<Found> {
  const asked = [...new Set(externalIds)]
  const known = new Map<string, number>()
  for (let start = 0; start < asked.length; start += CHUNK) {
    const found = await rows<{ id: number; external_id: string }>(
      db,
      'SELECT id, external_id FROM customers WHERE known = 1 AND external_id IN (?)',
      [asked.slice(start, start + CHUNK)],
    )
    for (const { id, external_id } of found) known.set(external_id, id)
  }
  if (known.size === 0) {
    throw new Problem('invalid', 'None of these customers is there.', [
      { path: '/customers', message: 'Allowed are ids of customers that exist' },
    ])
  }
  return { ids: [...known.values()].sort((a, b) => a - b), unknown: asked.filter((id) => !known.has(id)) }
}
