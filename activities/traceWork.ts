import type { Context } from '@temporalio/activity'
import type { ActivityInterceptors, InjectedSinks } from '@temporalio/worker'
import type { Sink, Sinks } from '@temporalio/workflow'
import { readCarrier, readTraceparent, type TracePoint } from '../domain/traceContext.ts'
import { currentTracing, traced, traceIds } from '../domain/tracing/tracing.ts'

/** A run that has come to its end, for a span of it. Instants in milliseconds. */
type ToldRun = {
  point: TracePoint
  parent: TracePoint
  began: number
  ended: number
  /** The kind of error that ended it. */
  failed: string | null
}

/** What workflows tell their worker. */
export interface TraceSinks extends Sinks {
  tracing: Sink & { run(told: ToldRun): void }
}

/** Each activity is a span, a part of the run that asked for it; its lines in the log say which. */
export function traceActivity({ info }: Context): ActivityInterceptors {
  return {
    inbound: {
      execute: (input, next) => {
        if (currentTracing() === null) return next(input)
        const { traceparent, tracelink } = readCarrier(input.headers)
        const attributes = {
          temporalActivityId: info.activityId,
          'perennial.attempt': info.attempt,
          ...(info.workflowExecution === undefined
            ? {}
            : { temporalWorkflowId: info.workflowExecution.workflowId, run_id: info.workflowExecution.runId }),
        }
        const [parent, link] = [readTraceparent(traceparent), readTraceparent(tracelink)]
        return traced(`RunActivity:${info.activityType}`, { kind: 'internal', attributes, parent, link }, () =>
          next(input),
        )
      },
    },
    outbound: { getLogAttributes: (input, next) => next({ ...input, ...traceIds() }) },
  }
}

/** What workflows tell of their runs. It is taken by every worker: what asks for it stands in the histories. */
export const traceSinks: InjectedSinks<TraceSinks> = {
  tracing: {
    run: {
      fn: ({ workflowId, runId, workflowType }, { failed, ...told }: ToldRun) => {
        const attributes = { temporalWorkflowId: workflowId, run_id: runId }
        currentTracing()?.tell({ ...told, name: `RunWorkflow:${workflowType}` }, attributes, failed)
      },
      callDuringReplay: false,
    },
  },
}
