import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { traceSinks } from '../../activities/traceWork.ts'
import { workflowBundle } from '../../activities/workflowBundle.ts'
import { rows } from '../../domain/database.ts'
import { CAMPAIGN } from '../../domain/temporal.ts'
import { readTracing } from '../../domain/tracing/readTracing.ts'
import { nameOf, withoutLiterals } from '../../domain/tracing/traceQueries.ts'
import { freePort } from '../../scripts/parts/ports.ts'
import { type CollectedSpan, type Collector, startCollector } from '../support/collector.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { keepHistory } from '../support/histories.ts'
import { insertCustomers, kill } from '../support/sending.ts'
import { type FaultyServer, startFaultyServer } from '../support/smtp.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

const KEY = 'key-of-the-traced-0123456789'
/** What the caller's own system calls its trace. */
const THEIRS = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }

Runtime.install({ logger: new DefaultLogger('ERROR') })

let database: TestDatabase
let collector: Collector
let mail: FaultyServer
let connection: Connection
let namespace: string
const children: Array<{ child: ChildProcess; log: string[] }> = []

/** A process of ours whose lines are kept. Its spans are sent when it ends, not before. */
async function start(file: string, env: Record<string, string>) {
  const child = fork(join(import.meta.dirname, '../..', file), {
    env: {
      ...process.env,
      ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: namespace },
      ...{ SMTP_URL: mail.url, PUBLIC_URL: 'http://studio.test', PERENNIAL_API_KEY: KEY },
      ...{
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '600000',
        OTEL_RESOURCE_ATTRIBUTES: '',
      },
      ...env,
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const log: string[] = []
  child.stdout?.on('data', (data: Buffer) => log.push(...data.toString().split('\n')))
  children.push({ child, log })
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`${file} ended: ${log.join('\n')}`)
    }),
  ])
  return { child, log }
}

beforeAll(async () => {
  database = await createTestDatabase()
  collector = await startCollector()
  mail = await startFaultyServer(['accept'])
  namespace = await createNamespace()
  connection = await Connection.connect({ address: temporalAddress() })
}, 120_000)
afterAll(async () => {
  for (const { child } of children) await kill(child)
  await connection?.close()
  await mail?.close()
  await collector?.close()
  await database?.drop()
})

test('one call is one trace: through the API, Temporal, a worker, the database and the mail server, and tells of nobody', async () => {
  const { db } = database
  await insertCustomers(db, 2)
  const port = await freePort()
  const worker = await start('activities/worker.ts', {})
  const api = await start('api/main.ts', { PORT: String(port) })
  const call = (path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...{ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
        traceparent: `00-${THEIRS.traceId}-${THEIRS.spanId}-01`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const ingested = await call('/ingest', { customers: [{ id: 'c0', last_name: 'Lastly' }] })
  expect(ingested.status).toBe(200)
  const content = { subject: 'For you', html: '<p>Dear {{ customer.first_name }}, once.</p>' }
  const made = await call('/campaigns', { kind: 'one_off', channel: 'email', customers: ['c0', 'c1'], content })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const handle = new Client({ connection, namespace }).workflow.getHandle(CAMPAIGN.id(Number(id)))
  await until(async () => (await handle.describe().catch(() => null))?.status.name === 'COMPLETED')
  expect(mail.mails.length).toBe(2)
  const refused = (await (await call('/customers/First0.Last')).json()) as Record<string, unknown>
  expect(refused).toMatchObject({ status: 404, trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) })

  // what is left is sent at the end
  for (const { child } of [api, worker]) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  }
  const { spans } = collector
  const post = spans.find(({ name }) => name === 'POST /campaigns')
  const trace = spans.filter(({ traceId }) => traceId === post?.traceId)
  const one = (name: string) => trace.find((span) => span.name === name)
  const parentOf = ({ parent }: CollectedSpan) => trace.find(({ spanId }) => spanId === parent)
  const way = (span: CollectedSpan | undefined): string[] =>
    span === undefined ? [] : [...way(parentOf(span)), `${span.service.replace('perennial-', '')}: ${span.name}`]
  const begun = [
    'api: POST /campaigns',
    'api: SignalWithStartWorkflow:campaign',
    'worker: RunWorkflow:campaign',
    'worker: RunActivity:deliver',
  ]
  expect(way(one('send email'))).toEqual([...begun, 'worker: send email'])
  const statements = trace.filter(({ attributes }) => attributes['db.query.text'] !== undefined)
  expect(statements.map(way)).toContainEqual([...begun, 'worker: UPDATE deliveries'])
  expect(statements.map(way)).toContainEqual(['api: POST /campaigns', 'api: INSERT campaigns'])
  // nothing but the call itself begins anything in it, and it names the caller's trace without being a part of it
  expect(trace.filter((span) => parentOf(span) === undefined).map(({ name }) => name)).toEqual(['POST /campaigns'])
  expect(post).toMatchObject({ parent: '', links: [`${THEIRS.traceId}/${THEIRS.spanId}`], failed: false })
  expect(post?.attributes).toMatchObject({ 'http.route': '/campaigns', 'http.response.status_code': '201' })
  expect(one('send email')?.attributes).toMatchObject({ 'perennial.outcome': 'sent', 'server.address': '127.0.0.1' })

  // the signal for many calls is a part of the first one's
  const woken = spans.find(({ name }) => name === 'wakeSegments')
  expect(spans.find(({ spanId }) => spanId === woken?.parent)?.name).toBe('POST /ingest')

  // a support person finds the trace by what the caller was told, and the lines of the log that belong to it
  const lookup = spans.find(({ traceId, parent }) => traceId === refused.trace_id && parent === '')
  expect(lookup).toMatchObject({ name: 'GET /customers/{id}', attributes: { 'perennial.problem': 'not_found' } })
  expect(api.log.filter((line) => line.includes(String(post?.traceId))).join()).toContain('"route":"/campaigns"')

  // nobody's name, nobody's address, nothing that was looked for; neither in what was sent nor in what was logged
  const told = `${collector.raw()}${[...api.log, ...worker.log].join('\n')}`
  expect(told).not.toMatch(/First0|First1|Last|mail\.test|For you|Dear/)
  expect(told).not.toContain(KEY)
  expect(await rows(db, "SELECT 1 FROM deliveries WHERE state <> 'sent'")).toEqual([])

  // a worker that collects nothing goes on with what one that does began
  const history = await handle.fetchHistory()
  const bundle = await workflowBundle(join(import.meta.dirname, '../../.local/cache'))
  await Worker.runReplayHistory({ workflowBundle: bundle, sinks: traceSinks }, history)
  keepHistory('campaignTraced', history)
}, 180_000)

