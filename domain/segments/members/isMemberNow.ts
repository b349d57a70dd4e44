import { type Database, rows } from '../../database.ts'

/** Whether a customer stands among the members of a segment, whatever its rule says at this moment. Our own ids. */
export async function isMemberNow(
  db: Database,
  { segment, provider, customer }: { segment: number; provider: number; customer: number },
): Promise<boolean> {
  const found = await rows(
    db,
    'SELECT 1 FROM segment_members WHERE segment_id = ? AND provider_id = ? AND customer_id = ?',
    [segment, provider, customer],
  )
  return found.length > 0
}
