import { type Client, type Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common'
import { CAMPAIGN, LIFECYCLE, LIFECYCLE_ATTRIBUTES, SEGMENT_UPKEEP } from '../temporal.ts'
import type { WorkflowStart } from './enqueueWorkflow.ts'

/** Workflows that may be running already when they are needed again, with the signal that makes them look. */
const WAKE: Readonly<Record<string, string>> = {
  [CAMPAIGN.type]: CAMPAIGN.resume,
  [SEGMENT_UPKEEP.type]: SEGMENT_UPKEEP.wake,
  [LIFECYCLE.type]: LIFECYCLE.wake,
}

/**
 * Starts a workflow under its fixed id, or wakes the one that runs under it. A workflow that takes no signal and is
 * running already is left alone. The one way from the outbox to Temporal, for every process that hands over.
 *
 * @param labelled whether the namespace knows the search attributes of lifecycles
 * @throws when Temporal can't be reached
 */
export async function startWorkflow(
  client: Client,
  taskQueue: string,
  { workflowId, workflowType, args }: WorkflowStart,
  { labelled = false }: { labelled?: boolean } = {},
): Promise<void> {
  const signal = WAKE[workflowType]
  const labels = labelled && workflowType === LIFECYCLE.type ? { typedSearchAttributes: labelsOf(args) } : {}
  const options = { workflowId, taskQueue, args: [...args], ...labels }
  const wake = async () => {
    if (signal !== undefined)
      await client.workflow.signalWithStart(workflowType, { ...options, signal, signalArgs: [] })
  }
  // a cohort that says where it stands has just been made: nobody needs to tell it to look
  const isNew = workflowType === LIFECYCLE.type && args[1] !== ''
  if (signal !== undefined && !isNew) return wake()
  try {
    await client.workflow.start(workflowType, options)
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    // handed over once before; since then somebody may have asked for it again by the same row
    await wake()
  }
}

/** The search attributes of lifecycles that a namespace does not know. */
export async function missingLabels(
  connection: Connection,
  namespace: string,
): Promise<(keyof typeof LIFECYCLE_ATTRIBUTES)[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
  const kinds = Object.keys(LIFECYCLE_ATTRIBUTES) as (keyof typeof LIFECYCLE_ATTRIBUTES)[]
  return kinds.filter((kind) => customAttributes?.[LIFECYCLE_ATTRIBUTES[kind]] === undefined)
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
