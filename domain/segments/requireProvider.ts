import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/**
 * Our id of a provider.
 *
 * @throws Problem 'invalid' at a path when none is named, or there is none with that id
 */
export async function requireProvider(db: Database, provider: string | undefined, path: string): Promise<number> {
  const [row] =
    provider === undefined
      ? []
      : await rows<{ id: number }>(db, 'SELECT id FROM providers WHERE external_id = ? AND known = 1', [provider])
  if (row !== undefined) return row.id
  const message =
    provider === undefined
      ? 'This segment is evaluated for each provider: say which one'
      : `There is no provider ${provider}: allowed is the id of one that exists`
  throw new Problem('invalid', message, [{ path, message }])
}
