import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { recordEvents } from '../../domain/automations/entering/recordEvents.ts'
import { wakeCohorts } from '../../domain/automations/wakeCohorts.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import { transact } from '../../domain/retry.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { LIFECYCLE } from '../../domain/temporal.ts'
import type { Automation, Step } from '../../rules/automations/automation.ts'
import { automationOf, templateOf, waysOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers, kill, startProcess } from '../support/sending.ts'
import { startFaultyServer, type TakenMail } from '../support/smtp.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'
import { EVERY_KIND } from './everyKind.ts'

let database: TestDatabase
let db: Database
let namespace: string
let client: Client
let connection: Connection
const children: ChildProcess[] = []

/** What is called; it answers. */
const calls: { customer: string; key: string }[] = []
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk) => {
    text += chunk
  })
  request.on('end', () => {
    const { customer } = JSON.parse(text) as { customer: string }
    calls.push({ customer, key: String(request.headers['idempotency-key']) })
    response.writeHead(204).end()
  })
})

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await readSettings(db)
  connection = await Connection.connect({ address: temporalAddress() })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
// a worker that a failed test leaves would go on in the next one's tables
afterEach(() => Promise.all(children.splice(0).map(kill)))
afterAll(async () => {
  server.close()
  await connection?.close()
  await database?.drop()
})

beforeEach(async () => {
  calls.length = 0
  namespace = await createNamespace()
  client = new Client({ connection, namespace })
  const tables = [
    ...['automations', 'campaigns', 'templates', 'rewards', 'segments', 'customer_events', 'dirty_relationships'],
    ...['relationships', 'customers', 'providers', 'workflow_outbox', 'inbox_mails'],
  ]
  for (const table of tables) await execute(db, `DELETE FROM ${table}`)
  const now = new Date()
  await db('providers').insert({ external_id: 'p', known: true, name: 'P', created_at: now, updated_at: now })
  await templateOf(db, 'hello', now)
})

const startWorker = async (smtp: string) => {
  const { child } = await startProcess('activities/worker.ts', {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: namespace,
    SMTP_URL: smtp,
    PUBLIC_URL: 'http://studio.test',
    PERENNIAL_PRIVATE_WEBHOOKS: '1',
    // nine transactions are made to wait at once, and others have to go on beside them
    DATABASE_CONNECTIONS: '40',
  })
  children.push(child)
  return child
}

const happen = (name: string, customers: readonly string[]) =>
  recordEvents(
    db,
    customers.map((customer) => ({ id: `${name}-${customer}`, name, customer })),
    new Date(),
  )

/** What is waited for is due now; but who stands at one of some steps is left alone. */
async function hurry(...but: readonly string[]): Promise<void> {
  await transact(db, async (trx) => {
    const due = await execute(
      trx,
      `UPDATE enrolments SET due_at = UTC_TIMESTAMP(3)
       WHERE state = 'active' AND stands IN ('waiting', 'ready') AND due_at > UTC_TIMESTAMP(3) AND step NOT IN (?)`,
      [['', ...but]],
    )
    if (due === 0) return
    const open = await rows<{ id: number }>(trx, 'SELECT id FROM cohorts WHERE ended_at IS NULL')
    const ids = open.map(({ id }) => id)
    await wakeCohorts(trx, ids, new Date())
  })
}

/** Where everybody stands, for whoever wants to know why it does not go on. */
async function standings(): Promise<string> {
  const sql = `SELECT e.step, e.stands, d.state, COUNT(*) AS count FROM enrolments e
    LEFT JOIN deliveries d ON d.id = e.delivery_id GROUP BY e.step, e.stands, d.state`
  return JSON.stringify(await rows(db, sql))
}

