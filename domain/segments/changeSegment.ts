import { isDeepStrictEqual } from 'node:util'
import { type Database, execute } from '../database.ts'
import { type Recalculation, readSegment } from './readSegments.ts'
import { requestRecompute } from './requestRecompute.ts'
import { requireRule } from './requireRule.ts'

/** What stays as it is, is left out. */
export type SegmentChange = {
  name?: string | undefined
  note?: string | undefined
  rule?: unknown
  recalculation?: Recalculation | undefined
}

/**
 * Changes a segment. Another rule is a new version: until it has been computed, which the caller starts by handing over
 * the outbox, the members of the one before stand.
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
  await db.transaction(async (trx) => {
    await execute(trx, 'UPDATE segments SET updated_at = ? WHERE `key` = ?', [now, key])
    // the update holds the row: nobody changes it between the reading and the writing
    const segment = await readSegment(trx, key)
    const { name = segment.name, note = segment.note, recalculation = segment.recalculation } = change
    await execute(trx, 'UPDATE segments SET name = ?, note = ?, recalculation = ? WHERE id = ?', [
      name,
      note,
      JSON.stringify(recalculation),
      segment.id,
    ])
    if (rule === undefined || isDeepStrictEqual(rule, segment.rule)) return
    const version = segment.version + 1
    const json = JSON.stringify(rule)
    await execute(trx, 'UPDATE segments SET rule = ?, version = ? WHERE id = ?', [json, version, segment.id])
    await execute(
      trx,
      'INSERT INTO segment_versions (segment_id, version, rule, created_at, created_by) VALUES (?, ?, ?, ?, ?)',
      [segment.id, version, json, now, by],
    )
    await requestRecompute(trx, key, version, now)
  })
}
