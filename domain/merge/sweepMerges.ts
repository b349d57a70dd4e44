import { type Database, execute, rows } from '../database.ts'
import { retryConflicts } from '../ingest/retryConflicts.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import { mergeConsents, planConsents } from './consents.ts'
import { mergeDeliveries, planDeliveries, readdress } from './deliveries.ts'
import { mergeEnrolments, planEnrolments } from './enrolments.ts'
import { lookAtBoth, moveRows } from './moveRows.ts'
import { mergeOverrides } from './overrides.ts'
import { holdMerged, type Pair } from './pair.ts'
import { mergeSuppressions } from './suppressions.ts'

/** Longer than any transaction takes that may have read who somebody was before the merge. */
const AFTER_MS = 60_000

/**
 * Looks once more after those who were merged: whoever read before a merge that somebody is there, and wrote after it, wrote
 * of the one who went. That becomes the other's, too, by the same rules.
 *
 * @returns how many merges were looked at
 */
export async function sweepMerges(db: Database, now: Date): Promise<number> {
  const found = await rows<{ id: number; stays: number; goes: number }>(
    db,
    `SELECT m.id, g.merged_into AS stays, m.went_id AS goes FROM customer_merges m JOIN customers g ON g.id = m.went_id
     WHERE m.swept_at IS NULL AND m.merged_at <= ? ORDER BY m.merged_at LIMIT 100`,
    [new Date(now.getTime() - AFTER_MS)],
  )
  for (const { id, ...whose } of found) {
    const ids = { stays: { id: whose.stays }, goes: { id: whose.goes } }
    await retryConflicts(() =>
      db.transaction(async (trx) => {
        await lockUpkeep(trx)
        const pair = await holdMerged(trx, ids)
        if (pair !== null && (await moveAgain(trx, pair, now))) await lookAtBoth(trx, pair, now)
        await execute(trx, 'UPDATE customer_merges SET swept_at = ? WHERE id = ?', [now, id])
      }),
    )
  }
  return found.length
}

/** @returns whether anything was there */
async function moveAgain(trx: Database, pair: Pair, now: Date): Promise<boolean> {
  const { stays, goes } = pair
  const [left] = await rows<{ any: number }>(
    trx,
    `SELECT EXISTS (SELECT 1 FROM consents WHERE customer_id = ?) OR EXISTS (SELECT 1 FROM suppressions WHERE customer_id = ?)
       OR EXISTS (SELECT 1 FROM segment_overrides WHERE customer_id = ?)
       OR EXISTS (SELECT 1 FROM enrolments WHERE customer_id = ?)
       OR EXISTS (SELECT 1 FROM deliveries WHERE customer_id = ?) AS \`any\``,
    Array(5).fill(goes.id),
  )
  if (left?.any === 1) {
    await mergeEnrolments(trx, pair, await planEnrolments(trx, pair), now)
    await mergeDeliveries(trx, pair, await planDeliveries(trx, pair, true), now)
    await mergeConsents(trx, pair, await planConsents(trx, pair, stays.profile), null, now)
    await mergeSuppressions(trx, pair, stays.profile.email, now)
    await mergeOverrides(trx, pair, now)
    await readdress(trx, stays.id)
  }
  return (await moveRows(trx, pair)) > 0 || left?.any === 1
}
