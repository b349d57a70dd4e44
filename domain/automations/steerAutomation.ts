import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflows } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { readSettings } from '../settings/readSettings.ts'
import { CAMPAIGN } from '../temporal.ts'
import { readVersion } from './definition.ts'
import { nextDate } from './entering/takeDates.ts'
import { leave } from './leave.ts'
import { wakeAutomation } from './wakeCohorts.ts'

type Row = { id: number; state: string; version: number }

/** Locks the automation: acts of its steps share the lock, so they end first, and the next ones see the change. */
async function lock(trx: Database, key: string): Promise<Row> {
  const [row] = await rows<Row>(trx, 'SELECT id, state, version FROM automations WHERE `key` = ? FOR UPDATE', [key])
  if (row === undefined) throw new Problem('not_found', `There is no automation “${key}”.`)
  return row
}

/**
 * Everybody inside stays where they are, nothing is sent, and nobody enters, from the moment at which this returns.
 *
 * @throws Problem `not_found`, or `conflict` when it is not live
 */
export const pauseAutomation = (db: Database, key: string, now: Date): Promise<void> =>
  transact(db, async (trx) => {
    const { id, state } = await lock(trx, key)
    if (state === 'paused') return
    if (state !== 'live') throw new Problem('conflict', `The automation is ${state}; there is nothing to pause`)
    await execute(trx, "UPDATE automations SET state = 'paused', updated_at = ? WHERE id = ?", [now, id])
    await execute(trx, "UPDATE campaigns SET state = 'paused' WHERE automation_id = ? AND state = 'sending'", [id])
    await execute(trx, 'DELETE FROM automation_arrivals WHERE automation_id = ?', [id])
  })

/**
 * Everybody goes on where they stand; waits that ended meanwhile are over. Dates that came meanwhile are not made up for.
 * The caller hands the outbox over.
 *
 * @throws Problem `not_found`, or `conflict` when it is not paused
 */
export const resumeAutomation = (db: Database, key: string, now: Date): Promise<void> =>
  transact(db, async (trx) => {
    const { id, state, version } = await lock(trx, key)
    if (state === 'live') return
    if (state !== 'paused') throw new Problem('conflict', `The automation is not paused, it is ${state}`)
    const { when } = (await readVersion(trx, id, version)).definition
    const { timeZone } = await readSettings(trx)
    const next = when.on === 'date' ? nextDate(when, now, timeZone) : null
    const sql = "UPDATE automations SET state = 'live', next_date_at = ?, updated_at = ? WHERE id = ?"
    await execute(trx, sql, [next, now, id])
    await execute(trx, "UPDATE campaigns SET state = 'sending' WHERE automation_id = ? AND state = 'paused'", [id])
    await wakeCampaigns(trx, id, now)
    await wakeAutomation(trx, id, now)
  })

/** How many were inside, and how many messages were just being handed over and could not be stopped. */
export type Stopped = { left: number; notStopped: number }

/** How many leave at a time. */
const CHUNK = 2_000

/**
 * Everybody leaves, and nobody enters any more: from the moment at which this returns nothing is sent that a mail server
 * does not have. Publishing a version switches it on again. The caller hands the outbox over.
 *
 * @throws Problem `not_found`, or `conflict` when nothing was ever published
 */
export async function stopAutomation(db: Database, key: string, now: Date): Promise<Stopped> {
  const id = await transact(db, async (trx) => {
    const { id, state } = await lock(trx, key)
    if (state === 'draft') throw new Problem('conflict', 'The automation was never switched on')
    await execute(trx, "UPDATE automations SET state = 'stopped', next_date_at = NULL, updated_at = ? WHERE id = ?", [
      now,
      id,
    ])
    // nothing more is claimed; what is queued is cancelled with those who leave
    await execute(trx, "UPDATE campaigns SET state = 'paused' WHERE automation_id = ? AND state = 'sending'", [id])
    await execute(trx, 'DELETE FROM automation_arrivals WHERE automation_id = ?', [id])
    return id
  })
  const stopped: Stopped = { left: 0, notStopped: 0 }
  for (;;) {
    const { found, left, underWay } = await transact(db, async (trx) => {
      const inside = await rows<{ id: number }>(
        trx,
        "SELECT id FROM enrolments WHERE automation_id = ? AND state = 'active' LIMIT ?",
        [id, CHUNK],
      )
      const ids = inside.map((row) => row.id)
      return { found: ids.length, ...(await leave(trx, ids, { state: 'stopped', reason: 'stopped' }, now)) }
    })
    stopped.left += left
    stopped.notStopped += underWay
    if (found < CHUNK) break
  }
  await transact(db, async (trx) => {
    await execute(trx, "UPDATE campaigns SET state = 'cancelled', finished_at = ? WHERE automation_id = ?", [now, id])
    await wakeCampaigns(trx, id, now)
    await wakeAutomation(trx, id, now)
  })
  return stopped
}

async function wakeCampaigns(trx: Database, automationId: number, now: Date): Promise<void> {
  const sql = 'SELECT CONCAT(?, id), JSON_ARRAY(id) FROM campaigns WHERE automation_id = ?'
  await enqueueWorkflows(trx, CAMPAIGN.type, { sql, bindings: [CAMPAIGN.id(0).slice(0, -1), automationId] }, now)
}
