import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/**
 * Our own ids of the customer that a message is looked at as, and of the provider whose it would be; 0 for the whole
 * business.
 *
 * @throws Problem 'not_found' for one that is not known
 */
export async function findRecipient(
  db: Database,
  customer: string,
  provider: string | undefined,
): Promise<{ customerId: number; providerId: number }> {
  return {
    customerId: await idOf(db, 'customers', customer),
    providerId: provider === undefined ? 0 : await idOf(db, 'providers', provider),
  }
}

async function idOf(db: Database, table: 'customers' | 'providers', externalId: string): Promise<number> {
  const [row] = await rows<{ id: number }>(db, `SELECT id FROM ${table} WHERE external_id = ? AND known = 1`, [
    externalId,
  ])
  if (row === undefined) {
    throw new Problem('not_found', `There is no ${table === 'customers' ? 'customer' : 'provider'} ${externalId}`)
  }
  return row.id
}
