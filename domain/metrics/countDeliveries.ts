import { type Database, rows } from '../database.ts'

/** How many messages are in each state. Reads an index over all deliveries: for a look every 15 s, not for each call. */
export async function countDeliveries(db: Database): Promise<Array<{ state: string; count: number }>> {
  return rows(db, 'SELECT state, COUNT(*) AS count FROM deliveries GROUP BY state')
}
