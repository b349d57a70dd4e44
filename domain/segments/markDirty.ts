import { type Database, execute } from '../database.ts'

/** A customer's relationship with one provider, or with the whole business (provider 0). */
export type Pair = { providerId: number; customerId: number }

/** Why a relationship is looked at again: something happened, or somebody loaded history, which is not news. */
export type DirtyCause = 'event' | 'historical'

const CHUNK = 5_000

/**
 * Notes that facts of these relationships changed, in the transaction that changes them: the next refresh looks at them
 * again. Marking one twice is harmless.
 */
export async function markDirty(trx: Database, pairs: readonly Pair[], cause: DirtyCause, now: Date): Promise<void> {
  for (let start = 0; start < pairs.length; start += CHUNK) {
    const chunk = pairs.slice(start, start + CHUNK)
    await execute(
      trx,
      `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
       VALUES ${chunk.map(() => '(?, ?, ?, ?)').join(', ')}`,
      chunk.flatMap(({ providerId, customerId }) => [providerId, customerId, cause, now]),
    )
  }
}
