import { type Database, execute, rows } from '../database.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { insertEvents } from './events.ts'
import { markSteps } from './markSteps.ts'

/**
 * Takes note that a mail has arrived. Also true of one that was called unconfirmed: now it is known. A second notice, or
 * one about a mail that isn't ours, changes nothing.
 *
 * @param messageId without angle brackets
 */
export async function markDelivered(trx: Database, messageId: string, now: Date): Promise<void> {
  const found = await rows<{ id: number }>(
    trx,
    "SELECT id FROM deliveries WHERE message_id = ? AND state IN ('sending', 'sent', 'unconfirmed') FOR UPDATE",
    [messageId],
  )
  for (const { id } of found) {
    await execute(
      trx,
      `UPDATE deliveries SET state = 'delivered', reason = NULL, delivered_at = ?, sent_at = COALESCE(sent_at, ?)
       WHERE id = ?`,
      [now, now, id],
    )
  }
  const ids = found.map(({ id }) => id)
  await insertEvents(
    trx,
    ids.map((id) => ({ delivery: id, type: 'delivered' as const })),
    now,
  )
  await settleRewards(trx, ids, now)
  await markSteps(trx, ids, now)
}
