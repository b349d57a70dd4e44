import { type Database, execute } from '../database.ts'
import { chunksOf } from './applyChanges.ts'
import type { LiveSegment } from './liveSegments.ts'
import type { Pair } from './markDirty.ts'

/** Notes whom a transaction has looked at: a recompute that runs meanwhile looks at them again at its end. */
export async function noteTouched(
  trx: Database,
  segments: readonly LiveSegment[],
  touched: readonly Pair[],
): Promise<void> {
  for (const { pending, scope } of segments) {
    if (pending === null) continue
    const pairs = touched.filter(({ providerId }) => (providerId === 0) === (scope === 'business'))
    for (const chunk of chunksOf(pairs)) {
      await execute(
        trx,
        `INSERT IGNORE INTO segment_touched (recomputation_id, provider_id, customer_id)
         VALUES ${chunk.map(() => '(?, ?, ?)').join(', ')}`,
        chunk.flatMap(({ providerId, customerId }) => [pending.recomputation, providerId, customerId]),
      )
    }
  }
}
