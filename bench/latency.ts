/**
 * How long it takes from a change in the booking system to the member and the transition that come of it, through the
 * whole running system: HTTP, ingest, signal, workflow, refresh.
 *
 *   node bench/latency.ts --server mysql://root@127.0.0.1:3306
 *
 * Starts the system with an empty database of its own on that server, loads customers as history, then sends their first
 * bookings one by one, 100 a second for a minute, and watches the table of transitions. Drops the database at the end.
 */
import { cpus, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Database, openDatabase, rows } from '../domain/database.ts'
import { RunningSystem } from '../test/support/system.ts'

const NAME = 'bench_latency'
/** Customers in one call while they are loaded. */
const CALL = 2_000
/** How often the table is looked at, in milliseconds: a latency is at most this much too long. */
const LOOK_EVERY = 10
/** How long the last changes are waited for, in milliseconds. */
const PATIENCE = 30_000

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
  },
})
const rate = Number(options.rate)
const count = rate * Number(options.seconds)

const customer = (index: number) => `latency-${index}`

async function load(system: RunningSystem): Promise<void> {
  for (let from = 0; from < count; from += CALL) {
    const customers = Array.from({ length: Math.min(CALL, count - from) }, (_, index) => ({
      id: customer(from + index),
      first_name: 'Anna',
      last_name: `Number ${from + index}`,
    }))
    await system.call('POST', '/ingest', { customers, historical: true })
  }
}

/** Sends the first booking of each customer at its time, whether the one before has been answered or not. */
async function send(system: RunningSystem, sent: Map<string, number>): Promise<number[]> {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString()
  const answers: Promise<number>[] = []
  const began = performance.now()
  for (let index = 0; index < count; index += 1) {
    const ahead = began + (index * 1_000) / rate - performance.now()
    if (ahead > 0) await sleep(ahead)
    const at = performance.now()
    sent.set(customer(index), at)
    const booking = { id: `latency-${index}`, customer: customer(index), starts_at: yesterday, state: 'attended' }
    answers.push(system.call('POST', '/ingest', { bookings: [booking] }).then(() => performance.now() - at))
  }
  return Promise.all(answers)
}

/** Notes when the member and the transition of each change can be seen. */
async function watch(db: Database, seen: Map<string, number>): Promise<void> {
  let last = 0
  let until = Number.POSITIVE_INFINITY
  while (seen.size < count && performance.now() < until) {
    const found = await rows<{ id: number; external_id: string }>(
      db,
      `SELECT t.id, c.external_id FROM segment_transitions t
       JOIN segments s ON s.id = t.segment_id AND s.\`key\` = 'new-customers'
       JOIN segment_members m ON m.segment_id = t.segment_id AND m.provider_id = 0 AND m.customer_id = t.customer_id
       JOIN customers c ON c.id = t.customer_id
       WHERE t.id > ? AND t.entered ORDER BY t.id`,
      [last],
    )
    const now = performance.now()
    for (const { id, external_id } of found) {
      seen.set(external_id, now)
      last = id
    }
    if (found.length > 0) until = now + PATIENCE
    await sleep(LOOK_EVERY)
  }
}

function say(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(0)} ms`
  console.log(`${what.padEnd(44)} p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(0.99999)}`)
}

const administration = openDatabase(`${options.server}/`, 1)
await administration.raw(`DROP DATABASE IF EXISTS ${NAME}`)
await administration.raw(`CREATE DATABASE ${NAME} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
const db = openDatabase(`${options.server}/${NAME}`, 2)
const system = await RunningSystem.start({ env: { DATABASE_URL: `${options.server}/${NAME}`, PERENNIAL_DEMO: '0' } })
try {
  const [server] = await rows<{ version: string }>(db, 'SELECT VERSION() AS version')
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`
  console.log(`${machine}, Node ${process.version}; ${server?.version}`)
  await load(system)
  // what was loaded has been looked at when nothing is dirty any more
  while ((await rows(db, 'SELECT 1 FROM dirty_relationships LIMIT 1')).length > 0) await sleep(100)
  const sent = new Map<string, number>()
  const seen = new Map<string, number>()
  const watching = watch(db, seen)
  const answered = await send(system, sent)
  await watching
  console.log(`${count.toLocaleString('en')} changes, ${rate} a second; ${seen.size.toLocaleString('en')} seen`)
  say('ingest answered after', answered)
  say(
    'member and transition seen after',
    [...seen].map(([id, at]) => at - (sent.get(id) ?? Number.NaN)),
  )
  if (seen.size !== count) process.exitCode = 1
} finally {
  await system.stop()
  await system.remove()
  await db.destroy()
  await administration.raw(`DROP DATABASE IF EXISTS ${NAME}`)
  await administration.destroy()
}
