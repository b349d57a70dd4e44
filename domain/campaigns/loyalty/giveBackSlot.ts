import { type Database, execute } from '../../database.ts'

/**
 * Gives the week's slot of a loyalty mailing back when it has ended and nobody can have got it: cancelled or failed before
 * anything was sent, frozen to nobody, or refused by every mail server. Called whenever a campaign ends; nothing happens
 * to other campaigns, nor a second time.
 */
export async function giveBackSlot(trx: Database, campaign: number): Promise<void> {
  await execute(
    trx,
    `DELETE s FROM loyalty_slots s JOIN campaigns m ON m.id = s.campaign_id
     WHERE s.campaign_id = ? AND m.state IN ('sent', 'cancelled', 'failed')
       AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.campaign_id = m.id
         AND d.state IN ('sending', 'unconfirmed', 'sent', 'delivered'))`,
    [campaign],
  )
}
