import { type Database, rows } from '../database.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { chunksOf } from '../segments/applyChanges.ts'
import { isInUse } from '../segments/factsInUse.ts'
import { markDirty, type Pair } from '../segments/markDirty.ts'
import { SEGMENT_UPKEEP } from '../temporal.ts'

/**
 * Marks the relationships whose rewards have changed, in the transaction that changes them, and wakes the upkeep of
 * segments. Nothing happens while no rule asks for rewards.
 */
export async function tellRules(trx: Database, pairs: readonly Pair[], now: Date): Promise<void> {
  if (pairs.length > 0 && (await isInUse(trx, 'reward'))) await mark(trx, pairs, now)
}

/** The same for rewards that were given: they also make somebody a provider's own customer who was none before. */
export async function tellOfGifts(trx: Database, pairs: readonly Pair[], now: Date): Promise<void> {
  if (pairs.length > 0 && (await isInUse(trx, 'reward'))) return mark(trx, pairs, now)
  for (const chunk of chunksOf(pairs)) {
    const related = await rows<{ pair: string }>(
      trx,
      "SELECT CONCAT(provider_id, ' ', customer_id) AS pair FROM relationships WHERE customer_id IN (?)",
      [chunk.map(({ customerId }) => customerId)],
    )
    const known = new Set(related.map(({ pair }) => pair))
    const strangers = chunk.filter(({ providerId, customerId }) => !known.has(`${providerId} ${customerId}`))
    if (strangers.length > 0) await mark(trx, strangers, now)
  }
}

async function mark(trx: Database, pairs: readonly Pair[], now: Date): Promise<void> {
  await markDirty(trx, pairs, 'event', now)
  // the worker has no way to wake anybody by itself: its outbox has
  await enqueueWorkflow(trx, { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }, now)
}
