import { type Database, rows } from '../database.ts'

/**
 * Waits until no other refresh and no finishing recompute runs; held to the end of the transaction.
 *
 * @returns the moment that the last refresh has brought the segments to; null before the first one
 */
export async function lockUpkeep(trx: Database): Promise<Date | null> {
  const [row] = await rows<{ refreshed_to: Date | null }>(
    trx,
    'SELECT refreshed_to FROM segment_upkeep WHERE id = 1 FOR UPDATE',
  )
  return row?.refreshed_to ?? null
}
