import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { connectWorkflows } from '../../api/server/temporal.ts'
import { rows } from '../../domain/database.ts'
import { enqueueWorkflow } from '../../domain/outbox/enqueueWorkflow.ts'
import { RECOMPUTE } from '../../domain/temporal.ts'
import { startApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const temporal = temporalAddress()
const log = pino({ level: 'silent' })
let namespace: string
let connection: Connection
let client: Client
let database: TestDatabase

/** A way to the Temporal server that can be cut. */
async function cuttable() {
  const [host = '', port = ''] = temporal.split(':')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onward = connect(Number(port), host)
    for (const end of [socket, onward]) {
      sockets.add(end)
      end.on('error', () => {})
      end.on('close', () => sockets.delete(end))
    }
    socket.pipe(onward).pipe(socket)
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: own } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${own}`,
    cut: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
    mend: async () => {
      server.listen(own, '127.0.0.1')
      await once(server, 'listening')
    },
  }
}

async function signals(workflowId: string): Promise<number> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory()
  return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length
}

beforeAll(async () => {
  database = await createTestDatabase()
  namespace = await createNamespace()
  connection = await Connection.connect({ address: temporal })
  client = new Client({ connection, namespace })
})
afterAll(async () => {
  await connection?.close()
  await database?.drop()
})

const open = (address = temporal) =>
  connectWorkflows({ connection: { address }, namespace, db: database.db, log, taskQueue: 'nobody' })

test('many wake-ups become few signals, and the last one is never lost', async () => {
  const workflows = open()
  for (let round = 0; round < 1000; round++) workflows.wakeSegments()
  await until(async () => (await signals('segment-upkeep').catch(() => 0)) > 0)
  await sleep(300)
  const few = await signals('segment-upkeep')
  expect(few).toBeLessThanOrEqual(2)
  workflows.wakeSegments()
  await until(async () => (await signals('segment-upkeep')) === few + 1)
  await workflows.close()
})

test('a recompute of one version runs once at a time', async () => {
  const workflows = open()
  const handOver = async () => {
    const start = { workflowId: RECOMPUTE.id('new-leads', 3), workflowType: RECOMPUTE.type, args: ['new-leads', 3] }
    await enqueueWorkflow(database.db, start, new Date())
    await workflows.dispatchOutbox()
    expect(await rows(database.db, 'SELECT * FROM workflow_outbox')).toEqual([])
    return client.workflow.getHandle(RECOMPUTE.id('new-leads', 3)).describe()
  }
  const first = await handOver()
  expect(first).toMatchObject({ type: 'recompute', taskQueue: 'nobody', status: { name: 'RUNNING' } })
  expect((await handOver()).runId).toBe(first.runId)
  await workflows.close()
})

test('the outbox is handed over and emptied; a second time does no harm', async () => {
  const workflows = open()
  const row = { workflowId: 'campaign-7', workflowType: 'campaign', args: [7] }
  await enqueueWorkflow(database.db, row, new Date())
  await workflows.dispatchOutbox()
  expect(await rows(database.db, 'SELECT * FROM workflow_outbox')).toEqual([])
  const { runId } = await client.workflow.getHandle('campaign-7').describe()
  await enqueueWorkflow(database.db, row, new Date())
  await workflows.dispatchOutbox()
  expect(await rows(database.db, 'SELECT * FROM workflow_outbox')).toEqual([])
  expect((await client.workflow.getHandle('campaign-7').describe()).runId).toBe(runId)
  await workflows.signalCampaign(7, 'pause')
  // each handing over is a signal, too: the campaign looks into the database again
  expect(await signals('campaign-7')).toBe(3)
  await workflows.signalCampaign(8, 'cancel')
  await workflows.close()
})

test('lifecycles and the upkeep that run are told to look, also by a row that was handed over before', async () => {
  const workflows = open()
  const handOver = async (workflowId: string, workflowType: string, args: (string | number)[]) => {
    await enqueueWorkflow(database.db, { workflowId, workflowType, args }, new Date())
    await workflows.dispatchOutbox()
    expect(await rows(database.db, 'SELECT * FROM workflow_outbox')).toEqual([])
  }
  const [first, look] = [
    [1, 'hello', 'send', 'welcome', 1, ''],
    [1, '', '', 'welcome', 1, ''],
  ]
  await handOver('lifecycle-1', 'customerLifecycle', first)
  expect(await signals('lifecycle-1')).toBe(0)
  await handOver('lifecycle-1', 'customerLifecycle', first)
  await handOver('lifecycle-1', 'customerLifecycle', look)
  expect(await signals('lifecycle-1')).toBe(2)
  const before = await signals('segment-upkeep').catch(() => 0)
  await handOver('segment-upkeep', 'segmentUpkeep', [])
  expect(await signals('segment-upkeep')).toBe(before + 1)
  await workflows.close()
})

test('health tells a queue that nobody polls', async () => {
  const workflows = open()
  expect(await workflows.health()).toEqual({ temporal: true, worker: false })
  await workflows.close()
})

test('without Temporal the API starts, says so, keeps what was asked, and goes on when it comes back', async () => {
  const way = await cuttable()
  await way.cut()
  const workflows = open(way.address)
  const api = await startApi(database.db, undefined, undefined, { workflows })

  const ready = await fetch(`${api.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ database: { up: true }, temporal: { up: false }, worker: { up: false } })
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
  const health = await api.call('get', '/health')
  expect(health).toMatchObject({ status: 200, body: { temporal: { up: false, detail: 'Temporal does not answer' } } })

  const before = await signals('segment-upkeep').catch(() => 0)
  workflows.wakeSegments()
  await enqueueWorkflow(database.db, { workflowId: 'campaign-9', workflowType: 'campaign', args: [9] }, new Date())
  await workflows.dispatchOutbox()
  expect(await rows(database.db, 'SELECT * FROM workflow_outbox')).toHaveLength(1)
  await expect(workflows.signalCampaign(9, 'pause')).rejects.toMatchObject({ code: 'unavailable' })

  await way.mend()
  await until(async () => (await signals('segment-upkeep')) > before)
  await until(async () => (await workflows.health()).temporal)
  await workflows.dispatchOutbox()
  expect(await rows(database.db, 'SELECT * FROM workflow_outbox')).toEqual([])
  await workflows.signalCampaign(9, 'pause')

  await way.cut()
  expect((await workflows.health()).temporal).toBe(false)
  await way.mend()
  await until(async () => (await workflows.health()).temporal)
  await api.close()
  await workflows.close()
  await way.cut()
})
