import { heardByAutomations } from '../automations/hearStatuses.ts'
import { type Database, execute, rows } from '../database.ts'
import { remember } from '../history/remember.ts'

/** Causes after which the past reads as if it had always been so: what decided was known all along, or nobody had asked. */
const KNOWN_ALL_ALONG = "('initial', 'historical')"

/**
 * Carries out what stands in `status_decisions`: the automatic status becomes what was decided, and with it the status of
 * those for whom none is set by hand, each with its row in the history. Empties the table. The caller holds the upkeep.
 *
 * @returns our own ids of those whose status changed
 */
export async function applyDecisions(trx: Database, now: Date): Promise<number[]> {
  const among = 'status_decisions d STRAIGHT_JOIN customers c ON c.id = d.customer_id'
  const changing = 'NOT c.status_by_hand AND c.status <> d.status'
  const changed = await rows<{ id: number }>(
    trx,
    `SELECT c.id FROM ${among} WHERE ${changing} ORDER BY c.id FOR UPDATE`,
  )
  if (changed.length > 0) {
    const isNew = `${changing} AND d.cause NOT IN ${KNOWN_ALL_ALONG}`
    await remember(trx, 'customers', { sql: `x.id IN (SELECT c.id FROM ${among} WHERE ${isNew})`, bindings: [] }, now)
    const write = () =>
      execute(
        trx,
        `INSERT INTO status_changes (customer_id, from_status, to_status, cause, rule_id, version, at)
         SELECT c.id, c.status, d.status, d.cause, d.rule_id, d.version, ? FROM ${among} WHERE ${changing} ORDER BY c.id`,
        [now],
      )
    await heardByAutomations(trx, write, now)
    await execute(trx, `UPDATE ${among} SET c.known_from = ? WHERE ${isNew}`, [now])
    // where rules read it
    await execute(
      trx,
      `UPDATE ${among} STRAIGHT_JOIN relationships r ON r.provider_id = 0 AND r.customer_id = c.id
       SET r.status = d.status WHERE ${changing}`,
    )
    await execute(trx, `UPDATE ${among} SET c.status = d.status, c.updated_at = ? WHERE ${changing}`, [now])
  }
  await execute(trx, `UPDATE ${among} SET c.automatic_status = d.status`)
  await execute(trx, 'DELETE FROM status_decisions')
  return changed.map(({ id }) => id)
}
