import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute } from '../../domain/database.ts'
import { type Delays, readDelays } from '../../domain/metrics/readDelays.ts'
import { freePort } from '../../scripts/parts/ports.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { frozenCampaign, insertCustomers, kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000)
const NONE: Delays = { refresh: 0, flips: 0, outbox: 0, sending: 0, automations: 0 }

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
  expect(await readDelays(db, NOW)).toEqual({ ...NONE, refresh: 30, outbox: 5, sending: 70 })
  const text = await textOf(`${api.url}/metrics`)
  expect(text).toContain('perennial_delay_seconds{queue="sending"} 70')
  expect(text).toMatch(/^perennial_database_connections\{state="used"\} \d+$/m)
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
    // the upkeep of the segments is a first task for both kinds of slots
    const figures = () => textOf(`http://127.0.0.1:${port}/metrics`).catch(() => '')
    await until(async () => (await figures()).includes('temporal_activity_schedule_to_start_latency_bucket'))
    const theirs = namesIn(await figures())
    const dashboard = readFileSync('deploy/monitoring/grafana-dashboard.json', 'utf8')
    const alarms = readFileSync('deploy/monitoring/alerts.yaml', 'utf8')
    const asked = [...`${dashboard}\n${alarms}`.matchAll(/\b(?:perennial|http|temporal|nodejs|process)_[a-z0-9_]+/g)]
    // counts of failures begin with the first one
    const known = new Set([...ours, ...theirs, 'temporal_activity_execution_failed'])
    expect(asked.length).toBeGreaterThan(15)
    expect([...new Set(asked.map(([name]) => name))].filter((name) => !known.has(name))).toEqual([])
  } finally {
    await kill(child)
  }
}, 90_000)