describe('a worker that is killed', () => {
  const day: Step = { id: 'day', wait: { days: 1 } }
  const after: Step = { id: 'after', wait: { days: 1 } }
  /** Each kind of step with what comes before it; a wait until an hour passes like a wait, a split goes like a branch. */
  const kinds = (url: string): Record<string, Step[]> => ({
    wait: [day],
    wait_for: [{ id: 'for', wait_for: { on: 'event', name: 'yes' }, at_most: { days: 9 }, then: [], else: [] }],
    branch: [day, { id: 'fork', branch: [{ if: { all: [] }, then: [] }], else: [{ id: 'no', end: true }] }],
    give: [day, { id: 'gift', give: { kind: 'voucher', amount: 500, days: 9, provider: 'p' } }],
    tag: [day, { id: 'tag', tag: { add: ['came'] } }],
    status: [day, { id: 'vip', status: 'vip' }],
    segment: [day, { id: 'in', segment: { put: 'picked' } }],
    tell: [day, { id: 'tell', tell: { to: 'boss@studio.test', subject: 'Done', text: '{{ customer.first_name }}' } }],
    call: [day, { id: 'call', call: { url } }],
    send: [day, { id: 'mail', send: { channel: 'email', template: 'hello' } }],
  })

  /** Whether there is somebody at work on each automation, who can't write down what they did. */
  async function areAtWork(cohorts: ReadonlyMap<string, number>, mails: readonly TakenMail[]): Promise<boolean> {
    for (const [kind, cohort] of cohorts) {
      if (kind === 'send') continue
      const { raw } = await client.workflow.getHandle(LIFECYCLE.id(cohort)).describe()
      const [activity] = raw.pendingActivities ?? []
      // 2: it runs
      if (activity === undefined || activity.state !== 2 || activity.activityType?.name === 'lookAtCohort') return false
    }
    return mails.length === 4 && mails.every(({ answered }) => answered) && calls.length === 2
  }

  test('at each kind of step, with the work done and nothing written: it is done once, within seconds', async () => {
    // each automation has customers of its own: none of them waits for another one's
    await insertCustomers(db, 20)
    const dates = { created_at: new Date(), updated_at: new Date() }
    const segment = { key: 'picked', name: 'Picked', scope: 'business', rule: '{"any": []}', version: 1 }
    await db('segments').insert({ ...segment, recalculation: '{"mode":"live"}', ...dates })
    const all = Object.entries(kinds(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`))
    for (const [kind, steps] of all) {
      const when = { on: 'event', name: kind } as const
      const definition: Automation = { scope: 'business', when, again: 'each', then: [...steps, after] }
      await automationOf(db, definition, new Date(), kind)
    }
    for (const [n, [kind]] of all.entries()) await happen(kind, [`c${2 * n}`, `c${2 * n + 1}`])
    const mail = await startFaultyServer(['accept'])
    const worker = await startWorker(mail.url)
    await until(async () => (await rows(db, "SELECT 1 FROM enrolments WHERE stands = 'waiting'")).length === 20)
    const found = await rows<{ kind: string; cohort: number }>(
      db,
      'SELECT a.key AS kind, k.id AS cohort FROM cohorts k JOIN automations a ON a.id = k.automation_id',
    )
    const cohorts = new Map(found.map(({ kind, cohort }) => [kind, cohort]))

    // somebody else is about to write the lines of their steps: who comes to that waits for them
    const gate = await db.transaction()
    try {
      await gate.raw('SET foreign_key_checks = 0')
      await execute(
        gate,
        `INSERT INTO enrolment_steps (enrolment_id, turn, automation_id, step, entered_at, left_at, outcome)
         SELECT e.id, IF(a.key IN ('wait', 'wait_for'), 1, 2), a.id, 'gate', e.since, e.since, 'gate'
         FROM enrolments e JOIN automations a ON a.id = e.automation_id`,
      )
      await happen('yes', ['c2', 'c3'])
      await hurry('for')
      await until(() => areAtWork(cohorts, mail.mails)).catch(async (error: Error) => {
        throw new Error(`${error.message}: ${await standings()}`)
      })
      await kill(worker)
    } finally {
      // the connection goes back to the others
      await gate.raw('SET foreign_key_checks = 1')
      await gate.rollback()
    }
    await startWorker(mail.url)
    const arrived = async () => (await rows(db, "SELECT 1 FROM enrolments WHERE step = 'after'")).length === 20
    await until(arrived, 40_000).catch(async (error: Error) => {
      throw new Error(`${error.message}: ${await standings()}`)
    })

    const outcomes = await rows<{ step: string; outcome: string; count: number }>(
      db,
      "SELECT step, outcome, COUNT(*) AS count FROM enrolment_steps WHERE step <> 'day' GROUP BY step, outcome ORDER BY step",
    )
    expect(outcomes).toEqual([
      { step: 'call', outcome: 'passed', count: 2 },
      { step: 'for', outcome: 'then', count: 2 },
      { step: 'fork', outcome: '0', count: 2 },
      { step: 'gift', outcome: 'given', count: 2 },
      { step: 'in', outcome: 'passed', count: 2 },
      // a mail server can't be asked whether it took one: it is not sent again
      { step: 'mail', outcome: 'unconfirmed', count: 2 },
      { step: 'tag', outcome: 'passed', count: 2 },
      { step: 'tell', outcome: 'passed', count: 2 },
      { step: 'vip', outcome: 'passed', count: 2 },
    ])
    const count = async (table: string) => (await rows(db, `SELECT 1 FROM ${table}`)).length
    expect({ rewards: await count('rewards'), members: await count('segment_members') }).toEqual({
      rewards: 2,
      members: 2,
    })
    // to customers goes nothing twice; what goes to the business says that it is the same
    const idsOf = (to: string) =>
      mail.mails.filter((one) => one.to === to).map(({ source }) => /^message-id: *(\S+)/im.exec(source)?.[1])
    expect(['c18', 'c19'].map((name) => idsOf(`${name}@mail.test`).length)).toEqual([1, 1])
    expect([idsOf('boss@studio.test').length, new Set(idsOf('boss@studio.test')).size]).toEqual([4, 2])
    await mail.close()
    expect(calls).toHaveLength(4)
    expect(new Set(calls.map(({ key }) => key)).size).toBe(2)
  }, 120_000)

  test('again and again is no reason for a message to come twice, or for anybody to be left behind', async () => {
    const inbox = await startProcess('domain/inbox/main.ts', { DATABASE_URL: database.url, INBOX_PORT: '0' })
    children.push(inbox.child)
    const smtp = `smtp://127.0.0.1:${(inbox.message as { smtp: number }).smtp}`
    await insertCustomers(db, 40)
    await execute(db, "UPDATE customers SET language = IF(id % 2 = 0, 'de', 'fr')")
    await automationOf(db, EVERY_KIND, new Date(), 'all')
    await happen(
      'go',
      Array.from({ length: 40 }, (_, n) => `c${n}`),
    )
    let worker = await startWorker(smtp)
    const somebodyCameTo = async (step: string) => {
      await hurry(step)
      const sql = `SELECT 1 FROM enrolments WHERE step = ? UNION ALL SELECT 1 FROM enrolment_steps WHERE step = ? LIMIT 1`
      return (await rows(db, sql, [step, step])).length > 0
    }
    const told = async (error: Error) => {
      throw new Error(`${error.message}: ${await standings()}`)
    }
    for (const step of ['hello', 'day', 'fork', 'evening', 'yes', 'half', 'vip', 'tell', 'again']) {
      await until(() => somebodyCameTo(step), 120_000).catch(told)
      await kill(worker)
      // what a killed worker has in its hand is noticed by its silence; waits are not waited for here
      worker = await startWorker(smtp)
      await hurry()
    }
    await until(async () => {
      await hurry()
      return (await rows(db, "SELECT 1 FROM enrolments WHERE state = 'active' LIMIT 1")).length === 0
    }, 120_000).catch(told)
    expect((await waysOf(db)).filter(({ state }) => state !== 'finished')).toEqual([])
    expect(await rows(db, 'SELECT 1 FROM deliveries')).toHaveLength(80)
    const twice = await rows(
      db,
      `SELECT recipient FROM inbox_mails WHERE recipient LIKE 'c%' GROUP BY recipient HAVING COUNT(*) > 2`,
    )
    expect(twice).toEqual([])
    expect(await rows(db, "SELECT 1 FROM enrolment_steps WHERE step = 'half'")).toHaveLength(40)
  }, 600_000)
})
