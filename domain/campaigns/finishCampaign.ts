import { type Database, execute } from '../database.ts'
import { transact } from '../retry.ts'
import { giveBackSlot } from './loyalty/giveBackSlot.ts'

/** Ends a campaign in which nothing is left to send; does nothing while something is. */
export async function finishCampaign(db: Database, campaign: number, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    // whoever queues a delivery again locks the campaign first, so it is either seen here or finds the campaign ended
    await trx.raw('SELECT id FROM campaigns WHERE id = ? FOR UPDATE', [campaign])
    await execute(
      trx,
      `UPDATE campaigns SET state = 'sent', finished_at = ? WHERE id = ? AND state = 'sending'
       AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.campaign_id = campaigns.id AND d.state IN ('queued', 'sending'))`,
      [now, campaign],
    )
    await giveBackSlot(trx, campaign)
  })
}
