import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { readSegment, type Segment } from './readSegments.ts'

/**
 * A segment with the provider whose customers are meant: 0 for a segment of the whole business.
 *
 * @param provider the caller's own id of a provider, needed for a segment that is evaluated for each of them
 * @throws Problem 'not_found'; 'invalid' when the provider is missing, or there is none with that id
 */
export async function segmentOfProvider(
  db: Database,
  key: string,
  provider: string | undefined,
): Promise<{ segment: Segment; providerId: number }> {
  const segment = await readSegment(db, key)
  if (segment.scope === 'business') return { segment, providerId: 0 }
  return { segment, providerId: await requireProvider(db, provider, '/query/provider') }
}

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
