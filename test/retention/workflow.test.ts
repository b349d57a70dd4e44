import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import type { Erasure } from '../../api/contract/erasures.ts'
import type { ImportFile } from '../../api/contract/imports.ts'
import type { RetentionRun } from '../../api/contract/retention.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import { ERASE, IMPORT, RETENTION_RUN } from '../../domain/temporal.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { keepHistory } from '../support/histories.ts'
import { kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'
import { uploadFile } from '../support/uploadFile.ts'

const MONTH = 31 * 86_400_000
const CUSTOMERS = 2_500

let database: TestDatabase
let db: Database
let api: TestApi
let namespace: string
let connection: Connection
let client: Client
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  namespace = await createNamespace()
  connection = await Connection.connect({ address: temporalAddress() })
  client = new Client({ connection, namespace })
  // what the API asks for waits in the outbox, which the worker hands over
  api = await startApi(db)
})
afterAll(async () => {
  await Promise.all(children.map(kill))
  await api?.close()
  await connection?.close()
  await database?.drop()
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

/** Kills a worker that waits for something which is held as long, and starts another one. */
async function killOver(worker: ChildProcess, sql: string, isThere: () => Promise<boolean>): Promise<ChildProcess> {
  await db.transaction(async (trx) => {
    await rows(trx, sql)
    await until(isThere)
    await kill(worker)
  })
  return startWorker()
}

/** Waits for the end of a workflow, and keeps its history for the tests of later code. */
async function finish(type: string, id: string): Promise<void> {
  const handle = client.workflow.getHandle(id)
  await handle.result()
  keepHistory(type, await handle.fetchHistory())
}

const parts = async (run: string) => {
  const { body } = await api.call<{ items: RetentionRun[] }>('get', '/retention/runs')
  return body.items.find(({ id }) => id === run)
}

test('a file is taken in, somebody erased, and a night done, each by a worker that is killed on the way and another one', async () => {
  const file = await uploadFile((method, path, body) => api.call(method, path, body).then((reply) => reply.body), {
    name: 'list.csv',
    bytes: Buffer.from(
      `id,email\n${Array.from({ length: CUSTOMERS }, (_, n) => `c${n},c${n}@mail.test`).join('\n')}\n`,
    ),
  })
  let worker = await startWorker()
  const held = (id: string | number) => `SELECT id FROM imports WHERE id = ${id} FOR UPDATE`
  await api.call('post', `/imports/${file.id}/start`)
  const imported = async () => (await api.call<ImportFile>('get', `/imports/${file.id}`)).body
  await until(async () => (await imported()).done >= 1_000)
  worker = await killOver(worker, held(file.id), async () => true)
  await finish(IMPORT.type, IMPORT.id(Number(file.id)))
  expect(await imported()).toMatchObject({ state: 'done', done: CUSTOMERS, made: CUSTOMERS, changed: 0, rejected: 0 })
  expect(await rows(db, 'SELECT COUNT(*) AS n FROM customers WHERE known = 1')).toEqual([{ n: CUSTOMERS }])

  // two steps are done; the third waits for the profile
  const asked = await api.call<Erasure>('post', '/erasures', { customer: 'c0', name: 'c0@mail.test' })
  const erasure = async () => (await api.call<Erasure>('get', `/erasures/${asked.body.id}`)).body
  worker = await killOver(
    worker,
    "SELECT id FROM customers WHERE external_id = 'c0' FOR UPDATE",
    async () => (await erasure()).progress > 0.2,
  )
  await finish(ERASE.type, ERASE.id(Number(asked.body.id)))
  expect(await erasure()).toMatchObject({ state: 'done', progress: 1, error: null })
  expect(await rows(db, "SELECT email, known FROM customers WHERE external_id = 'c0'")).toEqual([
    { email: null, known: 0 },
  ])

  const longAgo = new Date(Date.now() - 8 * MONTH)
  await execute(db, "UPDATE customers SET created_at = ? WHERE external_id IN ('c1', 'c2', 'c3')", [longAgo])
  await execute(
    db,
    `INSERT INTO audit_entries (at, actor_kind, actor_id, actor, address, permission, method, route, status, entity, entity_id)
     SELECT ?, 'user', 1, 'a', '', 'p', 'PUT', '/r', 200, 'settings', '' FROM customers ORDER BY id LIMIT 1200`,
    [new Date(Date.now() - 14 * MONTH)],
  )
  await api.call('put', '/retention', { customers: 6, audit: 12 })
  // the first is erased; the second waits for their profile
  const beginning = db.transaction(async (trx) => {
    await rows(trx, "SELECT id FROM customers WHERE external_id = 'c2' FOR UPDATE")
    const { body } = await api.call<RetentionRun>('post', '/retention/runs')
    await until(async () => (await parts(body.id))?.parts[0]?.removed === 1)
    await kill(worker)
    return body.id
  })
  const run = await beginning
  await startWorker()
  await finish(RETENTION_RUN.type, RETENTION_RUN.id(Number(run)))
  const done = await parts(run)
  expect(done?.state).toBe('done')
  expect(done?.parts.filter(({ removed }) => removed > 0)).toMatchObject([
    { kind: 'customers', state: 'done', removed: 3, held: 0 },
    { kind: 'audit', state: 'done', removed: 1_200 },
  ])
  const erased = await rows(db, "SELECT state FROM erasures WHERE requested_by = 'retention'")
  expect(erased).toEqual(Array(3).fill({ state: 'done' }))
  expect(await rows(db, 'SELECT COUNT(*) AS n FROM customers WHERE known = 1')).toEqual([{ n: CUSTOMERS - 4 }])
  expect(
    await rows(db, "SELECT COUNT(*) AS n FROM audit_entries WHERE entity = 'retention' AND actor = 'retention'"),
  ).toEqual([{ n: 1 }])
}, 180_000)
