import { type Database, execute } from '../database.ts'

/** A workflow to be started; identifiers only, no personal data. */
export type WorkflowStart = { workflowId: string; workflowType: string; args: readonly (string | number)[] }

/**
 * Notes in the caller's transaction that a workflow has to be started (or woken, when it runs). It is handed to
 * Temporal by `dispatchOutbox` once the transaction stands, and however often a process dies, at least once.
 *
 * @param trx the transaction that needs the workflow
 */
export async function enqueueWorkflow(trx: Database, start: WorkflowStart, now: Date): Promise<void> {
  await execute(
    trx,
    `INSERT INTO workflow_outbox (workflow_id, workflow_type, args, created_at) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE created_at = VALUES(created_at)`,
    [start.workflowId, start.workflowType, JSON.stringify(start.args), now],
  )
}
