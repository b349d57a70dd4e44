import { once } from 'node:events'
import { openDatabase } from '../domain/database.ts'
import { removeOldKeys } from '../domain/idempotency/removeOldKeys.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { publicPages, routes } from './routes.ts'
import { createApp } from './server/createApp.ts'
import { drain } from './server/drain.ts'
import { environment } from './server/environment.ts'
import { makeLog } from './server/log.ts'
import { connectWorkflows } from './server/temporal.ts'

// The process `node api/main.ts`: HTTP for API, UI and the pages of customers. Several may run side by side.

const wanted = environment(process.env)
const log = makeLog('api', wanted.logLevel)
const db = openDatabase(wanted.databaseUrl, 20)
const workflows = connectWorkflows({ ...wanted.temporal, db, log })
await readSettings(db)

const { publicUrl, smtpUrl } = wanted
const services = { db, workflows, now: () => new Date(), publicUrl, smtpUrl, log }
const { apiKey, uiDir, trustProxy } = wanted
const app = createApp(services, routes, { apiKey, uiDir, trustProxy, publicPages })
const server = app.listen(wanted.port)
await once(server, 'listening')

const hourly = setInterval(() => {
  removeOldKeys(db, new Date()).catch((error: unknown) => log.warn({ err: error }, 'old keys were not removed'))
}, 3_600_000)
hourly.unref()

const stop = drain(server, log, async () => {
  clearInterval(hourly)
  await Promise.allSettled([workflows.close(), db.destroy()])
})
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('disconnect', stop)
// a mistake that nobody caught leaves the process in a state that nobody knows
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught')
  process.exitCode = 1
  stop()
})

log.info({ port: wanted.port }, 'listening')
process.send?.('ready')
