/**
 * What it costs to carry customers through an automation, wait → branch → mail → reward, all of them entering at once;
 * against the textbook, one workflow for each customer with the same steps, on the same servers in the same run. And how
 * soon the first step of a single customer is done.
 *
 *   TEMPORAL_ADDRESS=127.0.0.1:7233 node bench/lifecycles.ts --server mysql://root@127.0.0.1:3306 --customers 20000
 *
 * The mail server is a process of its own that takes everything. Database and namespace are made for the run; the database
 * is dropped at the end. A Temporal action is what metered services bill: a start, a signal, a timer, an activity.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { startWorker } from '../activities/startWorker.ts'
import { recordEvents } from '../domain/automations/entering/recordEvents.ts'
import { holdsFor } from '../domain/automations/holdsFor.ts'
import { type Database, execute, openDatabase, rows } from '../domain/database.ts'
import { emailChannel } from '../domain/deliveries/channels/email.ts'
import { giveRewards } from '../domain/rewards/giveRewards.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { TASK_QUEUE } from '../domain/temporal.ts'
import { migrate } from '../migrations/run.ts'
import type { Automation } from '../rules/automations/automation.ts'
import { dayOf } from '../rules/time.ts'
import { automationOf, templateOf } from '../test/support/automations.ts'
import { createNamespace, temporalAddress } from '../test/support/temporal.ts'
import type { TextbookActivities } from './lifecycles/textbook.ts'

const NAME = 'bench_lifecycles'
/** How long everybody waits, in milliseconds: a fifteenth of a minute, the smallest that a definition is allowed. */
const WAIT = 4_000
const ACTIONS = [
  'workflowExecutionStartedEventAttributes',
  'workflowExecutionSignaledEventAttributes',
  'timerStartedEventAttributes',
  'activityTaskScheduledEventAttributes',
] as const

const { values: options } = parseArgs({
  options: {
    server: { type: 'string', default: 'mysql://root@127.0.0.1:3306' },
    customers: { type: 'string', default: '20000' },
    textbook: { type: 'string', default: '400' },
    singles: { type: 'string', default: '20' },
  },
})
const many = Number(options.customers)
const few = Number(options.textbook)
const singles = Number(options.singles)

const rule = { fact: 'language', is: 'one_of', value: ['de'] }
const gift = { kind: 'voucher', amount: 500, days: 30, provider: 'p' } as const
const COHORTS: Automation = {
  scope: 'business',
  when: { on: 'event', name: 'go' },
  again: 'each',
  then: [
    { id: 'wait', wait: { minutes: 1 } },
    {
      id: 'branch',
      branch: [
        {
          if: rule,
          then: [
            { id: 'mail', send: { channel: 'email', template: 'hello' } },
            { id: 'reward', give: gift },
          ],
        },
      ],
      else: [],
    },
  ],
}
const SINGLE: Automation = {
  scope: 'business',
  when: { on: 'event', name: 'single' },
  again: 'each',
  then: [
    { id: 'tag', tag: { add: ['met'] } },
    { id: 'hello', send: { channel: 'email', template: 'hello' } },
  ],
}

async function fill(db: Database): Promise<void> {
  const now = new Date()
  await readSettings(db)
  const people = Array.from({ length: many + few + singles }, (_, n) => ({
    external_id: `c${n}`,
    known: true,
    email: `c${n}@mail.test`,
    language: 'de',
    created_at: now,
    updated_at: now,
  }))
  await db.batchInsert('customers', people, 2_000)
  await db.raw(
    "INSERT INTO consents (customer_id, channel, given, at, source) SELECT id, 'email', 1, ?, 'bench' FROM customers",
    [now],
  )
  await db('providers').insert({ external_id: 'p', known: true, name: 'P', created_at: now, updated_at: now })
  await templateOf(db, 'hello', now)
  await automationOf(db, COHORTS, now, 'cohorts')
  // shorter than a definition may say, so that the run is short; the textbook waits as long
  await execute(db, 'UPDATE automation_versions SET definition = REPLACE(definition, \'"minutes": 1}\', ?)', [
    `"minutes": ${WAIT / 60_000}}`,
  ])
  await execute(db, 'UPDATE automation_versions SET definition = REPLACE(definition, \'"minutes":1}\', ?)', [
    `"minutes":${WAIT / 60_000}}`,
  ])
  await automationOf(db, SINGLE, now, 'single')
}

async function happen(db: Database, name: string, from: number, count: number): Promise<void> {
  for (let start = from; start < from + count; start += 1_000) {
    const some = Math.min(1_000, from + count - start)
    const events = Array.from({ length: some }, (_, n) => ({
      id: `${name}-${start + n}`,
      name,
      customer: `c${start + n}`,
    }))
    await recordEvents(db, events, new Date())
  }
}

async function reached(db: Database, count: number, sql: string): Promise<void> {
  for (;;) {
    const [row] = await rows<{ count: number }>(db, sql)
    if ((row?.count ?? 0) >= count) return
    await sleep(10)
  }
}

