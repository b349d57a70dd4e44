/**
 * What the home page costs: its two calls, the numbers beside the search, and what its indexes cost those who write bookings.
 *
 *   node bench/customers.ts --server mysql://root@127.0.0.1:3306 --customers 100000 --lists --keep
 *   node bench/home.ts --server mysql://root@127.0.0.1:3306
 *
 * On the database that the first one leaves. Beside the clock: the rows that each question read (`Handler_read%` of its
 * connection), which a busy machine does not change.
 */
import { parseArgs } from 'node:util'
import { listCustomers } from '../domain/customers/listCustomers.ts'
import { type Database, execute, openDatabase, rows } from '../domain/database.ts'
import { readAttention } from '../domain/home/readAttention.ts'
import { readChanges } from '../domain/home/readChanges.ts'
import { readCharts } from '../domain/home/readCharts.ts'
import { momentAt } from '../domain/segments/moment.ts'

/** The moment around which `bench/customers.ts` has invented everything. */
const NOW = new Date('2026-11-25T12:00:00.000Z')
const TOUCHED = 20_000
const HOME_KEYS = {
  bookings_day: 'KEY bookings_day (starts_on, deleted, state, provider_id, booked_at)',
} as const

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    rounds: { type: 'string', default: '20' },
  },
})
const rounds = Number(options.rounds)
// one connection: what it has read is what was asked here
const db = openDatabase(`${options.server}/bench_customers`, 1)
try {
  const [size] = await rows<{ customers: number; bookings: number }>(
    db,
    'SELECT (SELECT COUNT(*) FROM customers) AS customers, (SELECT COUNT(*) FROM bookings) AS bookings',
  )
  console.log(`${size?.customers} customers, ${size?.bookings} bookings; ${rounds} calls each`)
  await movements(db)
  const moment = await momentAt(db, NOW)
  const [provider] = await rows<{ id: number }>(db, 'SELECT id FROM providers ORDER BY id LIMIT 1')
  const own = provider?.id ?? null
  console.log(`${''.padEnd(44)} median   95th  rows read`)
  await timed('what has changed', () => readChanges(db, null, moment))
  await timed('what has changed, for a provider', () => readChanges(db, own, moment))
  await timed('pictures', () => readCharts(db, null, moment))
  await timed('pictures, for a provider', () => readCharts(db, own, moment))
  await timed('what needs somebody', () => readAttention(db, null, NOW))
  for (const text of ['a', 'anna', 'c99', 'user12', 'nobody at all']) {
    await timed(`search: ${text}`, () => listCustomers(db, { filter: { text } }, { limit: 6 }))
  }
  await writing(db)
} finally {
  await db.destroy()
}

/** Four weeks of customers who come and go, and two years over which they were added. */
async function movements(db: Database): Promise<void> {
  const [found] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM segment_transitions')
  if ((found?.count ?? 0) > 0) return
  await execute(db, 'UPDATE customers SET created_at = DATE_SUB(?, INTERVAL (id * 53) % 730 DAY)', [NOW])
  await execute(
    db,
    `INSERT INTO segment_transitions (segment_id, provider_id, customer_id, entered, cause, version, at)
     SELECT s.id, 0, c.id, c.id % 2, 'time', 1, DATE_SUB(?, INTERVAL (c.id * 37) % 40320 MINUTE)
     FROM customers c JOIN segments s ON s.scope = 'business'`,
    [NOW],
  )
  await db.raw('ANALYZE TABLE segment_transitions')
}

/** What an index costs those who write: the same bookings moved by a day, with it and without. */
async function writing(db: Database): Promise<void> {
  const move = (days: number) =>
    execute(
      db,
      `UPDATE bookings SET starts_on = DATE_ADD(starts_on, INTERVAL ? DAY), state = IF(state = 'booked', 'attended', state)
       WHERE id % 15 = 3 ORDER BY id LIMIT ?`,
      [days, TOUCHED],
    )
  for (const [name, key] of Object.entries(HOME_KEYS)) {
    const withIt = await best([() => move(1), () => move(-1)])
    await db.raw(`ALTER TABLE bookings DROP KEY ${name}`)
    const without = await best([() => move(1), () => move(-1)])
    await db.raw(`ALTER TABLE bookings ADD ${key}`)
    console.log(
      `${TOUCHED} bookings moved to another day: ${withIt.toFixed(0)} ms with ${name}, ${without.toFixed(0)} ms without it`,
    )
  }
}

/** The quickest of several, in milliseconds: what others do on the machine only ever adds. */
async function best(acts: readonly (() => Promise<unknown>)[]): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round += 1) {
    for (const act of acts) {
      const began = performance.now()
      await act()
      least = Math.min(least, performance.now() - began)
    }
  }
  return least
}

async function readSoFar(): Promise<number> {
  const counters = await rows<{ Value: string }>(db, "SHOW SESSION STATUS LIKE 'Handler_read%'")
  return counters.reduce((sum, { Value }) => sum + Number(Value), 0)
}

async function timed(what: string, act: () => Promise<unknown>): Promise<void> {
  const before = await readSoFar()
  await act()
  const read = (await readSoFar()) - before
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now()
    await act()
    times.push(performance.now() - began)
  }
  times.sort((one, other) => one - other)
  const at = (part: number) => (times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(0)
  console.log(
    `${what.padEnd(44)} ${at(0.5).padStart(6)} ${at(0.95).padStart(6)} ${read.toLocaleString('en').padStart(10)}`,
  )
}
