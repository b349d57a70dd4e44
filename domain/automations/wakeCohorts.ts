import type { Database } from '../database.ts'
import { enqueueWorkflows } from '../outbox/enqueueWorkflow.ts'
import { LIFECYCLE } from '../temporal.ts'

/**
 * Tells the workflows of cohorts to look at where their customers stand, once the caller's transaction stands. One that has
 * ended begins anew.
 */
export async function wakeCohorts(trx: Database, cohorts: readonly number[], now: Date): Promise<void> {
  if (cohorts.length > 0) await wakeThose(trx, { sql: 'k.id IN (?)', bindings: [[...cohorts]] }, now)
}

/** The same for all cohorts of an automation that are under way. */
export const wakeAutomation = (trx: Database, automationId: number, now: Date): Promise<void> =>
  wakeThose(trx, { sql: 'k.automation_id = ? AND k.ended_at IS NULL', bindings: [automationId] }, now)

/** Set-based: an automation may have thousands of them under way. */
async function wakeThose(
  trx: Database,
  which: { sql: string; bindings: readonly (number | readonly number[])[] },
  now: Date,
): Promise<void> {
  const sql = `SELECT CONCAT('${LIFECYCLE.prefix}', k.id), JSON_ARRAY(k.id, '', '', a.\`key\`, k.version, '')
    FROM cohorts k JOIN automations a ON a.id = k.automation_id WHERE ${which.sql}`
  await enqueueWorkflows(trx, LIFECYCLE.type, { sql, bindings: which.bindings }, now)
}
