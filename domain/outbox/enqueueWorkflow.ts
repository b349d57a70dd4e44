import type { Knex } from 'knex'
import { type Database, execute } from '../database.ts'

/** A workflow to be started; identifiers only, no personal data. */
export type WorkflowStart = { workflowId: string; workflowType: string; args: readonly (string | number)[] }

/**
 * Notes in the caller's transaction that a workflow has to be started (or woken, when it runs). It is handed to
 * Temporal by `dispatchOutbox` once the transaction stands, and however often a process dies, at least once.
 *
 * @param trx the transaction that needs the workflow
 */
export const enqueueWorkflow = (
  trx: Database,
  { workflowId, workflowType, args }: WorkflowStart,
  now: Date,
): Promise<void> =>
  enqueueWorkflows(trx, workflowType, { sql: 'SELECT ?, ?', bindings: [workflowId, JSON.stringify(args)] }, now)

/**
 * The same for many at once.
 *
 * @param selected a statement that selects the id and the arguments (JSON) of each
 */
export async function enqueueWorkflows(
  trx: Database,
  workflowType: string,
  { sql, bindings }: { sql: string; bindings: readonly unknown[] },
  now: Date,
): Promise<void> {
  // each asking is a row of its own: two transactions that need the same workflow do not wait for each other
  await execute(
    trx,
    `INSERT INTO workflow_outbox (workflow_id, args, workflow_type, created_at)
     SELECT x.*, ?, ? FROM (${sql}) x`,
    [workflowType, now, ...(bindings as Knex.RawBinding[])],
  )
}
