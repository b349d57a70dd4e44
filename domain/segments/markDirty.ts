import type { Database } from '../database.ts'
import { insertRows } from '../insertRows.ts'

/** A customer's relationship with one provider, or with the whole business (provider 0). */
export type Pair = { providerId: number; customerId: number }

/**
 * Why a relationship is looked at again: something happened, somebody loaded history, which is not news, or another
 * segment that is asked for has other members, by its rule, by hand, or since it was recalculated by the clock.
 */
export type DirtyCause = 'event' | 'by_hand' | 'historical' | 'rule_change' | 'time'

/**
 * Notes that facts of these relationships changed, in the transaction that changes them: the next refresh looks at them
 * again. Marking one twice is harmless.
 */
export async function markDirty(trx: Database, pairs: readonly Pair[], cause: DirtyCause, now: Date): Promise<void> {
  await insertRows(
    trx,
    'dirty_relationships',
    ['provider_id', 'customer_id', 'cause', 'marked_at'],
    pairs.map(({ providerId, customerId }) => [providerId, customerId, cause, now]),
  )
}
