import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { remember } from '../history/remember.ts'
import { transact } from '../retry.ts'
import { forgottenBefore, markChanged } from './tagCustomers.ts'

/**
 * Takes an act of tagging back: what it put on comes off, what it took off is there again. What others have changed since
 * stays as they left it. Twice is once.
 *
 * @returns how many customers had been changed by it
 * @throws Problem 'not_found' for an act that was long ago, or never was
 */
export function undoTagging(db: Database, tagging: number, now: Date): Promise<number> {
  return transact(db, async (trx) => {
    const sql = 'SELECT undone_at FROM taggings WHERE id = ? AND tagged_at >= ? FOR UPDATE'
    const [act] = await rows<{ undone_at: Date | null }>(trx, sql, [tagging, forgottenBefore(now)])
    if (act === undefined) throw new Problem('not_found', 'There is no such act of tagging, or it was too long ago.')
    if (act.undone_at !== null) return 0
    const changed = await markChanged(trx, tagging, now)
    await remember(trx, 'customer_tags', { sql: 'x.tagging_id = ?', bindings: [tagging] }, now)
    await execute(trx, 'DELETE FROM customer_tags WHERE tagging_id = ?', [tagging])
    await execute(
      trx,
      `INSERT INTO customer_tags (customer_id, tag, created_at)
       SELECT customer_id, tag, ? FROM tagging_removals WHERE tagging_id = ?
       ON DUPLICATE KEY UPDATE customer_tags.tag = customer_tags.tag`,
      [now, tagging],
    )
    await execute(trx, 'UPDATE taggings SET undone_at = ? WHERE id = ?', [now, tagging])
    return changed
  })
}
