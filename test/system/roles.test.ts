import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually, RunningSystem } from '../support/system.ts'
import { createNamespace } from '../support/temporal.ts'

// whole systems are started here, beside whatever else the machine does
jest.setTimeout(180_000)

// As in production: API and worker are started apart, on a database and a Temporal that somebody else runs.

let database: TestDatabase
const started: RunningSystem[] = []
let api: RunningSystem
let env: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEMPORAL_ADDRESS ?? '',
    TEMPORAL_NAMESPACE: await createNamespace(),
    PERENNIAL_ADMIN_EMAIL: 'admin@studio.test',
    PERENNIAL_ADMIN_PASSWORD: 'a long enough sentence',
  }
  api = await RunningSystem.start({ env, role: 'api' })
  started.push(api)
}, 180_000)
afterAll(async () => {
  for (const system of started) await system.remove()
  await database.drop()
})

const readiness = async () => (await fetch(`${api.url}/readyz`)).status

test('without a worker the API is alive and says that it is not ready', async () => {
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
  expect(await readiness()).toBe(503)
})

test('two workers beside it, one of them killed: facts still move customers', async () => {
  for (const _ of [1, 2]) started.push(await RunningSystem.start({ env, role: 'worker' }))
  await eventually(readiness, (status) => status === 200)
  await started[1]?.killEverything()
  await api.call('POST', '/ingest', {
    customers: [{ id: 'anna', first_name: 'Anna' }],
    bookings: [{ id: 'b1', customer: 'anna', starts_at: new Date(Date.now() + 86_400_000).toISOString() }],
  })
  const members = () => api.call<{ items: { customer?: string; id?: string }[] }>('GET', '/segments/new-leads/members')
  await eventually(members, ({ items }) => items.length === 1)
})

test('each ends by itself when it is asked to', async () => {
  for (const system of [started[2], api]) expect(await system?.stop()).toBe(0)
  for (const system of started) expect(system.processes()).toEqual([])
})
