import { Client, Connection, type ConnectionOptions, WorkflowNotFoundError } from '@temporalio/client'
import type { Logger } from 'pino'
import type { Database } from '../../domain/database.ts'
import { Problem } from '../../domain/errors.ts'
import { dispatchOutbox } from '../../domain/outbox/dispatchOutbox.ts'
import { missingLabels, startWorkflow } from '../../domain/outbox/startWorkflow.ts'
import { type PayloadKeys, payloadCodec } from '../../domain/payloads/payloadCodec.ts'
import { isAttended } from '../../domain/segments/attendance.ts'
import { CAMPAIGN, SEGMENT_UPKEEP, TASK_QUEUE } from '../../domain/temporal.ts'
import { traceCalls } from '../../domain/temporalClient/traceCalls.ts'
import type { TracePoint } from '../../domain/traceContext.ts'
import { currentTracing, traced } from '../../domain/tracing/tracing.ts'
import { coalesce } from './coalesce.ts'
import { pollersOf } from './pollers.ts'
import type { Workflows } from './services.ts'

export type TemporalOptions = {
  connection: ConnectionOptions
  namespace: string
  /** With them Temporal sees encrypted payloads only. */
  payloadKeys?: PayloadKeys | null
  db: Database
  log: Logger
  /** The queue that workers poll; tests have their own. */
  taskQueue?: string
}

/** A call that Temporal has not answered by then has failed: the caller is waiting. */
const PATIENCE_MS = 3_000
/** How long a namespace that does not know the labels of lifecycles is not asked again. */
const LABELS_MS = 60_000

/**
 * Looks for a server that is away every 2 s (gRPC's own pauses grow to minutes), and leaves trying again to us: the SDK's
 * retries go on after the caller has been answered, and throw past everybody when the connection is closed meanwhile.
 */
const PROMPT = {
  channelArgs: { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 2_000 },
  interceptors: [],
}

/**
 * {@link Workflows} over a Temporal client. It connects at the first call and again by itself when the server comes
 * back; starting the API needs no Temporal.
 */
export function connectWorkflows(options: TemporalOptions): Workflows & { close(): Promise<void> } {
  const { db, log, namespace, taskQueue = TASK_QUEUE, payloadKeys = null } = options
  const connection = Connection.lazy({ ...options.connection, ...PROMPT })
  const sealing = payloadKeys === null ? {} : { dataConverter: { payloadCodecs: [payloadCodec(payloadKeys)] } }
  const client = new Client({ connection, namespace, interceptors: { workflow: [traceCalls] }, ...sealing })

  /** Runs one request with a time limit. */
  const soon = <T>(request: () => Promise<T>): Promise<T> => connection.withDeadline(Date.now() + PATIENCE_MS, request)

  /** {@link soon}, whose failure is told to the caller of the API. */
  const needed = async <T>(request: () => Promise<T>): Promise<T> => {
    try {
      return await soon(request)
    } catch (error) {
      log.warn({ err: error }, 'Temporal did not do what was asked')
      throw new Problem('unavailable', 'Temporal does not answer. What was asked for is not done; try again later.')
    }
  }

  let labelled = false
  let asked = Number.NEGATIVE_INFINITY
  /** Whether the worker has made the labels of lifecycles known; where nobody may ask, they go without. */
  const areLabelled = async (): Promise<boolean> => {
    if (labelled || performance.now() < asked + LABELS_MS) return labelled
    asked = performance.now()
    const missing = await missingLabels(connection, namespace).catch(() => null)
    labelled = missing?.length === 0
    return labelled
  }
  const handOver = async () => {
    const options = { labelled: await areLabelled() }
    await dispatchOutbox(db, (row) => startWorkflow(client, taskQueue, row, options))
  }

  const signalUpkeep = async () => {
    // whoever is refreshing already will see what has been committed
    if (await isAttended(db)) return
    await soon(async () => {
      await client.workflow.signalWithStart(SEGMENT_UPKEEP.type, {
        workflowId: SEGMENT_UPKEEP.id,
        taskQueue,
        args: [],
        signal: SEGMENT_UPKEEP.wake,
        signalArgs: [],
      })
    })
  }
  // one signal is for many calls: it is a part of the first one's trace, not of that of whoever began the row of signals
  let asker: TracePoint | null = null
  const wake = coalesce(
    () => {
      const parent = asker
      asker = null
      return traced('wakeSegments', { kind: 'internal', parent }, signalUpkeep)
    },
    (error) => log.warn({ err: error }, 'the segment upkeep could not be woken; trying again'),
  )

  return {
    wakeSegments: () => {
      asker ??= currentTracing()?.active()?.point ?? null
      wake.ask()
    },
    dispatchOutbox: async () => {
      try {
        await soon(handOver)
      } catch (error) {
        log.warn({ err: error }, 'workflows wait in the outbox; the worker will start them')
      }
    },
    signalCampaign: (campaign, signal) =>
      needed(async () => {
        try {
          await client.workflow.getHandle(CAMPAIGN.id(campaign)).signal(CAMPAIGN[signal])
        } catch (error) {
          // not started yet or at its end: it reads the campaign's state from the database
          if (!(error instanceof WorkflowNotFoundError)) throw error
        }
      }),
    health: async () => {
      try {
        return { temporal: true, worker: await soon(() => pollersOf(connection, namespace, taskQueue)) }
      } catch {
        return { temporal: false, worker: false }
      }
    },
    close: async () => {
      wake.stop()
      await connection.close()
    },
  }
}
