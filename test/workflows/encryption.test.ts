import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { type RunningWorker, startWorker } from '../../activities/startWorker.ts'
import { connectWorkflows } from '../../api/server/temporal.ts'
import { execute, rows } from '../../domain/database.ts'
import { readPayloadKeys } from '../../domain/payloads/payloadCodec.ts'
import { CAMPAIGN, TASK_QUEUE } from '../../domain/temporal.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { campaignTo, insertCustomers, recordingChannel } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const payloadKeys = readPayloadKeys(`2026:${Buffer.alloc(32, 5).toString('base64')}`)
const { channel, taken } = recordingChannel()

let database: TestDatabase
let worker: RunningWorker
let workflows: ReturnType<typeof connectWorkflows>
let connection: Connection
/** Reads what the server has, without a key. */
let reader: Client
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  const namespace = await createNamespace()
  const temporal = { connection: { address: temporalAddress() }, namespace, payloadKeys }
  worker = await startWorker({
    db,
    channels: { email: channel, sms: null, push: null },
    publicUrl: 'http://studio.test',
    clock: () => new Date(),
    temporal: { ...temporal, taskQueue: TASK_QUEUE },
    bundles: await mkdtemp(join(tmpdir(), 'perennial-bundle-')),
    onTrouble: () => {},
  })
  workflows = connectWorkflows({ ...temporal, db, log: pino({ level: 'silent' }) })
  connection = await Connection.connect({ address: temporalAddress() })
  reader = new Client({ connection, namespace })
}, 120_000)
afterAll(async () => {
  await workflows?.close()
  await worker?.stop()
  await connection?.close()
  await database?.drop()
})

test('with keys, neither histories nor failures in Temporal have anything to read', async () => {
  const { db } = database
  const customers = await insertCustomers(db, 3)
  const campaign = await campaignTo(db, { customers })
  await workflows.dispatchOutbox()
  await until(async () => taken.length === 3)
  const handle = reader.workflow.getHandle(CAMPAIGN.id(campaign))
  await until(async () => (await handle.describe()).status.name === 'COMPLETED')
  const { events } = await handle.fetchHistory()
  const text = JSON.stringify(events)
  const encodings = [...text.matchAll(/"encoding":"([^"]*)"/g)].map(([, code = '']) => decoded(code))
  expect(encodings.length).toBeGreaterThan(3)
  expect(new Set(encodings)).toEqual(new Set(['binary/encrypted']))

  // what goes wrong is told in words that may hold anything: they are sealed, too
  await execute(db, 'RENAME TABLE campaigns TO kept_elsewhere')
  try {
    await workflows.dispatchOutbox()
    const lost = reader.workflow.getHandle(CAMPAIGN.id(campaign + 1))
    const start = { taskQueue: TASK_QUEUE, workflowId: CAMPAIGN.id(campaign + 1) }
    await reader.workflow.start(CAMPAIGN.type, { ...start, args: [campaign + 1] })
    await until(async () => {
      const { raw } = await lost.describe()
      return raw.pendingActivities?.some(({ lastFailure }) => (lastFailure ?? null) !== null) === true
    })
    const { raw } = await lost.describe()
    const [failed] = raw.pendingActivities ?? []
    expect(failed?.lastFailure?.message).toBe('Encoded failure')
    expect(decoded(failed?.lastFailure?.encodedAttributes?.metadata?.encoding)).toBe('binary/encrypted')
    expect(JSON.stringify(raw.pendingActivities)).not.toMatch(/campaigns|doesn.t exist/)
    await lost.terminate()
  } finally {
    await execute(db, 'RENAME TABLE kept_elsewhere TO campaigns')
  }
  expect(await rows(db, "SELECT 1 FROM deliveries WHERE state <> 'sent'")).toEqual([])
}, 120_000)

const decoded = (bytes: unknown): string =>
  typeof bytes === 'string'
    ? Buffer.from(bytes, 'base64').toString()
    : Buffer.from((bytes ?? []) as number[]).toString()