test('traces are collected where the standard variables say so, and what they say wrong is named', () => {
  const there = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }
  expect(readTracing({})).toBeNull()
  expect(readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ', OTEL_SERVICE_NAME: 'x' })).toBeNull()
  expect(readTracing({ ...there, OTEL_SDK_DISABLED: 'true' })).toBeNull()
  expect(readTracing({ ...there, OTEL_TRACES_EXPORTER: 'none' })).toBeNull()
  expect(readTracing(there)).toEqual({ sampler: { of: 'all', byParent: true }, batches: {} })
  const some = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }
  expect(readTracing({ ...there, ...some, OTEL_BSP_MAX_QUEUE_SIZE: '4096' })).toEqual({
    sampler: { of: 0.1, byParent: true },
    batches: { maxQueueSize: 4096 },
  })
  for (const wrong of [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' },
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    { OTEL_TRACES_SAMPLER: 'some' },
    { ...some, OTEL_TRACES_SAMPLER_ARG: '10' },
    { OTEL_BSP_SCHEDULE_DELAY: '5s' },
    { OTEL_TRACES_EXPORTER: 'zipkin' },
  ]) {
    const name = Object.keys(wrong).at(-1) ?? ''
    expect(() => readTracing({ ...there, ...wrong })).toThrow(name)
  }
})

test.each([
  ['SELECT d.id FROM deliveries d JOIN campaigns c', 'SELECT deliveries'],
  ['SELECT x FROM (SELECT y FROM `customers`) z', 'SELECT customers'],
  ['insert into `notes` (`text`) values (?)', 'INSERT notes'],
  ['INSERT INTO workflow_outbox (a) SELECT x.* FROM (SELECT ?) x', 'INSERT workflow_outbox'],
  ['UPDATE deliveries SET state = ?', 'UPDATE deliveries'],
  ['BEGIN;', 'BEGIN'],
])('a statement is found by its verb and its table: %s', (sql, name) => {
  expect(nameOf(sql).name).toBe(name)
})

test('values that somebody wrote into a statement are not told', () => {
  expect(withoutLiterals("SELECT 1 FROM t WHERE state = 'queued'\n AND name = 'O''Neil, Anna' AND a = 'x@y.z'")).toBe(
    "SELECT 1 FROM t WHERE state = 'queued' AND name = ? AND a = ?",
  )
})
