import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import { forgottenBefore } from './setByHand.ts'
import { changeStatuses } from './setStatus.ts'

/**
 * Takes an act of setting statuses back: what was set by hand before is so again, and who followed the rules does what
 * they say meanwhile. Customers whose status was set again since stay as they are. Twice is once.
 *
 * @param by who takes it back
 * @returns for how many customers something changed
 * @throws Problem 'not_found' for an act that was long ago, or never was
 */
export function undoSetting(db: Database, act: number, by: string, now: Date): Promise<number> {
  return transact(db, async (trx) => {
    await lockUpkeep(trx)
    const sql = 'SELECT undone_at FROM status_acts WHERE id = ? AND acted_at >= ? FOR UPDATE'
    const [found] = await rows<{ undone_at: Date | null }>(trx, sql, [act, forgottenBefore(now)])
    if (found === undefined) throw new Problem('not_found', 'There is no such act, or it was too long ago.')
    if (found.undone_at !== null) return 0
    await leaveOutSetSince(trx, act)
    const target = { sql: 'IF(b.by_hand, b.status, c.automatic_status)', bindings: [] }
    await changeStatuses(trx, act, target, { by, automation: null, cause: 'by_hand' }, now)
    await execute(
      trx,
      `UPDATE status_act_customers b JOIN customers c ON c.id = b.customer_id
       SET c.status_by_hand = b.by_hand, c.status_set_at = b.set_at, c.status_set_by = b.set_by,
         c.status_automation_id = b.automation_id, c.updated_at = ?
       WHERE b.act_id = ?`,
      [now, act],
    )
    await execute(trx, 'UPDATE status_acts SET undone_at = ? WHERE id = ?', [now, act])
    const [{ count } = { count: 0 }] = await rows<{ count: number }>(
      trx,
      'SELECT COUNT(*) AS count FROM status_act_customers WHERE act_id = ?',
      [act],
    )
    return count
  })
}

/** A later act that stands has the last word. */
async function leaveOutSetSince(trx: Database, act: number): Promise<void> {
  await execute(
    trx,
    `DELETE b FROM status_act_customers b
     JOIN status_act_customers later ON later.customer_id = b.customer_id AND later.act_id > b.act_id
     JOIN status_acts a ON a.id = later.act_id AND a.undone_at IS NULL
     WHERE b.act_id = ?`,
    [act],
  )
}
