/**
 * What 90 days of a backtest cost beside one evaluation of everybody as of the past.
 *
 *   node bench/backtest.ts --server mysql://root@127.0.0.1:3306 --customers 100000
 *
 * The database is the one of bench/segments.ts: made, filled by SQL from a fixed seed, dropped at the end. With --keep it
 * stays, and a later run needs not fill it again.
 */
import { parseArgs } from 'node:util'
import { look, surroundingsOf } from '../domain/backtests/look.ts'
import { readBacktest } from '../domain/backtests/readBacktest.ts'
import { runBacktest } from '../domain/backtests/runBacktest.ts'
import { startBacktest } from '../domain/backtests/startBacktest.ts'
import { type Database, openDatabase, rows } from '../domain/database.ts'
import { migrate } from '../migrations/run.ts'
import { EVERYBODY } from '../rules/compile/population.ts'
import { EVERYDAY_RULES } from './backtest/rules.ts'
import { costOf } from './segments/cost.ts'
import { generate } from './segments/data.ts'

const NOW = new Date('2026-11-25T12:00:00.000Z')
const DAYS = 90

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    customers: { type: 'string', default: '100000' },
    keep: { type: 'boolean', default: false },
  },
})

async function fill(db: Database, customers: number): Promise<void> {
  await migrate(db)
  const [filled] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM customers')
  if (filled?.count !== customers) await generate(db, { customers, bookings: customers * 10, providers: 200 }, NOW)
  for (const table of ['customers', 'bookings', 'memberships']) await db.raw(`ANALYZE TABLE ${table}`)
}

/** Seconds of one evaluation of everybody as of the middle of the days; of processor time where it can be read. */
async function whole(db: Database, rule: (typeof EVERYDAY_RULES)[string]): Promise<number> {
  const at = new Date(NOW.getTime() - (DAYS / 2) * 86_400_000)
  const subject = { rule, scope: 'business', timeZone: 'UTC', source: 'known' } as const
  const surroundings = await surroundingsOf(db, subject, at)
  return timeOf(db, async () => {
    await look(db, subject, EVERYBODY, { at, last: at, surroundings })
  })
}

async function timeOf(db: Database, act: () => Promise<void>): Promise<number> {
  const { cpu, seconds } = await costOf(db, act)
  return cpu ?? seconds
}

async function measure(customers: number): Promise<void> {
  const name = `bench_${customers}`
  const administration = openDatabase(`${options.server}/`, 1)
  if (!options.keep) await administration.raw(`DROP DATABASE IF EXISTS ${name}`)
  await administration.raw(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  const db = openDatabase(`${options.server}/${name}`, 4)
  await fill(db, customers)
  console.log(`${customers.toLocaleString('en')} customers, ${DAYS} days`)
  for (const [title, rule] of Object.entries(EVERYDAY_RULES)) {
    const once = await whole(db, rule)
    const id = await startBacktest(db, { rule, days: DAYS }, 'bench', NOW)
    const seconds = await timeOf(db, () => runBacktest(db, id, () => NOW))
    const { counted } = await readBacktest(db, id)
    const moved = counted.reduce((sum, { entered, left }) => sum + entered + left, 0)
    const times = seconds / once
    console.log(
      `${title.padEnd(22)} everybody once ${once.toFixed(2)} s, ${DAYS} days ${seconds.toFixed(1)} s = ${times.toFixed(1)} evaluations of everybody (${(DAYS / times).toFixed(1)} times cheaper than ${DAYS}); ${moved.toLocaleString('en')} came and went`,
    )
  }
  await db.destroy()
  if (!options.keep) await administration.raw(`DROP DATABASE ${name}`)
  await administration.destroy()
}

await measure(Number(options.customers))
