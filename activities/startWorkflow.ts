import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common'
import type { WorkflowStart } from '../domain/outbox/enqueueWorkflow.ts'
import { CAMPAIGN, LIFECYCLE, LIFECYCLE_ATTRIBUTES, SEGMENT_UPKEEP } from '../domain/temporal.ts'

/** Workflows that may be running already when they are needed again, with the signal that makes them look. */
const WAKE: Record<string, string> = {
  [CAMPAIGN.type]: CAMPAIGN.resume,
  [SEGMENT_UPKEEP.type]: SEGMENT_UPKEEP.wake,
  [LIFECYCLE.type]: LIFECYCLE.wake,
}

/**
 * Starts a workflow under its fixed id, or wakes the one that runs under it. A workflow that takes no signal and is
 * running already is left alone.
 *
 * @param labelled whether the namespace knows the search attributes of lifecycles
 * @throws when Temporal can't be reached
 */
export async function startWorkflow(
  client: Client,
  taskQueue: string,
  start: WorkflowStart,
  { labelled = false }: { labelled?: boolean } = {},
): Promise<void> {
  const { workflowId, workflowType, args } = start
  const signal = WAKE[workflowType]
  const labels = labelled && workflowType === LIFECYCLE.type ? { typedSearchAttributes: labelsOf(args) } : {}
  const options = { workflowId, taskQueue, args: [...args], ...labels }
  // a cohort that says where it stands has just been made: nobody needs to tell it to look
  const isNew = workflowType === LIFECYCLE.type && args[1] !== ''
  if (signal !== undefined && !isNew) {
    await client.workflow.signalWithStart(workflowType, { ...options, signal })
    return
  }
  try {
    await client.workflow.start(workflowType, options)
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

/** What operators find a lifecycle by, from its arguments. */
function labelsOf([, , , automation, version, provider]: WorkflowStart['args']): TypedSearchAttributes {
  const { KEYWORD, INT } = SearchAttributeType
  return new TypedSearchAttributes([
    { key: defineSearchAttributeKey(LIFECYCLE_ATTRIBUTES.automation, KEYWORD), value: String(automation) },
    { key: defineSearchAttributeKey(LIFECYCLE_ATTRIBUTES.version, INT), value: Number(version) },
    ...(provider === undefined || provider === ''
      ? []
      : [{ key: defineSearchAttributeKey(LIFECYCLE_ATTRIBUTES.provider, KEYWORD), value: String(provider) }]),
  ])
}
