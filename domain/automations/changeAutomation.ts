import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { lockAutomation } from './readAutomations.ts'

/** Changes the name and the note of an automation. @throws Problem 'not_found' */
export function changeAutomation(
  db: Database,
  key: string,
  change: { name?: string | undefined; note?: string | undefined },
  now: Date,
): Promise<void> {
  return transact(db, async (trx) => {
    const automation = await lockAutomation(trx, key)
    const { name = automation.name, note = automation.note } = change
    await execute(trx, 'UPDATE automations SET name = ?, note = ?, updated_at = ? WHERE id = ?', [
      name,
      note,
      now,
      automation.id,
    ])
  })
}

/**
 * Deletes an automation that nobody has ever entered: ways that customers went stay in their histories.
 *
 * @throws Problem 'not_found'; 'conflict' when somebody has entered it
 */
export function deleteAutomation(db: Database, key: string): Promise<void> {
  return transact(db, async (trx) => {
    const { id, name } = await lockAutomation(trx, key)
    const [entered] = await rows(trx, 'SELECT id FROM enrolments WHERE automation_id = ? LIMIT 1', [id])
    if (entered !== undefined) {
      throw new Problem('conflict', `Customers have entered “${name}”: it stays in their histories. Stop it instead.`)
    }
    await execute(trx, 'DELETE FROM automations WHERE id = ?', [id])
  })
}
