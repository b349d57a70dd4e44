import { type Database, rows } from '../database.ts'

/** What a provider is called: the caller's id, and the name, or the id where they have none. */
export async function nameProvider(db: Database, providerId: number): Promise<{ id: string; name: string }> {
  const [row] = await rows<{ id: string; name: string }>(
    db,
    'SELECT external_id AS id, COALESCE(name, external_id) AS name FROM providers WHERE id = ?',
    [providerId],
  )
  if (row === undefined) throw new Error(`There is no provider ${providerId}`)
  return row
}
