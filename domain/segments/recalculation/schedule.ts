import { type Database, execute, fromJson, rows } from '../../database.ts'
import { readSettings } from '../../settings/readSettings.ts'
import type { Recalculation } from '../readSegments.ts'
import { nextRecalculation } from './nextRecalculation.ts'

/** Writes down when a segment is recalculated next, by how it says that it wants to be. */
export async function schedule(trx: Database, segment: number, recalculation: Recalculation, now: Date): Promise<void> {
  const { timeZone } = await readSettings(trx)
  await execute(trx, 'UPDATE segments SET next_recalculation_at = ? WHERE id = ?', [
    nextRecalculation(recalculation, now, timeZone),
    segment,
  ])
}

/** The same for all segments: night comes at another time in another time zone. */
export async function scheduleAll(trx: Database, now: Date): Promise<void> {
  const found = await rows<{ id: number; recalculation: string }>(trx, 'SELECT id, recalculation FROM segments')
  for (const { id, recalculation } of found) {
    await schedule(trx, id, fromJson<Recalculation>(recalculation) ?? { mode: 'live' }, now)
  }
}
