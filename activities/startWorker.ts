import { join } from 'node:path'
import { Client, Connection, type ConnectionOptions } from '@temporalio/client'
import { NativeConnection, type NativeConnectionOptions, Worker } from '@temporalio/worker'
import type { Database } from '../domain/database.ts'
import type { Channels } from '../domain/deliveries/channels/index.ts'
import { dispatchOutbox } from '../domain/outbox/dispatchOutbox.ts'
import { startWorkflow } from '../domain/outbox/startWorkflow.ts'
import { type PayloadKeys, payloadCodec } from '../domain/payloads/payloadCodec.ts'
import { DEPLOYMENT } from '../domain/temporal.ts'
import { traceCalls } from '../domain/temporalClient/traceCalls.ts'
import { Telling } from '../domain/webhooks/keepTelling.ts'
import { automationActivities } from './automations.ts'
import { backtestActivities } from './backtests.ts'
import { campaignActivities } from './campaigns.ts'
import { dryRunActivities } from './dryRuns.ts'
import { erasureActivities } from './erasures.ts'
import { importActivities } from './imports.ts'
import { promoteFirst } from './promoteBuild.ts'
import { registerLabels } from './registerLabels.ts'
import { retentionActivities } from './retention.ts'
import { segmentActivities } from './segments.ts'
import { statusActivities } from './statuses.ts'
import { traceActivity, traceSinks } from './traceWork.ts'
import { workflowBundle } from './workflowBundle.ts'

/** How often waiting workflow starts are handed over, in milliseconds. The API does it at once; this is for what it could not. */
const OUTBOX_INTERVAL = 2_000
/** How often it is looked whether webhooks are to be told of something, in milliseconds. */
const WEBHOOKS_INTERVAL = 1_000

/** Carries the words of failures so that they are encrypted with the payloads. */
const FAILURES = join(import.meta.dirname, '../workflows/failureConverter.ts')

export type WorkerParts = {
  db: Database
  channels: Channels
  publicUrl: string
  /** Whether customers can answer an SMS. */
  answers?: boolean | undefined
  clock: () => Date
  /** Whether webhooks may lead into our own network. */
  privateWebhooks?: boolean
  temporal: {
    connection: NativeConnectionOptions
    namespace: string
    taskQueue: string
    /** The release that this worker is of: with it, new and old workers side by side are told apart. */
    build?: string | undefined
    /** With them Temporal sees encrypted payloads only. */
    payloadKeys?: PayloadKeys | null
  }
  /** The folder in which the bundled workflows are kept. */
  bundles: string
  /** Told about what went wrong in the background and is tried again. */
  onTrouble: (error: unknown) => void
}

/** A worker that polls. `stop` finishes the batch in hand; `stopped` settles when it has, or fails when polling did. */
export type RunningWorker = { stop(): Promise<void>; stopped: Promise<void> }

/**
 * Connects to Temporal, registers all workflows and activities and begins to poll.
 *
 * @throws when Temporal can't be reached
 */
export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { db, channels, publicUrl, answers, clock, privateWebhooks = false, temporal, bundles, onTrouble } = parts
  const { namespace, taskQueue, payloadKeys = null, build } = temporal
  const sealing =
    payloadKeys === null ? null : { payloadCodecs: [payloadCodec(payloadKeys)], failureConverterPath: FAILURES }
  const dataConverter = sealing === null ? {} : { dataConverter: sealing }
  const connection = await NativeConnection.connect(temporal.connection)
  // set once there is an outbox to hand over
  let handOver = () => {}
  const onEnqueued = () => handOver()
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: await workflowBundle(bundles, sealing?.failureConverterPath),
    ...dataConverter,
    ...(build === undefined ? {} : { workerDeploymentOptions: deploymentOf(build) }),
    activities: {
      ...campaignActivities({ db, channels, publicUrl, answers, clock, onEnqueued }),
      ...segmentActivities({ db, clock, onEnqueued }),
      ...statusActivities({ db, clock }),
      ...automationActivities({ db, channels, clock, privateWebhooks, onEnqueued }),
      ...backtestActivities({ db, clock }),
      ...dryRunActivities({ db, clock }),
      ...erasureActivities({ db, clock, onEnqueued }),
      ...importActivities({ db, clock, onEnqueued }),
      ...retentionActivities({ db, clock, onEnqueued }),
    },
    interceptors: { activity: [traceActivity] },
    sinks: traceSinks,
    // campaigns that send wait for mail servers, not for processors: so many go side by side and take turns
    maxConcurrentActivityTaskExecutions: 400,
    // activities are told at once that the worker goes, and have this long to finish the batch in hand
    shutdownGraceTime: 0,
    shutdownForceTime: '30 seconds',
  })
  const clientConnection = await Connection.connect(temporal.connection as ConnectionOptions)
  const interceptors = { workflow: [traceCalls] }
  const client = new Client({ connection: clientConnection, namespace, interceptors, ...dataConverter })
  const labelled = await registerLabels(clientConnection, namespace)
  if (build !== undefined) {
    // it has to poll to be promoted, and polls once it runs
    promoteFirst({ connection: clientConnection, namespace }, build).catch(onTrouble)
  }
  const outbox = every(OUTBOX_INTERVAL, onTrouble, () =>
    dispatchOutbox(db, (start) => startWorkflow(client, taskQueue, start, { labelled })),
  )
  handOver = outbox.hurry
  const { email } = channels
  const telling = new Telling({ db, email, publicUrl, clock, allowPrivate: privateWebhooks, onTrouble })
  const webhooks = every(WEBHOOKS_INTERVAL, onTrouble, () => telling.look())
  const stopped = worker.run().finally(async () => {
    await webhooks.stop()
    await telling.stop()
    await outbox.stop()
    await clientConnection.close()
    await connection.close()
  })
  return {
    stopped,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await stopped
    },
  }
}

/** Recorded histories are replayed in the tests: what an older build began, a newer one goes on with. */
const deploymentOf = (buildId: string) =>
  ({
    version: { deploymentName: DEPLOYMENT, buildId },
    useWorkerVersioning: true,
    defaultVersioningBehavior: 'AUTO_UPGRADE',
  }) as const

/** Repeats an act, never twice at once; a failure is told and the next turn tries again. */
function every(interval: number, onTrouble: (error: unknown) => void, act: () => Promise<unknown>) {
  let going = true
  let hurried = false
  let wake = () => {}
  const turns = async () => {
    while (going) {
      hurried = false
      await act().catch(onTrouble)
      if (!going) return
      if (hurried) continue
      await new Promise<void>((done) => {
        const timer = setTimeout(done, interval)
        wake = () => {
          clearTimeout(timer)
          done()
        }
      })
    }
  }
  const ended = turns()
  return {
    /** The next turn is taken at once, or when the one that is being taken has ended. */
    hurry: () => {
      hurried = true
      wake()
    },
    stop: async () => {
      going = false
      wake()
      await ended
    },
  }
}
