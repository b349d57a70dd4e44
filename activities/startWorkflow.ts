import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { WorkflowStart } from '../domain/outbox/enqueueWorkflow.ts'
import { CAMPAIGN, SEGMENT_UPKEEP } from '../domain/temporal.ts'

/** Workflows that may be running already when they are needed again, with the signal that makes them look. */
const WAKE: Record<string, string> = { [CAMPAIGN.type]: CAMPAIGN.resume, [SEGMENT_UPKEEP.type]: SEGMENT_UPKEEP.wake }

/**
 * Starts a workflow under its fixed id, or wakes the one that runs under it. A workflow that takes no signal and is
 * running already is left alone.
 *
 * @throws when Temporal can't be reached
 */
export async function startWorkflow(client: Client, taskQueue: string, start: WorkflowStart): Promise<void> {
  const { workflowId, workflowType, args } = start
  const signal = WAKE[workflowType]
  const options = { workflowId, taskQueue, args: [...args] }
  if (signal !== undefined) {
    await client.workflow.signalWithStart(workflowType, { ...options, signal })
    return
  }
  try {
    await client.workflow.start(workflowType, options)
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
