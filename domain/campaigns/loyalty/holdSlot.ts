import { type Database, rows } from '../../database.ts'
import { type Clientele, takeSlot } from './slots.ts'

type Row = { kind: string; provider_id: number; segment_id: number | null; slot: number | null }

/**
 * Moves the slot of a loyalty mailing to the week in which it really begins: it may have been paused, or nothing may have
 * run, when its week came. What it had before is free again. Nothing happens to other campaigns.
 *
 * @throws Problem 'conflict' when that week has its mailing already
 */
export async function holdSlot(trx: Database, campaign: number, now: Date): Promise<void> {
  const row = await read(trx, campaign)
  if (row !== null) await takeSlot(trx, row.clientele, campaign, now)
}

/**
 * Takes a slot again for a loyalty mailing that gave its own back, when a message of it goes again by hand.
 *
 * @throws Problem 'conflict' when this week has its mailing already
 */
export async function regainSlot(trx: Database, campaign: number, now: Date): Promise<void> {
  const row = await read(trx, campaign)
  if (row !== null && !row.held) await takeSlot(trx, row.clientele, campaign, now)
}

async function read(trx: Database, campaign: number): Promise<{ clientele: Clientele; held: boolean } | null> {
  const [row] = await rows<Row>(
    trx,
    `SELECT m.kind, m.provider_id, m.segment_id, s.campaign_id AS slot
     FROM campaigns m LEFT JOIN loyalty_slots s ON s.campaign_id = m.id WHERE m.id = ?`,
    [campaign],
  )
  if (row === undefined || row.kind !== 'loyalty' || row.segment_id === null) return null
  return { clientele: { providerId: row.provider_id, segmentId: row.segment_id }, held: row.slot !== null }
}
