import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readBacktest } from '../../domain/backtests/readBacktest.ts'
import { runBacktest } from '../../domain/backtests/runBacktest.ts'
import { insertBacktest, startBacktest } from '../../domain/backtests/startBacktest.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const DAY = 86_400_000
const RULE = { fact: 'last_booking', is: 'within_last', value: { days: 5 } }

let database: TestDatabase
let db: Database
let namespace: string
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  namespace = await createNamespace()
  const now = new Date()
  await execute(
    db,
    `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
     VALUES (1, 'Studio', 'Europe/Berlin', 'EUR', 'en', 'Studio', 'studio@studio.test', ?)`,
    [now],
  )
  for (let id = 1; id <= 60; id += 1) {
    await execute(
      db,
      'INSERT INTO customers (id, external_id, known, joined_at, created_at, updated_at) VALUES (?, ?, 1, ?, ?, ?)',
      [id, `c${id}`, new Date(now.getTime() - 300 * DAY), now, now],
    )
    for (const ago of [id, id + 11, id + 40]) {
      const at = new Date(now.getTime() - ago * DAY)
      await execute(
        db,
        `INSERT INTO bookings (external_id, customer_id, starts_at, starts_on, state, created_at, updated_at)
         VALUES (?, ?, ?, ?, 'attended', ?, ?)`,
        [`b${id}-${ago}`, id, at, at.toISOString().slice(0, 10), now, now],
      )
    }
  }
})
afterAll(async () => {
  await Promise.all(children.map(kill))
  await database.drop()
})

async function startWorker(): Promise<ChildProcess> {
  const { child } = await startProcess('activities/worker.ts', {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: namespace,
    SMTP_URL: 'smtp://127.0.0.1:9',
  })
  children.push(child)
  return child
}

const daysDone = async (id: number) => (await readBacktest(db, id)).daysDone

const changesOf = (id: number) =>
  rows(
    db,
    `SELECT day, customer_id, entered FROM backtest_changes WHERE backtest_id = ? ORDER BY day, customer_id, entered`,
    [id],
  )

test('a worker is killed in the middle of a backtest: another one goes on, and nothing is there twice', async () => {
  const worker = await startWorker()
  const now = new Date()
  const id = await startBacktest(db, { rule: RULE, days: 90 }, 'test', now)
  await until(async () => (await daysDone(id)) > 3)
  // whoever holds the row keeps the worker where it is
  await db.transaction(async (trx) => {
    await rows(trx, 'SELECT id FROM backtests WHERE id = ? FOR UPDATE', [id])
    await kill(worker)
  })
  const before = await daysDone(id)
  expect(before).toBeLessThan(90)
  await startWorker()
  await until(async () => (await readBacktest(db, id)).state === 'done', 60_000)
  const { counted, progress } = await readBacktest(db, id)
  expect(progress).toBe(1)
  expect(counted).toHaveLength(90)

  // no worker hears of this one
  const same = { kind: 'backtest', rule: RULE, scope: 'business', provider: null, days: 90, by: null } as const
  const undisturbed = await insertBacktest(db, same, now)
  await runBacktest(db, undisturbed, () => now)
  expect(counted).toEqual((await readBacktest(db, undisturbed)).counted)
  expect(await changesOf(id)).toEqual(await changesOf(undisturbed))
  expect((await changesOf(id)).length).toBeGreaterThan(60)
}, 120_000)
