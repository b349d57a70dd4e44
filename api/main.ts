// The process `node api/main.ts`: HTTP for API, UI and the pages of customers. Several may run side by side.
import { once } from 'node:events'
import { openDns } from '../domain/checks/dns.ts'
import { openDatabase } from '../domain/database.ts'
import { forgetRates } from '../domain/deliveries/rates.ts'
import { forgetNotices } from '../domain/feedback/takeNotices.ts'
import { removeOldKeys } from '../domain/idempotency/removeOldKeys.ts'
import { s3Store } from '../domain/images/s3Store.ts'
import { makeLog } from '../domain/log.ts'
import { sweepMerges } from '../domain/merge/sweepMerges.ts'
import { forgetOptIns } from '../domain/optIns/requestOptIn.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { startTracing } from '../domain/tracing/startTracing.ts'
import { publicPages, routes } from './routes.ts'
import { createApp } from './server/createApp.ts'
import { drain } from './server/drain.ts'
import { environment } from './server/environment.ts'
import { hookSecrets } from './server/hookSecrets.ts'
import { connectWorkflows } from './server/temporal.ts'

/** How long what has not been sent of traces is waited for at the end, in milliseconds. */
const FLUSH_MS = 2_000

const log = makeLog('api', process.env.LOG_LEVEL || undefined)

async function main(): Promise<void> {
  const {
    port,
    databaseUrl,
    databaseConnections,
    temporal,
    publicUrl,
    dnsServers,
    apiKey,
    uiDir,
    trustProxy,
    ...told
  } = environment(process.env)
  const { smtpUrl, smsUrl, pushUrl, temporalUiUrl, oidc } = told
  // before the first connection, whose statements it traces
  const tracing = await startTracing(process.env, 'perennial-api', (words) => log.warn({ words }, 'spans are not sent'))
  const db = openDatabase(databaseUrl, databaseConnections)
  const workflows = connectWorkflows({ ...temporal, db, log })
  await readSettings(db)

  const hooks = hookSecrets(process.env)
  const images = told.images === undefined ? undefined : s3Store(told.images)
  const dns = openDns(dnsServers)
  const urls = { publicUrl, smtpUrl, smsUrl, pushUrl }
  const temporalPages = temporalUiUrl === undefined ? undefined : { url: temporalUiUrl, namespace: temporal.namespace }
  const privateWebhooks = process.env.PERENNIAL_PRIVATE_WEBHOOKS === '1'
  const parts = { temporalPages, dns, hooks, images, oidc, privateWebhooks, log }
  const services = { db, workflows, now: () => new Date(), ...urls, ...parts }
  const app = createApp(services, routes, { apiKey, uiDir, trustProxy, publicPages })
  const server = app.listen(port)
  await once(server, 'listening')

  const hourly = setInterval(() => {
    const at = new Date()
    Promise.all([
      removeOldKeys(db, at),
      forgetRates(db, at),
      forgetNotices(db, at),
      forgetOptIns(db, at),
      sweepMerges(db, at),
    ]).catch((error: unknown) => log.warn({ err: error }, 'what is old was not removed'))
  }, 3_600_000)
  hourly.unref()

  const stop = drain(server, log, async () => {
    clearInterval(hourly)
    await Promise.allSettled([workflows.close(), db.destroy(), tracing?.stop(FLUSH_MS)])
  })
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(event, stop)
  // a mistake that nobody caught leaves the process in a state that nobody knows
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught')
    process.exitCode = 1
    stop()
  })

  log.info({ port }, 'listening')
  process.send?.('ready')
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, 'the API could not be started')
  process.exit(1)
})
