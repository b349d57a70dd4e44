import type { Database } from '../database.ts'
import { readSegment, type Segment } from './readSegments.ts'
import { requireProvider } from './requireProvider.ts'

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
