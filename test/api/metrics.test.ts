import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { type Delays, readDelays } from '../../domain/metrics/readDelays.ts'
import { freePort } from '../../scripts/parts/ports.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { frozenCampaign, insertCustomers, kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000)
const NONE: Delays = { refresh: 0, flips: 0, outbox: 0, sending: 0, automations: 0, webhooks: 0 }

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

/** An endpoint with a call that is due since an instant. */
async function dueCalls(since: Date): Promise<void> {
  await execute(
    database.db,
    `INSERT INTO webhook_endpoints (id, name, url, secret, secret_since, state, created_at, created_by, updated_at)
     VALUES (1, 'Other', 'https://other.test', 'x', ?, 'on', ?, 'test', ?)`,
    [NOW, NOW, NOW],
  )
  await execute(
    database.db,
    "INSERT INTO webhook_events (id, type, data, at, distributed) VALUES (1, 'x', '{}', ?, 1)",
    [NOW],
  )
  await execute(
    database.db,
    "INSERT INTO webhook_calls (endpoint_id, event_id, state, due_at) VALUES (1, 1, 'queued', ?)",
    [since],
  )
}

const textOf = async (url: string) => (await fetch(url)).text()
const namesIn = (text: string) => new Set([...text.matchAll(/^([a-z]\w+)[{ ]/gm)].map(([, name]) => name))

test('delays say how long what waits longest has been waiting, and that nothing does', async () => {
  const { db } = database
  expect(await readDelays(db, NOW)).toEqual(NONE)
  const customers = await insertCustomers(db, 2)
  await execute(db, 'DELETE FROM dirty_relationships')
  const campaign = await frozenCampaign(db, { customers }, NOW)
  await execute(db, "UPDATE campaigns SET state = 'sending' WHERE id = ?", [campaign])
  await execute(db, 'UPDATE deliveries SET due_at = ? WHERE customer_id = (SELECT MIN(id) FROM customers)', [ago(70)])
  await execute(db, 'UPDATE deliveries SET due_at = ? WHERE customer_id = (SELECT MAX(id) FROM customers)', [ago(-60)])
  await execute(db, 'UPDATE workflow_outbox SET created_at = ?', [ago(5)])
  const dirty = "INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at) VALUES (0, 1, 'event', ?)"
  await execute(db, dirty, [ago(30)])
  await execute(db, dirty, [ago(2)])
  await dueCalls(ago(40))
  expect(await readDelays(db, NOW)).toEqual({ ...NONE, refresh: 30, outbox: 5, sending: 70, webhooks: 40 })
  // an endpoint that refuses has its own page; it is not a queue that stands
  await execute(db, 'UPDATE webhook_endpoints SET failing_since = ?', [ago(60)])
  expect((await readDelays(db, NOW)).webhooks).toBe(0)
  const text = await textOf(`${api.url}/metrics`)
  expect(text).toContain('perennial_delay_seconds{queue="sending"} 70')
  expect(text).toMatch(/^perennial_database_connections\{state="used"\} \d+$/m)
})

test('a schema that lacks a migration is not ready, whatever else answers', async () => {
  const ready = async () => (await fetch(`${api.url}/readyz`)).status
  expect(await ready()).toBe(200)
  const [last] = await rows<{ name: string }>(
    database.db,
    'SELECT name FROM knex_migrations ORDER BY name DESC LIMIT 1',
  )
  const rename = (to: string, from: string) =>
    execute(database.db, 'UPDATE knex_migrations SET name = ? WHERE name = ?', [to, from])
  await rename('elsewhere', last?.name ?? '')
  expect(await ready()).toBe(503)
  await rename(last?.name ?? '', 'elsewhere')
  expect(await ready()).toBe(200)
})

test('whatever the alarms and the dashboard ask for is there', async () => {
  const port = await freePort()
  const { child } = await startProcess('activities/worker.ts', {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: await createNamespace(),
    SMTP_URL: 'smtp://127.0.0.1:9',
    METRICS_ADDRESS: `127.0.0.1:${port}`,
  })
  try {
    await fetch(`${api.url}/healthz`)
    const ours = namesIn(await textOf(`${api.url}/metrics`))
    // it says that it is ready once it polls
    const answers = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
    expect([await answers('/readyz'), await answers('/healthz'), await answers('/')]).toEqual([200, 200, 404])
    // the upkeep of the segments is a first task for both kinds of slots
    const figures = () => textOf(`http://127.0.0.1:${port}/metrics`).catch(() => '')
    await until(async () => (await figures()).includes('temporal_activity_schedule_to_start_latency_bucket'))
    const told = await figures()
    // the worker's own connections, beside what the SDK tells
    expect(told).toMatch(/^perennial_database_connections\{state="used"\} \d+$/m)
    const theirs = namesIn(told)
    const dashboard = readFileSync('deploy/monitoring/grafana-dashboard.json', 'utf8')
    const alarms = readFileSync('deploy/monitoring/alerts.yaml', 'utf8')
    const asked = [
      ...`${dashboard}\n${alarms}`.matchAll(/\b(?:perennial|http|temporal|nodejs|process|metrics)_[a-z0-9_]+/g),
    ]
    // counts of failures begin with the first one
    const known = new Set([...ours, ...theirs, 'temporal_activity_execution_failed'])
    expect(asked.length).toBeGreaterThan(15)
    const queues = [...alarms.matchAll(/queue=~?"([^"]+)"/g)].flatMap(([, names = '']) => names.split('|'))
    expect(queues.toSorted()).toEqual(Object.keys(NONE).toSorted())
    expect([...new Set(asked.map(([name]) => name))].filter((name) => !known.has(name))).toEqual([])
  } finally {
    await kill(child)
  }
}, 90_000)
