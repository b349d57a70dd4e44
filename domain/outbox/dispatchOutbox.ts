import { type Database, execute, fromJson, rows } from '../database.ts'
import type { WorkflowStart } from './enqueueWorkflow.ts'

type Row = { workflow_id: string; workflow_type: string; args: string; created_at: Date }

/**
 * Hands the waiting workflow starts to Temporal, oldest first. A row is removed after it was handed over, so a crash in
 * between hands it over a second time; that must do no harm, and doesn't, because the workflow's id is fixed. A row
 * that was written again meanwhile stays for the next time.
 *
 * @param start starts the workflow, or wakes the one that runs under this id; throws when Temporal is away
 * @returns how many were handed over
 */
export async function dispatchOutbox(db: Database, start: (row: WorkflowStart) => Promise<void>): Promise<number> {
  const waiting = await rows<Row>(db, 'SELECT * FROM workflow_outbox ORDER BY created_at LIMIT 100')
  for (const { workflow_id, workflow_type, args, created_at } of waiting) {
    await start({
      workflowId: workflow_id,
      workflowType: workflow_type,
      args: fromJson<(string | number)[]>(args) ?? [],
    })
    await execute(db, 'DELETE FROM workflow_outbox WHERE workflow_id = ? AND created_at = ?', [workflow_id, created_at])
  }
  return waiting.length
}
