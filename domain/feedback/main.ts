/** The listener for what comes back, as a process: `node domain/feedback/main.ts`. Tells its parent `{smtp: port}` when it listens. */
import { readFileSync } from 'node:fs'
import { openDatabase } from '../database.ts'
import { makeLog } from '../log.ts'
import { startListener } from './startListener.ts'

const CONNECTIONS = 4
const log = makeLog('bounces', process.env.LOG_LEVEL || undefined)

async function main(): Promise<void> {
  const url = process.env.DATABASE_URL
  if (url === undefined || url === '') throw new Error('DATABASE_URL is not set')
  const db = openDatabase(url, CONNECTIONS)
  const listener = await startListener(db, {
    port: Number(process.env.BOUNCE_PORT ?? 0),
    host: process.env.BOUNCE_HOST ?? '127.0.0.1',
    tls: readTls(process.env),
    clock: () => new Date(),
    onMail: (kind) => log.info({ kind }, 'a mail came back'),
    onTrouble: (error) => log.warn({ err: error }, 'a mail could not be taken'),
  })
  log.info({ port: listener.port }, 'listening')
  process.send?.({ smtp: listener.port })
  await new Promise<void>((done) => {
    for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, () => done())
  })
  await listener.stop()
  await db.destroy()
}

/** The certificate that somebody set; the listener makes one for itself where nobody did. */
function readTls({ BOUNCE_TLS_CERT: cert = '', BOUNCE_TLS_KEY: key = '' }: NodeJS.ProcessEnv) {
  if (cert === '' || key === '') return undefined
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}

/** Lets the parent go, so that the process can end; when it is the parent that went there is nothing to let go. */
function hangUp(): void {
  if (process.connected) process.disconnect()
}

main().then(hangUp, (error: unknown) => {
  log.fatal({ err: error }, 'the listener for bounces ended')
  process.exitCode = 1
  hangUp()
})
