import { noteAct } from '../campaigns/acts.ts'
import { type Database, execute, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { getAudience } from './readAudiences.ts'

/**
 * Takes one customer out of an audience: what is queued for them is cancelled, with this as the reason.
 *
 * @param customer the caller's id
 * @throws Problem `not_found` when they are not among those who get it; `conflict` when their message is gone already
 */
export async function removeContact(
  db: Database,
  audience: number,
  customer: string,
  by: string,
  now: Date,
): Promise<void> {
  const { campaign } = await getAudience(db, audience)
  await transact(db, async (trx) => {
    // whoever changes what is left to send locks the campaign first
    await rows(trx, 'SELECT id FROM campaigns WHERE id = ? FOR UPDATE', [campaign.id])
    const contact = await lockContact(trx, audience, customer)
    if (contact === null) throw new Problem('not_found', `${customer} is not in the audience ${audience}`)
    await cancelDelivery(trx, campaign.id, contact, now)
    await execute(
      trx,
      'UPDATE audience_contacts SET removed_at = ?, removed_by = ? WHERE audience_id = ? AND customer_id = ?',
      [now, by, audience, contact],
    )
    await execute(trx, 'UPDATE audiences SET removed = removed + 1 WHERE id = ?', [audience])
    await noteAct(trx, campaign.id, { act: 'contact_removed', at: now, by, detail: { customer } })
  })
}

/** Our own id of somebody who gets it; null when nobody of this name does. */
async function lockContact(trx: Database, audience: number, customer: string): Promise<number | null> {
  const [row] = await rows<{ customer_id: number }>(
    trx,
    `SELECT k.customer_id FROM audience_contacts k JOIN customers c ON c.id = k.customer_id
     WHERE k.audience_id = ? AND c.external_id = ? AND k.left_out IS NULL AND k.removed_at IS NULL FOR UPDATE`,
    [audience, customer],
  )
  return row?.customer_id ?? null
}

async function cancelDelivery(trx: Database, campaign: number, customer: number, now: Date): Promise<void> {
  const [delivery] = await rows<{ id: number; state: string }>(
    trx,
    'SELECT id, state FROM deliveries WHERE campaign_id = ? AND customer_id = ? FOR UPDATE',
    [campaign, customer],
  )
  if (delivery === undefined || delivery.state === 'cancelled') return
  if (delivery.state !== 'queued')
    throw new Problem('conflict', `The message to them is gone already: ${delivery.state}`)
  await execute(trx, "UPDATE deliveries SET state = 'cancelled', reason = 'taken_out' WHERE id = ?", [delivery.id])
  await insertEvents(trx, [{ delivery: delivery.id, type: 'cancelled', detail: { reason: 'taken_out' } }], now)
  await settleRewards(trx, [delivery.id], now)
}
