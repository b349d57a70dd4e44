import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/**
 * Our numeric id of a customer.
 *
 * @param of only a customer of this provider; null for anybody
 * @throws Problem 'not_found' when there is none with this id, or it is only named by others, or was deleted
 */
export async function knownCustomer(db: Database, externalId: string, of: number | null = null): Promise<number> {
  const [row] = await rows<{ id: number }>(
    db,
    `SELECT c.id FROM customers c WHERE c.external_id = ? AND c.known = 1 AND (? IS NULL OR EXISTS (
       SELECT 1 FROM relationships r WHERE r.customer_id = c.id AND r.provider_id = ?))`,
    [externalId, of, of],
  )
  if (row === undefined) throw new Problem('not_found', `There is no customer with the id ${externalId}.`)
  return row.id
}
