import { type Database, execute, rows } from '../database.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { insertEvents } from '../deliveries/events.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import type { Whose } from './pair.ts'

/** Why a message is not sent that would be the second one of a campaign. */
const REASON = 'same_address'

type Row = { id: number; campaign_id: number; customer_id: number; state: string }

const NOT_SENT: ReadonlySet<string> = new Set(['cancelled', 'failed', 'bounced'])

/**
 * Messages that wait and would be the second of their campaign: the other has got it, is getting it, or waits for it, too.
 *
 * @param hold keeps the messages of both until the transaction ends
 * @returns the ids of those that are not to be sent
 */
export async function planDeliveries(db: Database, { stays, goes }: Whose, hold = false): Promise<number[]> {
  const both = [stays.id, goes.id]
  const found = await rows<Row>(
    db,
    `SELECT id, campaign_id, customer_id, state FROM deliveries
     WHERE customer_id IN (?) AND test = 0 AND enrolment_id = 0 ORDER BY id ${hold ? 'FOR UPDATE' : ''}`,
    [both],
  )
  const byCampaign = Map.groupBy(found, ({ campaign_id: id }) => id)
  return [...byCampaign.values()].flatMap((messages) => {
    const own = messages.filter((one) => one.customer_id === stays.id && !NOT_SENT.has(one.state))
    const others = messages.filter((one) => one.customer_id === goes.id && !NOT_SENT.has(one.state))
    if (own.length === 0 || others.length === 0) return []
    const second = others.some(({ state }) => state !== 'queued') ? [...others, ...own] : others
    return second.flatMap(({ id, state }) => (state === 'queued' ? [id] : []))
  })
}

/**
 * Moves all messages, with their events and rewards, to the one who stays, and cancels those that would be a second one. What
 * waits goes to the address that is kept. A campaign that both got keeps both messages.
 *
 * @param cancelled of {@link planDeliveries}
 */
export async function mergeDeliveries(
  trx: Database,
  { stays, goes }: Whose,
  cancelled: readonly number[],
  now: Date,
): Promise<void> {
  if (cancelled.length > 0) {
    await execute(trx, "UPDATE deliveries SET state = 'cancelled', reason = ? WHERE id IN (?)", [
      REASON,
      [...cancelled],
    ])
    await settleRewards(trx, cancelled, now)
    const events = cancelled.map((delivery) => ({ delivery, type: 'cancelled' as const, detail: { reason: REASON } }))
    await insertEvents(trx, events, now)
  }
  // one row for each campaign, customer, way and turn: the other's are later turns of the same
  await execute(
    trx,
    `UPDATE deliveries d JOIN (
       SELECT campaign_id, enrolment_id, MAX(turn) + 1 AS beyond FROM deliveries WHERE customer_id IN (?)
       GROUP BY campaign_id, enrolment_id HAVING COUNT(DISTINCT customer_id) = 2
     ) t ON t.campaign_id = d.campaign_id AND t.enrolment_id = d.enrolment_id
     SET d.turn = d.turn + t.beyond WHERE d.customer_id = ?`,
    [[stays.id, goes.id], goes.id],
  )
  await execute(trx, 'UPDATE deliveries SET customer_id = ? WHERE customer_id = ?', [stays.id, goes.id])
}

const CHANNELS: readonly ChannelName[] = ['email', 'sms', 'push']

/** What waits goes to the address that the customer has by now; who has none is left out by the claim. */
export async function readdress(trx: Database, customer: number): Promise<void> {
  for (const channel of CHANNELS) {
    const address = addressSql(channel)
    await execute(
      trx,
      `UPDATE deliveries d JOIN customers c ON c.id = d.customer_id SET d.address = ${address}
       WHERE d.customer_id = ? AND d.channel = ? AND d.state = 'queued' AND d.test = 0 AND COALESCE(${address}, '') <> ''`,
      [customer, channel],
    )
  }
}
