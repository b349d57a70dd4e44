import type {
  WorkflowClientInterceptor,
  WorkflowSignalInput,
  WorkflowSignalWithStartInput,
  WorkflowStartInput,
} from '@temporalio/client'
import type { Headers } from '@temporalio/common'
import { withCarrier, writeTraceparent } from '../traceContext.ts'
import { type Span, traced } from '../tracing/tracing.ts'

/** Starting and signalling workflows as spans, which the workflow and its activities go on with. */
export const traceCalls: WorkflowClientInterceptor = {
  start: (input: WorkflowStartInput, next) =>
    call('StartWorkflow', input.workflowType, input.options.workflowId, (span) => next(carrying(input, span))),
  signalWithStart: (input: WorkflowSignalWithStartInput, next) =>
    call('SignalWithStartWorkflow', input.workflowType, input.options.workflowId, (span) =>
      next(carrying(input, span)),
    ),
  signal: (input: WorkflowSignalInput, next) =>
    call('SignalWorkflow', input.signalName, input.workflowExecution.workflowId, (span) => next(carrying(input, span))),
}

const call = <T>(kind: string, type: string, workflow: string, act: (span: Span | null) => Promise<T>): Promise<T> =>
  traced(`${kind}:${type}`, { kind: 'client', attributes: { temporalWorkflowId: workflow } }, act)

/** The same call with the header by which its other side goes on with the trace. */
function carrying<Input extends { headers: Headers }>(input: Input, span: Span | null): Input {
  if (span === null) return input
  return { ...input, headers: withCarrier(input.headers, { traceparent: writeTraceparent(span.point) }) }
}
