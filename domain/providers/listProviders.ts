import { type Database, rows } from '../database.ts'

export type Provider = { id: string; name: string; email: string | null; customers: number }

/**
 * All known providers by name, with the number of customers who have a booking with them.
 *
 * @param own only this one; null for all
 */
export async function listProviders(db: Database, own: number | null = null): Promise<Provider[]> {
  return rows<Provider>(
    db,
    `SELECT p.external_id AS id, COALESCE(p.name, p.external_id) AS name, p.email,
       (SELECT COUNT(*) FROM relationships r WHERE r.provider_id = p.id AND r.bookings > 0) AS customers
     FROM providers p WHERE p.known = 1 AND (? IS NULL OR p.id = ?) ORDER BY name, p.id`,
    [own, own],
  )
}
