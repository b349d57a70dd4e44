import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/**
 * Our id of a customer that a request names.
 *
 * @param of only a customer of this provider; null for anybody
 * @throws Problem 'invalid' at a path when there is none with that id
 */
export async function requireCustomer(
  db: Database,
  customer: string,
  path: string,
  of: number | null = null,
): Promise<number> {
  const [row] = await rows<{ id: number }>(
    db,
    `SELECT c.id FROM customers c WHERE c.external_id = ? AND c.known = 1 AND (? IS NULL OR EXISTS (
       SELECT 1 FROM relationships r WHERE r.customer_id = c.id AND r.provider_id = ?))`,
    [customer, of, of],
  )
  if (row !== undefined) return row.id
  const message = `There is no customer ${customer}: allowed is the id of one that exists`
  throw new Problem('invalid', message, [{ path, message }])
}
