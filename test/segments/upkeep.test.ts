import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { pino } from 'pino'
import { segmentActivities } from '../../activities/segments.ts'
import { workflowBundle } from '../../activities/workflowBundle.ts'
import type { Workflows } from '../../api/server/services.ts'
import { connectWorkflows } from '../../api/server/temporal.ts'
import { rows } from '../../domain/database.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { TASK_QUEUE } from '../../domain/temporal.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } })

// the upkeep's id is fixed, so the test has a namespace of its own
let namespace: string

let database: TestDatabase
let api: TestApi
let workflows: Workflows & { close(): Promise<void> }
let worker: Worker
let running: Promise<void>
let native: NativeConnection

beforeAll(async () => {
  database = await createTestDatabase()
  await installStandardSegments(database.db, new Date())
  namespace = await createNamespace()
  const bundle = await workflowBundle(join(import.meta.dirname, '../../.local/cache'))
  native = await NativeConnection.connect({ address: temporalAddress() })
  worker = await patiently(() =>
    Worker.create({
      connection: native,
      namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle: bundle,
      activities: segmentActivities({ db: database.db, clock: () => new Date() }),
      shutdownForceTime: '10 seconds',
    }),
  )
  running = worker.run()
  workflows = connectWorkflows({
    connection: { address: temporalAddress() },
    namespace,
    db: database.db,
    log: pino({ level: 'silent' }),
  })
  api = await startApi(database.db, undefined, () => new Date(), { workflows })
}, 60_000)

afterAll(async () => {
  await api.close()
  await workflows.close()
  worker.shutdown()
  await running
  await native.close()
  await database.drop()
})

/** A namespace that was just made is known to the server's caches a little later. */
async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (attempt === 60) throw error
      await sleep(250)
    }
  }
}

const segmentsOf = async (customer: string) =>
  (
    await rows<{ key: string }>(
      database.db,
      `SELECT s.\`key\` FROM segment_members m JOIN segments s ON s.id = m.segment_id
       JOIN customers c ON c.id = m.customer_id WHERE c.external_id = ? ORDER BY s.id`,
      [customer],
    )
  ).map(({ key }) => key)

/** Milliseconds until a customer is in exactly these segments. */
async function until(customer: string, segments: readonly string[], patience: number): Promise<number> {
  const began = performance.now()
  for (;;) {
    if ((await segmentsOf(customer)).join() === segments.join()) return performance.now() - began
    if (performance.now() - began > patience)
      throw new Error(`${customer} is in ${await segmentsOf(customer)}, not in ${segments}`)
    await sleep(10)
  }
}

const booking = (id: string, customer: string, startsAt: Date, state = 'booked') => ({
  id,
  customer,
  starts_at: startsAt.toISOString(),
  state,
})

test('from the answer to an ingest call to the member row it takes less than a second', async () => {
  const soon = new Date(Date.now() + 5 * 86_400_000)
  await api.call('post', '/ingest', { customers: [{ id: 'warm' }], bookings: [booking('warm', 'warm', soon)] })
  await until('warm', ['new-leads'], 30_000)
  const took: number[] = []
  for (let index = 0; index < 10; index += 1) {
    const id = `anna-${index}`
    const { status } = await api.call('post', '/ingest', { customers: [{ id }], bookings: [booking(id, id, soon)] })
    expect(status).toBe(200)
    took.push(await until(id, ['new-leads'], 5_000))
    await sleep(200)
  }
  const median = took.sort((a, b) => a - b)[5] ?? Number.POSITIVE_INFINITY
  console.log(`ingest answer to member row: ${took.map(Math.round).join(', ')} ms`)
  expect(median).toBeLessThan(1_000)
}, 60_000)

test('a booking that begins moves its customer when it does, without anything else happening', async () => {
  const begins = new Date(Date.now() + 2_500)
  await api.call('post', '/ingest', { customers: [{ id: 'bert' }], bookings: [booking('bert', 'bert', begins)] })
  await until('bert', ['new-leads'], 5_000)
  await until('bert', ['new-customers'], 10_000)
  const late = Date.now() - begins.getTime()
  expect(late).toBeGreaterThanOrEqual(0)
  expect(late).toBeLessThan(2_000)
  const causes = await rows<{ cause: string; entered: number }>(
    database.db,
    `SELECT t.cause, t.entered FROM segment_transitions t JOIN customers c ON c.id = t.customer_id
     WHERE c.external_id = 'bert' ORDER BY t.id`,
  )
  expect(causes.map(({ cause }) => cause)).toEqual(['event', 'time', 'time'])
}, 30_000)

test('a changed rule is computed by its workflow', async () => {
  const rule = { fact: 'first_booking', is: 'set' }
  const made = await api.call('post', '/segments', { name: 'Everybody who booked', rule })
  expect(made.status).toBe(201)
  await until('bert', ['new-customers', 'everybody-who-booked'], 10_000)
}, 30_000)
