import { heardByAutomations } from '../automations/hearStatuses.ts'
import type { Sql } from '../customers/sql.ts'
import { type Database, execute } from '../database.ts'
import { remember } from '../history/remember.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import type { Status } from './status.ts'

/** What is set, and who does it. */
export type Setting = {
  /** `automatic` hands the status back: it is then what the rules have brought the customer to meanwhile. */
  status: Status | 'automatic'
  by: string | null
  /** The automation that does it. What a person has set by hand outranks it: those customers are left alone. */
  automation?: string | null | undefined
  /** Why the changes come about; `by_hand` when it is left out. */
  cause?: 'by_hand' | 'event' | undefined
}

/**
 * Sets the status of a group of customers, whom no rule changes then until it is handed back. Set-based, however many they
 * are; twice is once. Each change of a status is a row of `status_changes`, and segments that ask for the status are
 * refreshed for whoever changed.
 *
 * @param trx a transaction, of which nothing else may hold customers or their relationships: refreshes are waited for here
 * @param picked a query for our own ids of the customers, as `customer_id`, each once
 * @returns how many were set or handed back, though for some of them the status may be the same as before; and what the
 *   act of a person is taken back by, null when it did nothing
 */
export async function setStatus(
  trx: Database,
  picked: Sql,
  setting: Setting,
  now: Date,
): Promise<{ changed: number; act: number | null }> {
  // changes become visible in the order of their ids, and no rule decides at the same time
  await lockUpkeep(trx)
  const { status, by, automation = null, cause = 'by_hand' } = setting
  const [act = 0] = await trx('status_acts').insert({
    status,
    acted_by: by?.slice(0, 320) ?? null,
    automation_id: automation,
    acted_at: now,
  })
  const concerned = concernedSql(setting)
  const changed = await execute(
    trx,
    `INSERT INTO status_act_customers (act_id, customer_id, status, by_hand, set_at, set_by, automation_id)
     SELECT ?, c.id, c.status, c.status_by_hand, c.status_set_at, c.status_set_by, c.status_automation_id
     FROM (${picked.sql}) w JOIN customers c ON c.id = w.customer_id
     WHERE c.known = 1 AND ${concerned.sql} FOR UPDATE`,
    [act, ...picked.bindings, ...concerned.bindings],
  )
  if (changed === 0) {
    await execute(trx, 'DELETE FROM status_acts WHERE id = ?', [act])
    return { changed, act: null }
  }
  const target: Sql =
    status === 'automatic' ? { sql: 'c.automatic_status', bindings: [] } : { sql: '?', bindings: [status] }
  await changeStatuses(trx, act, target, { by, automation, cause }, now)
  const hand = status !== 'automatic'
  await execute(
    trx,
    `UPDATE status_act_customers b JOIN customers c ON c.id = b.customer_id
     SET c.status_by_hand = ?, c.status_set_at = ?, c.status_set_by = ?, c.status_automation_id = ?, c.updated_at = ?
     WHERE b.act_id = ?`,
    [hand, hand ? now : null, hand ? (by?.slice(0, 320) ?? null) : null, hand ? automation : null, now, act],
  )
  if (automation === null) return { changed, act }
  // a person can take back what a person did
  await execute(trx, 'DELETE FROM status_acts WHERE id = ?', [act])
  return { changed, act: null }
}

/** The customers `c` for whom a setting is not how it is already, or outranked by a person. */
export function concernedSql({ status, automation = null }: Setting): Sql {
  if (automation === null) {
    if (status === 'automatic') return { sql: 'c.status_by_hand', bindings: [] }
    return {
      sql: 'NOT (c.status_by_hand AND c.status = ? AND c.status_automation_id IS NULL)',
      bindings: [status],
    }
  }
  if (status === 'automatic') return { sql: 'c.status_by_hand AND c.status_automation_id IS NOT NULL', bindings: [] }
  return {
    sql: 'NOT (c.status_by_hand AND (c.status_automation_id IS NULL OR c.status = ?))',
    bindings: [status],
  }
}

/** How changes by hand come about. */
type How = { by: string | null; automation: string | null; cause: string }

/**
 * Gives the customers of an act another status, with its row in the history; the caller's transaction holds the upkeep.
 *
 * @param target SQL for the status, over customers `c` and what the act found, `b`
 */
export async function changeStatuses(trx: Database, act: number, target: Sql, how: How, now: Date): Promise<void> {
  const { by, automation, cause } = how
  const changing: Sql = { sql: `b.act_id = ? AND c.status <> ${target.sql}`, bindings: [act, ...target.bindings] }
  const among = 'status_act_customers b JOIN customers c ON c.id = b.customer_id'
  await remember(
    trx,
    'customers',
    {
      sql: `x.id IN (SELECT b.customer_id FROM ${among} WHERE ${changing.sql})`,
      bindings: changing.bindings as (string | number)[],
    },
    now,
  )
  const write = () =>
    execute(
      trx,
      `INSERT INTO status_changes (customer_id, from_status, to_status, cause, changed_by, automation_id, at)
       SELECT c.id, c.status, ${target.sql}, ?, ?, ?, ? FROM ${among} WHERE ${changing.sql} ORDER BY c.id`,
      [...target.bindings, cause, by?.slice(0, 320) ?? null, automation, now, ...changing.bindings],
    )
  await heardByAutomations(trx, write, now)
  await execute(
    trx,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT 0, c.id, ?, ? FROM ${among} WHERE ${changing.sql} ORDER BY c.id`,
    [cause, now, ...changing.bindings],
  )
  // one after the other: of several columns that one statement sets in joined tables, none is sure to come first
  await execute(trx, `UPDATE ${among} SET c.known_from = ? WHERE ${changing.sql}`, [now, ...changing.bindings])
  await execute(trx, `UPDATE ${among} SET c.status = ${target.sql} WHERE ${changing.sql}`, [
    ...target.bindings,
    ...changing.bindings,
  ])
}
