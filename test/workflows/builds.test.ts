import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { currentBuild, promoteBuild } from '../../activities/promoteBuild.ts'
import { type RunningWorker, startWorker } from '../../activities/startWorker.ts'
import { connectWorkflows } from '../../api/server/temporal.ts'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { CAMPAIGN, TASK_QUEUE } from '../../domain/temporal.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers, recordingChannel } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const HOUR = 3_600_000
const { channel, taken } = recordingChannel()
const clock = { now: new Date() }

let database: TestDatabase
let namespace: string
let bundles: string
let workflows: ReturnType<typeof connectWorkflows>
let connection: Connection
const workers: RunningWorker[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  namespace = await createNamespace()
  bundles = await mkdtemp(join(tmpdir(), 'perennial-bundle-'))
  const temporal = { connection: { address: temporalAddress() }, namespace }
  workflows = connectWorkflows({ ...temporal, db: database.db, log: pino({ level: 'silent' }) })
  connection = await Connection.connect({ address: temporalAddress() })
}, 120_000)
afterAll(async () => {
  await workflows?.close()
  for (const worker of workers) await worker.stop()
  await connection?.close()
  await database?.drop()
})

async function startBuild(build: string): Promise<RunningWorker> {
  const worker = await startWorker({
    db: database.db,
    channels: { email: channel, sms: null, push: null },
    publicUrl: 'http://studio.test',
    clock: () => clock.now,
    temporal: { connection: { address: temporalAddress() }, namespace, taskQueue: TASK_QUEUE, build },
    bundles,
    onTrouble: (error) => console.warn(String(error)),
  })
  workers.push(worker)
  return worker
}

/** The build whose worker did the last task of a campaign's workflow. */
async function buildOf(campaign: number): Promise<string | null> {
  const handle = new Client({ connection, namespace }).workflow.getHandle(CAMPAIGN.id(campaign))
  const found = await handle.describe().catch(() => null)
  return found?.raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? null
}

const place = () => ({ connection, namespace })

test('an upgrade: old and new side by side, then the new build goes on with what the old one began', async () => {
  const { db } = database
  const customers = await insertCustomers(db, 3)
  const content = { subject: 'Hello', html: '<p>Hello</p>' }
  const order = (sendAt: Date | null) =>
    createCampaign(db, { criteria: { customers }, content, sendAt, createdBy: null }, clock.now)

  const old = await startBuild('1.0')
  await until(async () => (await currentBuild(place())) === '1.0')
  const later = await order(new Date(clock.now.getTime() + HOUR))
  await workflows.dispatchOutbox()
  await until(async () => (await buildOf(later)) === '1.0')

  // the new one is up and gets nothing yet
  await startBuild('1.1')
  const now = await order(null)
  await workflows.dispatchOutbox()
  await until(async () => taken.length === 3)
  expect([await buildOf(now), await currentBuild(place())]).toEqual(['1.0', '1.0'])

  await promoteBuild(place(), '1.1')
  await old.stop()
  clock.now = new Date(clock.now.getTime() + 2 * HOUR)
  await workflows.signalCampaign(later, 'resume')
  await until(async () => taken.length === 6)
  expect([await buildOf(later), await currentBuild(place())]).toEqual(['1.1', '1.1'])
}, 120_000)

test('a build that nobody has started can’t be promoted', async () => {
  await expect(promoteBuild(place(), '9.9', 300)).rejects.toThrow()
  expect(await currentBuild(place())).toBe('1.1')
})
