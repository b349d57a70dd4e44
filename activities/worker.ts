/** The worker process: `node activities/worker.ts`. It runs workflows and activities and keeps no state of its own. */
import { join } from 'node:path'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { openDatabase } from '../domain/database.ts'
import { closeChannels, openChannels } from '../domain/deliveries/channels/index.ts'
import { takesAnswers } from '../domain/deliveries/channels/sms.ts'
import { makeLog } from '../domain/log.ts'
import { processMetrics } from '../domain/metrics/processMetrics.ts'
import { enqueueWorkflow } from '../domain/outbox/enqueueWorkflow.ts'
import { readPayloadKeys } from '../domain/payloads/payloadCodec.ts'
import { readPoolSize } from '../domain/poolSize.ts'
import { pushIdentity } from '../domain/push/pushIdentity.ts'
import { mailSigner } from '../domain/settings/mailSigner.ts'
import { SEGMENT_UPKEEP, TASK_QUEUE } from '../domain/temporal.ts'
import { readTemporal } from '../domain/temporalClient/readTemporal.ts'
import { startTracing } from '../domain/tracing/startTracing.ts'
import { ownPort, readMetricsAddress, serveMetrics } from './serveMetrics.ts'
import { type RunningWorker, startWorker, type WorkerParts } from './startWorker.ts'

const CONNECTIONS = 12
/** How long Temporal may take to come up, in milliseconds, and the pause between two tries. */
const PATIENCE = 60_000
const PAUSE = 500
/** How long what has not been sent of traces is waited for at the end, in milliseconds. */
const FLUSH = 5_000

const log = makeLog('worker', process.env.LOG_LEVEL || undefined)

function environment(name: string, fallback?: string): string {
  const value = process.env[name] ?? fallback
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}

/** An error in the SDK's notes without what it quotes; anything else of theirs goes as it is. */
function reasonOf(meta: Record<string, unknown> | undefined): { err?: unknown; error?: undefined } {
  const error = meta?.error
  return error === undefined ? {} : { err: error, error: undefined }
}

/** Temporal may be starting beside us: tries for a minute before giving up. */
async function startPatiently(parts: WorkerParts): Promise<RunningWorker> {
  const gaveUp = Date.now() + PATIENCE
  for (;;) {
    try {
      return await startWorker(parts)
    } catch (error) {
      if (Date.now() > gaveUp) throw error
      log.warn({ err: error }, 'Temporal is not there yet')
      await new Promise((done) => setTimeout(done, PAUSE))
    }
  }
}

async function main(): Promise<void> {
  // signals are handled below, together with the loss of the parent process
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    log[level === 'ERROR' ? 'error' : 'warn']({ ...meta, ...reasonOf(meta) }, message)
  })
  const metrics = process.env.METRICS_ADDRESS ? readMetricsAddress(process.env.METRICS_ADDRESS) : null
  const sdkPort = metrics === null ? 0 : await ownPort()
  const prometheus = { bindAddress: `127.0.0.1:${sdkPort}` }
  const telemetry = metrics === null ? {} : { telemetryOptions: { metrics: { prometheus } } }
  Runtime.install({ shutdownSignals: [], logger, ...telemetry })
  // before the first connection, whose statements it traces
  const told = (words: string) => log.warn({ words }, 'spans are not sent')
  const tracing = await startTracing(process.env, 'perennial-worker', told)
  const db = openDatabase(environment('DATABASE_URL'), readPoolSize(process.env.DATABASE_CONNECTIONS, CONNECTIONS))
  let polling = false
  const asked = { sdkPort, polls: () => polling }
  const figures = metrics === null ? null : await serveMetrics(metrics, processMetrics(db), asked)
  const publicUrl = environment('PUBLIC_URL', 'http://localhost:8080').replace(/\/+$/, '')
  const smsUrl = process.env.SMS_URL || undefined
  const channels = openChannels({
    email: environment('SMTP_URL'),
    signer: mailSigner(db),
    sms: smsUrl,
    push: { ...pushIdentity(db), local: process.env.PUSH_URL || null },
    publicUrl,
  })
  // the one workflow that always runs: started with the others that wait, or woken
  const upkeep = { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }
  await enqueueWorkflow(db, upkeep, new Date())
  environment('TEMPORAL_ADDRESS')
  const temporal = readTemporal(process.env)
  const worker = await startPatiently({
    db,
    channels,
    publicUrl,
    privateWebhooks: process.env.PERENNIAL_PRIVATE_WEBHOOKS === '1',
    answers: smsUrl !== undefined && takesAnswers(smsUrl),
    clock: () => new Date(),
    temporal: {
      connection: temporal.worker,
      namespace: temporal.namespace,
      payloadKeys: readPayloadKeys(process.env.TEMPORAL_PAYLOAD_KEYS),
      taskQueue: TASK_QUEUE,
      build: process.env.WORKER_BUILD || undefined,
    },
    bundles: join(environment('PERENNIAL_DATA', join(import.meta.dirname, '../.local')), 'cache'),
    onTrouble: (error) => log.warn({ err: error }, 'Something in the background failed; trying again'),
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'finishing what is in hand')
      polling = false
      void worker.stop().catch(() => {})
    })
  }
  polling = true
  log.info('polling')
  process.send?.('ready')
  await worker.stopped
  closeChannels(channels)
  figures?.close()
  await Promise.allSettled([db.destroy(), tracing?.stop(FLUSH)])
}

/** Lets the parent go, so that the process can end; when it is the parent that went there is nothing to let go. */
function hangUp(): void {
  if (process.connected) process.disconnect()
}

main().then(hangUp, (error: unknown) => {
  log.fatal({ err: error }, 'the worker ended')
  process.exitCode = 1
  // connections that hang must not keep a dead worker alive
  setTimeout(() => process.exit(1), 1_000).unref()
  hangUp()
})
