import { type Database, rows } from '../../database.ts'

/**
 * What stood decided by hand at an instant about a customer in a segment: in (true), out (false), or null where the rule
 * decided. All by our own ids; provider 0 for the whole business.
 */
export async function decidedByHand(
  db: Database,
  { segment, provider, customer }: { segment: number; provider: number; customer: number },
  at: Date,
): Promise<boolean | null> {
  const whose = 'segment_id = ? AND provider_id = ? AND customer_id = ?'
  const [found] = await rows<{ is_in: number }>(
    db,
    `SELECT is_in FROM segment_overrides WHERE ${whose} AND decided_at <= ?
     UNION ALL SELECT is_in FROM segment_overrides_history WHERE ${whose} AND known_from <= ? AND known_to > ?`,
    [segment, provider, customer, at, segment, provider, customer, at, at],
  )
  return found === undefined ? null : found.is_in === 1
}