/** Billed actions of everything that ran in a namespace. */
async function actionsOf(client: Client, query?: string): Promise<number> {
  let actions = 0
  for await (const { workflowId, runId } of client.workflow.list(query === undefined ? {} : { query })) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
    for (const event of history.events ?? []) if (ACTIONS.some((kind) => event[kind] != null)) actions += 1
  }
  return actions
}

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const administration = openDatabase(`${options.server}/`, 1)
  await administration.raw(`DROP DATABASE IF EXISTS ${NAME}`)
  await administration.raw(`CREATE DATABASE ${NAME} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  const db = openDatabase(`${options.server}/${NAME}`, 12)
  await migrate(db)
  await fill(db)
  const sink = fork(new URL('./mail/sink.ts', import.meta.url).pathname)
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }]
  const email = emailChannel(`smtp://127.0.0.1:${port}`)
  const address = temporalAddress()
  const namespace = await createNamespace()
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace })
  const worker = await startWorker({
    db,
    channels: { email, sms: null, push: null },
    publicUrl: 'http://studio.test',
    clock: () => new Date(),
    temporal: { connection: { address }, namespace, taskQueue: TASK_QUEUE },
    bundles: await mkdtemp(join(tmpdir(), 'bench-')),
    onTrouble: (error) => console.warn(String(error)),
  })
  console.log(`${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`)

  // a single one
  const firsts: number[] = []
  const mails: number[] = []
  for (let n = 0; n < singles; n++) {
    const began = performance.now()
    await happen(db, 'single', many + few + n, 1)
    await client.workflow.signalWithStart('segmentUpkeep', {
      workflowId: 'segment-upkeep',
      taskQueue: TASK_QUEUE,
      signal: 'wake',
      args: [],
    })
    await reached(db, n + 1, "SELECT COUNT(*) AS count FROM enrolment_steps WHERE step = 'tag'")
    firsts.push(performance.now() - began)
    await reached(db, n + 1, "SELECT COUNT(*) AS count FROM enrolment_steps WHERE step = 'hello'")
    mails.push(performance.now() - began)
  }
  const of = (times: number[], share: number) =>
    Math.round(times.sort((one, other) => one - other)[Math.ceil(times.length * share) - 1] ?? 0)
  console.log(
    `one customer: first step done after ${of(firsts, 0.5)} ms (median), ${of(firsts, 1)} ms (longest of ${singles})`,
  )
  console.log(`one customer: mail handed over after ${of(mails, 0.5)} ms (median), ${of(mails, 1)} ms (longest)`)

  // many at once
  const before = await actionsOf(client)
  const began = performance.now()
  await happen(db, 'go', 0, many)
  await reached(
    db,
    many,
    "SELECT COUNT(*) AS count FROM enrolments WHERE state = 'finished' AND automation_id = (SELECT id FROM automations WHERE `key` = 'cohorts')",
  )
  const cohorts = performance.now() - began - WAIT
  await sleep(3_000)
  const cohortActions = (await actionsOf(client)) - before
  await worker.stop()
  console.log(
    `cohorts:  ${many} customers in ${(cohorts / 1_000).toFixed(1)} s, ${(cohorts / many).toFixed(3)} ms and ${(cohortActions / many).toFixed(4)} actions each`,
  )

  // the textbook
  const settings = await readSettings(db)
  const [provider] = await rows<{ id: number }>(db, 'SELECT id FROM providers')
  const activities: TextbookActivities = {
    branch: async (customerId) => {
      const pairs = [{ providerId: 0, customerId }]
      return (
        [...(await holdsFor(db, { scope: 'business', rules: [rule], pairs }, new Date())).values()][0]?.[0] === true
      )
    },
    mail: async (customerId) => {
      const [row] = await rows<{ email: string }>(db, 'SELECT email FROM customers WHERE id = ?', [customerId])
      await email.send({
        to: row?.email ?? '',
        from: { name: settings.senderName, address: settings.senderEmail },
        returnPath: settings.senderEmail,
        messageId: `textbook-${customerId}@studio.test`,
        subject: 'hello',
        html: '<p>Hello</p>',
        text: 'Hello',
        headers: {},
      })
      await execute(db, 'UPDATE customers SET updated_at = ? WHERE id = ?', [new Date(), customerId])
    },
    reward: async (customerId) => {
      const now = new Date()
      const nothing = { percent: null, ceiling: null, minutes: null, valid_from: null, valid_to: null }
      await giveRewards(
        db,
        {
          automation: 'textbook',
          step: 'reward',
          reward: { kind: 'voucher', amount: 500, ...nothing, valid_days: 30 },
          recipients: [{ enrolment: 1_000_000 + customerId, customerId, providerId: provider?.id ?? 0 }],
        },
        { today: dayOf(now, settings.timeZone), now },
      )
    },
  }
  const native = await NativeConnection.connect({ address })
  const other = await Worker.create({
    connection: native,
    namespace,
    taskQueue: 'textbook',
    workflowsPath: new URL('./lifecycles/textbook.ts', import.meta.url).pathname,
    activities,
  })
  const running = other.run()
  const people = await rows<{ id: number }>(db, 'SELECT id FROM customers ORDER BY id LIMIT ? OFFSET ?', [few, many])
  const start = performance.now()
  const handles = await Promise.all(
    people.map(({ id }) =>
      client.workflow.start('textbook', { workflowId: `textbook-${id}`, taskQueue: 'textbook', args: [id, WAIT] }),
    ),
  )
  await Promise.all(handles.map((handle) => handle.result()))
  const alone = performance.now() - start - WAIT
  await sleep(2_000)
  const aloneActions = await actionsOf(client, "WorkflowType = 'textbook'")
  console.log(
    `textbook: ${few} customers in ${(alone / 1_000).toFixed(1)} s, ${(alone / few).toFixed(3)} ms and ${(aloneActions / few).toFixed(4)} actions each`,
  )
  console.log(
    `ratio: ${(alone / few / (cohorts / many)).toFixed(1)} × faster, ${(aloneActions / few / (cohortActions / many)).toFixed(1)} × fewer actions`,
  )
  other.shutdown()
  await running
  sink.kill()
  email.close()
  await connection.close()
  await native.close()
  await db.destroy()
  await administration.raw(`DROP DATABASE ${NAME}`)
  await administration.destroy()
}

await main()
