import { regainSlot } from '../campaigns/loyalty/holdSlot.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { unsuppress } from '../suppressions/suppress.ts'
import { CAMPAIGN } from '../temporal.ts'
import { insertEvents } from './events.ts'
import { markSteps } from './markSteps.ts'

type Row = { state: string; campaign_id: number; customer_id: number; campaign_state: string }

/**
 * Sends a message again because somebody said so: one that is unconfirmed, failed or bounced. The claim still checks
 * whether the customer may be written to; a suppression that an earlier bounce left is lifted by this. The caller hands
 * the outbox over afterwards.
 *
 * @throws Problem `not_found`, or `conflict` when it was sent, is on its way, or its campaign was cancelled
 */
export async function resendDelivery(db: Database, delivery: number, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    const row = await lock(trx, delivery)
    if (row === null) throw new Problem('not_found', `There is no delivery ${delivery}`)
    if (!['unconfirmed', 'failed', 'bounced'].includes(row.state)) {
      throw new Problem('conflict', `Only what is unconfirmed, failed or bounced goes again; this one is ${row.state}`)
    }
    if (row.campaign_state === 'cancelled') throw new Problem('conflict', 'The campaign was cancelled')
    if (row.state === 'bounced') {
      const key = { customerId: row.customer_id, providerId: 0, channel: 'email' } as const
      await unsuppress(trx, key, now, 'bounced')
    }
    await execute(
      trx,
      `UPDATE deliveries SET state = 'queued', reason = NULL, due_at = ?, claim = NULL, attempts = 0, bounced_at = NULL,
         bounce_class = NULL
       WHERE id = ?`,
      [now, delivery],
    )
    await settleRewards(trx, [delivery], now)
    await regainSlot(trx, row.campaign_id, now)
    await insertEvents(trx, [{ delivery, type: 'resent' }], now)
    // it bounced no longer
    if (row.state === 'bounced') await markSteps(trx, [delivery], now)
    await execute(
      trx,
      "UPDATE campaigns SET state = 'sending', finished_at = NULL WHERE id = ? AND state IN ('sent', 'failed')",
      [row.campaign_id],
    )
    const { campaign_id: id } = row
    await enqueueWorkflow(trx, { workflowId: CAMPAIGN.id(id), workflowType: CAMPAIGN.type, args: [id] }, now)
  })
}

/** Locks the campaign first, as everybody does who changes what is left to send. */
async function lock(trx: Database, delivery: number): Promise<Row | null> {
  const [found] = await rows<{ campaign_id: number }>(trx, 'SELECT campaign_id FROM deliveries WHERE id = ?', [
    delivery,
  ])
  if (found === undefined) return null
  const [campaign] = await rows<{ state: string }>(trx, 'SELECT state FROM campaigns WHERE id = ? FOR UPDATE', [
    found.campaign_id,
  ])
  const sql = 'SELECT state, campaign_id, customer_id FROM deliveries WHERE id = ? FOR UPDATE'
  const [row] = await rows<Omit<Row, 'campaign_state'>>(trx, sql, [delivery])
  return row === undefined || campaign === undefined ? null : { ...row, campaign_state: campaign.state }
}
