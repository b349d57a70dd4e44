import { type Database, rows } from '../database.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { isInUse } from '../segments/factsInUse.ts'
import { markDirty } from '../segments/markDirty.ts'
import { SEGMENT_UPKEEP } from '../temporal.ts'

/**
 * Marks the customers of deliveries that have reached a step, or lost one, in the transaction in which they do: rules may
 * ask who was sent, opened or clicked what.
 *
 * @returns whether anybody was marked, so that the upkeep of segments is to be woken; the outbox does so a little later
 */
export async function markSteps(trx: Database, deliveries: readonly number[], now: Date): Promise<boolean> {
  if (deliveries.length === 0 || !(await isInUse(trx, 'delivery'))) return false
  const found = await rows<{ customer_id: number }>(
    trx,
    'SELECT DISTINCT customer_id FROM deliveries WHERE id IN (?) AND NOT test',
    [[...deliveries]],
  )
  const pairs = found.map(({ customer_id: customerId }) => ({ providerId: 0, customerId }))
  if (pairs.length === 0) return false
  await markDirty(trx, pairs, 'event', now)
  // the worker has no way to wake anybody by itself: its outbox has
  await enqueueWorkflow(trx, { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }, now)
  return true
}
