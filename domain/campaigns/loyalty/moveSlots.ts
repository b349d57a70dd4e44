import { type Database, execute, rows } from '../../database.ts'
import { insertRows } from '../../insertRows.ts'
import { weekOf } from './week.ts'

type Slot = { provider_id: number; segment_id: number; week: string; campaign_id: number; sends_at: Date }

const COLUMNS = ['provider_id', 'segment_id', 'week', 'campaign_id', 'sends_at'] as const

/** Slots of earlier weeks keep nobody from anything any more. */
const LATELY = 15 * 86_400_000

/**
 * Writes the weeks of slots anew in another time zone, in the transaction that changes it. Of two mailings that fall into
 * one week only now, the earlier has its slot; the other, if it has not begun, asks for one when it begins.
 */
export async function moveSlots(trx: Database, timeZone: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - LATELY)
  const slots = await rows<Slot>(
    trx,
    `SELECT ${COLUMNS.join(', ')} FROM loyalty_slots WHERE sends_at >= ? ORDER BY sends_at, campaign_id FOR UPDATE`,
    [since],
  )
  const moved = slots.map((slot) => ({ ...slot, week: weekOf(slot.sends_at, timeZone) }))
  if (moved.every(({ week }, index) => week === slots[index]?.week)) return
  await execute(trx, 'DELETE FROM loyalty_slots WHERE sends_at >= ?', [since])
  await insertRows(
    trx,
    'loyalty_slots',
    COLUMNS,
    moved.map((slot) => COLUMNS.map((column) => slot[column])),
    // the earlier one keeps its week
    'ON DUPLICATE KEY UPDATE loyalty_slots.week = loyalty_slots.week',
  )
}
