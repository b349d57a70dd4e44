import { type Database, rows } from '../database.ts'
import type { Cause } from '../segments/applyChanges.ts'
import type { Status } from './status.ts'

/** One change of a customer's status. */
export type StatusChange = {
  id: number
  /** Our own id. */
  customer: number
  from: Status
  to: Status
  /** `initial`, `rule_change` and `historical` are no news: nothing starts on them unless somebody says so. */
  cause: Cause
  /** The rule that decided, with the version of the status automation; null for a change by hand. */
  rule: string | null
  version: number | null
  by: string | null
  automation: string | null
  at: Date
}

/**
 * The changes of statuses after one, oldest first, for whoever follows them: automations that start on “status changes”,
 * webhooks. All writers hold the row of `segment_upkeep`, so ids become visible in their order and a reader may keep the
 * last one it has seen as its place. A change with `automation` was made by that automation.
 *
 * @param after the id of the last one that was read; 0 for the first
 */
export async function readStatusChanges(db: Database, after: number, limit: number): Promise<StatusChange[]> {
  return rows<StatusChange>(
    db,
    `SELECT id, customer_id AS customer, from_status AS \`from\`, to_status AS \`to\`, cause, rule_id AS rule, version,
       changed_by AS \`by\`, automation_id AS automation, at
     FROM status_changes WHERE id > ? ORDER BY id LIMIT ?`,
    [after, limit],
  )
}
