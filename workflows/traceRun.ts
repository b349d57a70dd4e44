import type { Headers } from '@temporalio/common'
import { ContinueAsNew, proxySinks, type WorkflowInterceptorsFactory, workflowInfo } from '@temporalio/workflow'
import type { TraceSinks } from '../activities/traceWork.ts'
import {
  readCarrier,
  readTraceparent,
  type TraceCarrier,
  type TracePoint,
  withCarrier,
  writeTraceparent,
} from '../domain/traceContext.ts'

/**
 * So long, in milliseconds, and for so many activities, are activities of a run parts of the trace that began it. A run may take
 * months: what it does later are traces of their own, which name it.
 */
const LONG = 3_600_000
const MANY = 100

/**
 * Hands the trace on from whoever started or signalled a workflow to its activities. Histories stay as they are: only headers
 * are added, which replay does not look at, and all of it follows from the headers that came in. A worker that collects
 * nothing hands on what it gets.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  /** The span of this run, when somebody's trace began it. */
  let run: TracePoint | null = null
  /** What this run merely follows from: the one before it. */
  let follows: TracePoint | null = null
  /** Who signalled since the last activity. */
  let woken: TracePoint | null = null
  let began = 0
  let activities = 0

  /** Whoever woke the workflow accounts for what it does next. */
  const next = (): TraceCarrier | null => {
    const waker = woken
    woken = null
    if (waker !== null) return { traceparent: writeTraceparent(waker) }
    if (run !== null) {
      activities += 1
      const own = writeTraceparent(run)
      return activities <= MANY && Date.now() - began < LONG ? { traceparent: own } : { tracelink: own }
    }
    return follows === null ? null : { tracelink: writeTraceparent(follows) }
  }

  return {
    inbound: [
      {
        execute: (input, proceed) => {
          const { traceparent, tracelink } = readCarrier(input.headers)
          const parent = readTraceparent(traceparent)
          follows = readTraceparent(tracelink)
          if (parent === null) return proceed(input)
          const point = { ...parent, spanId: spanOf(workflowInfo().runId) }
          run = point
          began = Date.now()
          const tell = (failed: string | null) =>
            proxySinks<TraceSinks>().tracing.run({ point, parent, began, ended: Date.now(), failed })
          return proceed(input).then(
            (result) => {
              tell(null)
              return result
            },
            (error: unknown) => {
              tell(error instanceof ContinueAsNew ? null : error instanceof Error ? error.name : typeof error)
              throw error
            },
          )
        },
        handleSignal: (input, proceed) => {
          const point = readTraceparent(readCarrier(input.headers).traceparent)
          // a call that starts and signals is one call: its run is in its trace already
          if (point !== null && point.traceId !== run?.traceId) woken = point
          return proceed(input)
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, proceed) => proceed(carrying(input, next())),
        signalWorkflow: (input, proceed) => proceed(carrying(input, run && { traceparent: writeTraceparent(run) })),
        continueAsNew: (input, proceed) => {
          const before = run ?? follows
          return proceed(carrying(input, before && { tracelink: writeTraceparent(before) }))
        },
      },
    ],
  }
}

/** Runs have random ids: a part of one is as good as a random number, and the same whenever the run is replayed. */
const spanOf = (runId: string): string => {
  const id = runId.replaceAll('-', '').slice(-16)
  return /^[0-9a-f]{16}$/.test(id) && !/^0+$/.test(id) ? id : 'f'.repeat(16)
}

const carrying = <Input extends { headers: Headers }>(input: Input, carrier: TraceCarrier | null): Input =>
  carrier === null ? input : { ...input, headers: withCarrier(input.headers, carrier) }
