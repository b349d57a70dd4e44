import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/**
 * Our numeric id of a provider.
 *
 * @throws Problem 'not_found' when there is none with this id, or it is only named by others, or was deleted
 */
export async function knownProvider(db: Database, externalId: string): Promise<number> {
  const [row] = await rows<{ id: number }>(db, 'SELECT id FROM providers WHERE external_id = ? AND known = 1', [
    externalId,
  ])
  if (row === undefined) throw new Problem('not_found', `There is no provider ${externalId}`)
  return row.id
}
