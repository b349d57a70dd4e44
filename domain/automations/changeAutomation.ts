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
 * Deletes an automation that does not run: a draft, or one that was stopped. One that customers have entered is put away, so
 * that its ways, messages and rewards keep the name of what they came of; it is in no list, and nobody can switch it on again.
 *
 * @throws Problem 'not_found'; 'conflict' while it is live or paused
 */
export function deleteAutomation(db: Database, key: string, now: Date): Promise<void> {
  return transact(db, async (trx) => {
    const { id, name, state } = await lockAutomation(trx, key)
    if (state === 'live' || state === 'paused') {
      throw new Problem('conflict', `“${name}” is ${state}: stop it first, so that everybody inside leaves.`)
    }
    const [entered] = await rows(trx, 'SELECT id FROM enrolments WHERE automation_id = ? LIMIT 1', [id])
    if (entered === undefined) {
      await execute(trx, 'DELETE FROM automations WHERE id = ?', [id])
      return
    }
    await execute(trx, 'DELETE FROM automation_drafts WHERE automation_id = ?', [id])
    await execute(trx, 'UPDATE automations SET archived_at = ?, updated_at = ? WHERE id = ?', [now, now, id])
  })
}
