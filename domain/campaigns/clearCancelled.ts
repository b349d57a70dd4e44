import { hearDeliveries } from '../automations/hearDeliveries.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { noteDeliveries } from '../webhooks/noteDeliveries.ts'
import { giveBackSlot } from './loyalty/giveBackSlot.ts'

const CHUNK = 2_000

/** Marks what a cancelled campaign had still queued as cancelled, in chunks, so that no lock is held for long. */
export async function clearCancelled(db: Database, campaign: number, now: Date): Promise<void> {
  let cleared: number
  do {
    cleared = await transact(db, (trx) => clearChunk(trx, campaign, now))
  } while (cleared === CHUNK)
  await giveBackSlot(db, campaign)
}

async function clearChunk(trx: Database, campaign: number, now: Date): Promise<number> {
  const queued = await rows<{ id: number }>(
    trx,
    `SELECT d.id FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id AND c.state = 'cancelled'
     WHERE d.campaign_id = ? AND d.state = 'queued' LIMIT ? FOR UPDATE`,
    [campaign, CHUNK],
  )
  if (queued.length === 0) return 0
  const ids = queued.map(({ id }) => id)
  const marks = ids.map(() => '?').join(', ')
  await execute(
    trx,
    `UPDATE deliveries SET state = 'cancelled', reason = 'campaign_cancelled' WHERE id IN (${marks})`,
    ids,
  )
  await execute(
    trx,
    `INSERT INTO delivery_events (delivery_id, type, at, detail)
     SELECT id, 'cancelled', ?, '{"reason":"campaign_cancelled"}' FROM deliveries WHERE id IN (${marks})`,
    [now, ...ids],
  )
  const events = ids.map((delivery) => ({
    delivery,
    type: 'cancelled' as const,
    detail: { reason: 'campaign_cancelled' },
  }))
  await hearDeliveries(trx, events, now)
  await noteDeliveries(trx, events, now)
  await settleRewards(trx, ids, now)
  return ids.length
}
