import { asKept } from '../../rules/recalculation.ts'
import { type Database, execute } from '../database.ts'
import { transact } from '../retry.ts'
import type { Recalculation, Segment } from './readSegments.ts'
import { schedule } from './recalculation/schedule.ts'
import { requestRecompute } from './requestRecompute.ts'
import { requireRule } from './requireRule.ts'
import { addVersion } from './versions/addVersion.ts'
import { lockSegment } from './versions/lockSegment.ts'

/** What stays as it is, is left out. */
export type SegmentChange = {
  name?: string | undefined
  note?: string | undefined
  rule?: unknown
  recalculation?: Recalculation | undefined
}

/**
 * Changes a segment. Another rule is published at once as a new version: until it has been computed, which the caller
 * starts by handing over the outbox, the members of the one before stand. One that is to be live from now on is
 * recalculated at once: what happened since the last time was left to the next.
 *
 * @param by who changes it, for the list of versions
 * @throws Problem 'not_found'; 'invalid' for a wrong rule
 */
export async function changeSegment(
  db: Database,
  key: string,
  change: SegmentChange,
  by: string,
  now: Date,
): Promise<void> {
  const rule = change.rule === undefined ? undefined : await requireRule(db, change.rule, key)
  await transact(db, async (trx) => {
    const segment = await lockSegment(trx, key)
    const { name = segment.name, note = segment.note } = change
    await execute(trx, 'UPDATE segments SET name = ?, note = ?, updated_at = ? WHERE id = ?', [
      name,
      note,
      now,
      segment.id,
    ])
    if (change.recalculation !== undefined) await setRecalculation(trx, segment, change.recalculation, now)
    if (rule !== undefined) await addVersion(trx, segment, rule, { by }, now)
  })
}

async function setRecalculation(trx: Database, segment: Segment, asked: Recalculation, now: Date): Promise<void> {
  const recalculation = asKept(asked)
  const json = JSON.stringify(recalculation)
  await execute(trx, 'UPDATE segments SET recalculation = ? WHERE id = ?', [json, segment.id])
  await schedule(trx, segment.id, recalculation, now)
  const becomesLive = recalculation.mode === 'live' && segment.recalculation.mode !== 'live'
  if (becomesLive) await requestRecompute(trx, segment.key, segment.version, now)
}
