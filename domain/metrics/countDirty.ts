import { type Database, rows } from '../database.ts'

/** The length of the queue that a refresh of the segments empties. */
export async function countDirty(db: Database): Promise<number> {
  const [row] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM dirty_relationships')
  return row?.count ?? 0
}
