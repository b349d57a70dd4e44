import { type Database, fromJson, rows } from '../../database.ts'
import { transact } from '../../retry.ts'
import type { Recalculation } from '../readSegments.ts'
import { requestRecompute } from '../requestRecompute.ts'
import { schedule } from './schedule.ts'

/**
 * Begins the recalculations whose time has come: each once, however often its time came while nobody looked. They run as
 * workflows of their own, which the outbox starts.
 *
 * @returns when the next one's time comes; null when there is none
 */
export async function startDueRecalculations(db: Database, now: Date): Promise<Date | null> {
  const due = await rows<{ id: number }>(db, 'SELECT id FROM segments WHERE next_recalculation_at <= ?', [now])
  for (const { id } of due) await transact(db, (trx) => start(trx, id, now))
  const [next] = await rows<{ at: Date | null }>(db, 'SELECT MIN(next_recalculation_at) AS at FROM segments')
  return next?.at ?? null
}

async function start(trx: Database, id: number, now: Date): Promise<void> {
  const [segment] = await rows<{ key: string; version: number; recalculation: string }>(
    trx,
    'SELECT `key`, version, recalculation FROM segments WHERE id = ? AND next_recalculation_at <= ? FOR UPDATE',
    [id, now],
  )
  // another worker was faster, or it is not to be recalculated by the clock any more
  if (segment === undefined) return
  await requestRecompute(trx, segment.key, segment.version, now)
  await schedule(trx, id, fromJson<Recalculation>(segment.recalculation) ?? { mode: 'live' }, now)
}
