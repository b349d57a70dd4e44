import type { Database } from '../database.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { RECOMPUTE } from '../temporal.ts'

/** Notes in the caller's transaction that a segment has to be computed as a whole by a version of its rule. */
export async function requestRecompute(trx: Database, key: string, version: number, now: Date): Promise<void> {
  const workflowId = RECOMPUTE.id(key, version)
  await enqueueWorkflow(trx, { workflowId, workflowType: RECOMPUTE.type, args: [key, version] }, now)
}
