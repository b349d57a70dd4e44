import type { Automation } from '../../rules/automations/automation.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { noteFactsInUse } from '../segments/factsInUse.ts'
import { readSettings } from '../settings/readSettings.ts'
import { nextDate } from './entering/takeDates.ts'
import { rulesIn, writeListeners } from './listeners.ts'

export type NewVersion = { definition: Automation; note?: string; restoredFrom?: number | null; by: string | null }

/**
 * Publishes a definition as the next version and switches the automation on: from the moment at which the transaction
 * stands, who enters enters this one. Those inside earlier versions stay on theirs.
 *
 * @param trx the transaction, which holds the automation's row from here on
 * @returns the version
 * @throws Problem `not_found`
 */
export async function publishVersion(
  trx: Database,
  automationId: number,
  { definition, note = '', restoredFrom = null, by }: NewVersion,
  now: Date,
): Promise<number> {
  const [row] = await rows<{ version: number }>(trx, 'SELECT version FROM automations WHERE id = ? FOR UPDATE', [
    automationId,
  ])
  if (row === undefined) throw new Problem('not_found', 'There is no such automation')
  const version = row.version + 1
  await trx('automation_versions').insert({
    automation_id: automationId,
    version,
    definition: JSON.stringify(definition),
    note,
    restored_from: restoredFrom,
    created_at: now,
    created_by: by,
  })
  await noteFactsInUse(trx, rulesIn(definition))
  await writeListeners(trx, { automationId, version }, definition)
  const { timeZone } = await readSettings(trx)
  const next = definition.when.on === 'date' ? nextDate(definition.when, now, timeZone) : null
  await execute(
    trx,
    "UPDATE automations SET version = ?, state = 'live', next_date_at = ?, updated_at = ? WHERE id = ?",
    [version, next, now, automationId],
  )
  return version
}
