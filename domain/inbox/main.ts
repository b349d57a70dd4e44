/** The local inbox as a process: `node domain/inbox/main.ts`. Tells its parent `{smtp, http}`, its ports, when it
 * listens. */
import { openDatabase } from '../database.ts'
import { makeLog } from '../log.ts'
import { playedBrowser } from './playedBrowser.ts'
import { startGateways } from './startGateways.ts'
import { startInbox } from './startInbox.ts'

const CONNECTIONS = 8
const log = makeLog('inbox', process.env.LOG_LEVEL || undefined)

async function main(): Promise<void> {
  const url = process.env.DATABASE_URL
  if (url === undefined || url === '') throw new Error('DATABASE_URL is not set')
  const bounces = Number(process.env.BOUNCE_PORT ?? 0)
  const db = openDatabase(url, CONNECTIONS)
  const inbox = await startInbox(db, {
    port: Number(process.env.INBOX_PORT ?? 0),
    ...(bounces > 0 ? { bounces } : {}),
    clock: () => new Date(),
    onTrouble: (error) => log.warn({ err: error }, 'a mail could not be kept'),
  })
  const gateways = await startGateways(db, {
    port: Number(process.env.INBOX_HTTP_PORT ?? 0),
    clock: () => new Date(),
    browser: await playedBrowser(db),
    onTrouble: (error) => log.warn({ err: error }, 'a message could not be kept'),
  })
  log.info({ port: inbox.port, http: gateways.port }, 'listening')
  process.send?.({ smtp: inbox.port, http: gateways.port })
  await new Promise<void>((done) => {
    for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, () => done())
  })
  await inbox.stop()
  await gateways.stop()
  await db.destroy()
}

/** Lets the parent go, so that the process can end; when it is the parent that went there is nothing to let go. */
function hangUp(): void {
  if (process.connected) process.disconnect()
}

main().then(hangUp, (error: unknown) => {
  log.fatal({ err: error }, 'the inbox ended')
  process.exitCode = 1
  hangUp()
})
