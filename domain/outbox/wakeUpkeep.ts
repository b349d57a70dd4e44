import type { Database } from '../database.ts'
import { SEGMENT_UPKEEP } from '../temporal.ts'
import { enqueueWorkflow } from './enqueueWorkflow.ts'

/** Has the upkeep of segments look for what changed, as soon as the outbox is handed over. */
export const wakeUpkeep = (db: Database, now: Date): Promise<void> =>
  enqueueWorkflow(db, { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }, now)
