import { hearDeliveries } from '../automations/hearDeliveries.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { noteDeliveries } from '../webhooks/noteDeliveries.ts'
import { ownReason } from './ownReasons.ts'

const REASON = ownReason('interrupted')

/**
 * What an attempt that ended without writing its results had claimed becomes `unconfirmed`: a mail server can't be asked
 * whether it took a message. The claim's token stays on the rows: should the attempt be alive after all, its results
 * still count. Called at the beginning of an attempt, when no other is meant to run.
 *
 * @param repeatable over a channel that notices what comes twice they go again instead
 * @returns how many there were
 */
export async function abandonClaims(db: Database, campaign: number, now: Date, repeatable = false): Promise<number> {
  return transact(db, async (trx) => {
    if (repeatable) return putBack(trx, campaign, now)
    await execute(
      trx,
      `INSERT INTO delivery_events (delivery_id, type, at, detail)
       SELECT id, 'unconfirmed', ?, ? FROM deliveries WHERE campaign_id = ? AND state = 'sending' FOR UPDATE`,
      [now, JSON.stringify({ reason: REASON }), campaign],
    )
    const held = await rows<{ id: number }>(
      trx,
      "SELECT id FROM deliveries WHERE campaign_id = ? AND state = 'sending'",
      [campaign],
    )
    const abandoned = await execute(
      trx,
      "UPDATE deliveries SET state = 'unconfirmed', reason = ? WHERE campaign_id = ? AND state = 'sending'",
      [REASON, campaign],
    )
    const unconfirmed = held.map(({ id }) => ({
      delivery: id,
      type: 'unconfirmed' as const,
      detail: { reason: REASON },
    }))
    await hearDeliveries(trx, unconfirmed, now)
    await noteDeliveries(trx, unconfirmed, now)
    // the customer may have it: what it promises holds
    await settleRewards(
      trx,
      held.map(({ id }) => id),
      now,
    )
    return abandoned
  })
}

function putBack(trx: Database, campaign: number, now: Date): Promise<number> {
  return execute(
    trx,
    "UPDATE deliveries SET state = 'queued', claim = NULL, due_at = ? WHERE campaign_id = ? AND state = 'sending'",
    [now, campaign],
  )
}
