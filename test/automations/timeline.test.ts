import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startDryRun } from '../../domain/automations/dryRun/startDryRun.ts'
import { recordEvents } from '../../domain/automations/entering/recordEvents.ts'
import { retryFailed, skipFailed, takeOut } from '../../domain/automations/helpFailed.ts'
import { moveVersions } from '../../domain/automations/moveVersions.ts'
import { publishVersion } from '../../domain/automations/publishVersion.ts'
import { pauseAutomation, resumeAutomation, stopAutomation } from '../../domain/automations/steerAutomation.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import type { Channel } from '../../domain/deliveries/channels/channel.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import type { Pieces } from '../../domain/messages/pieces.ts'
import { transact } from '../../domain/retry.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { tagCustomers } from '../../domain/tags/tagCustomers.ts'
import { DRY_RUN } from '../../domain/temporal.ts'
import { automationOf, templateOf, waysOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startLifecycles } from '../support/lifecycles.ts'
import { insertCustomers, recordingChannel, SENT } from '../support/sending.ts'
import { until } from '../support/until.ts'
import { automations, moved, NOW } from './timeline.ts'

/**
 * One worker on a real Temporal, whose clock goes through ten days once; in them go many small automations side by side, each
 * about one kind of step or one way to steer it. What became of each is looked at afterwards.
 */
const at = (text: string) => new Date(`${text}:00.000Z`)

let database: TestDatabase
let db: Database
let running: Awaited<ReturnType<typeof startLifecycles>>
const clock = { now: NOW }
const calls: { customer: string; key: string; answer: number }[] = []
const members: Record<string, string[]> = {}
let stopped: Awaited<ReturnType<typeof stopAutomation>>

/** The server that is called: away for the first one once, and it knows nothing about c1. */
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk) => {
    text += chunk
  })
  request.on('end', () => {
    const { customer } = JSON.parse(text) as { customer: string }
    const answer = customer === 'c1' ? 404 : calls.some((call) => call.customer === customer) ? 204 : 503
    calls.push({ customer, key: String(request.headers['idempotency-key']), answer })
    response.writeHead(answer).end()
  })
})

/** c5's address is wrong, c7's mail server is busy. */
const mails = recordingChannel(({ to }) => {
  if (to.startsWith('c5')) return { state: 'bounced', reason: '550 no such mailbox' }
  return to.startsWith('c7') ? { state: 'deferred', reason: '451 later', connection: false } : SENT
})

/** What went to telephones and browsers. */
const short: string[] = []
const noting = (said: (message: { to: unknown; text: string | Pieces }) => string): Channel<never> => ({
  concurrency: 5,
  close: () => {},
  send: async (message) => {
    short.push(said(message))
    return SENT
  },
})

let events = 0
const happen = (...happenings: readonly (readonly [name: string, ...customers: string[]])[]) =>
  recordEvents(
    db,
    happenings.flatMap(([name, ...customers]) => customers.map((customer) => ({ id: `e${events++}`, name, customer }))),
    clock.now,
  )

const booking = (id: string, customer: string, starts: string, more: object = {}) =>
  ingest(
    db,
    {
      bookings: [
        {
          index: 0,
          item: { id, customer, provider: 'p', starts_at: at(starts).toISOString(), state: 'booked' as const, ...more },
        },
      ],
    },
    clock.now,
  )

const membersNow = async () =>
  (
    await rows<{ id: string }>(
      db,
      'SELECT c.external_id AS id FROM segment_members m JOIN customers c ON c.id = m.customer_id ORDER BY id',
    )
  ).map(({ id }) => id)

async function enrolmentOf(key: string, customer: string): Promise<number> {
  const [found] = await rows<{ id: number }>(
    db,
    `SELECT e.id FROM enrolments e JOIN automations a ON a.id = e.automation_id JOIN customers c ON c.id = e.customer_id
     WHERE a.key = ? AND c.external_id = ?`,
    [key, customer],
  )
  return found?.id ?? 0
}

async function furnish(): Promise<void> {
  await readSettings(db)
  await execute(db, "UPDATE settings SET time_zone = 'Europe/Berlin'")
  await insertCustomers(db, 9)
  await execute(db, "UPDATE customers SET language = IF(external_id IN ('c0', 'c2'), 'de', 'fr')")
  await execute(db, "UPDATE customers SET birthdate = '1990-06-20' WHERE external_id = 'c0'")
  await execute(db, "UPDATE customers SET birthdate = '1990-12-20' WHERE external_id = 'c1'")
  await execute(
    db,
    "UPDATE consents SET given = 0 WHERE customer_id = (SELECT id FROM customers WHERE external_id = 'c4')",
  )
  const dates = { created_at: NOW, updated_at: NOW }
  await db('providers').insert({ external_id: 'p', known: true, name: 'P', email: 'petra@studio.test', ...dates })
  const segment = { key: 'picked', name: 'Picked', scope: 'business', rule: '{"any": []}', version: 1 }
  await db('segments').insert({ ...segment, recalculation: '{"mode":"live"}', ...dates })
  // c1 has a browser, but no telephone
  for (const channel of ['sms', 'push']) {
    const agreed =
      "INSERT INTO consents (customer_id, channel, given, at, source) SELECT id, ?, 1, ?, 'test' FROM customers"
    await execute(db, agreed, [channel, NOW])
  }
  await execute(db, "UPDATE customers SET phone = '+49170123450' WHERE external_id = 'c0'")
  await execute(
    db,
    `INSERT INTO push_subscriptions (customer_id, endpoint, endpoint_hash, p256dh, auth, created_at)
     SELECT id, CONCAT('https://push.test/', external_id), UNHEX(SHA2(external_id, 256)), 'p', 'a', ? FROM customers
     WHERE external_id IN ('c0', 'c1')`,
    [NOW],
  )
  for (const template of ['hello', 'held']) await templateOf(db, template, NOW)
  for (const [customer, tag] of [
    ['c2', 'slow'],
    ['c3', 'gone'],
  ] as const) {
    await tagCustomers(db, { customers: [customer] }, { add: [tag], remove: [] }, { by: null }, NOW)
  }
}

/** The ten days. */
async function play(url: string): Promise<void> {
  const ids = new Map<string, number>()
  for (const { key, definition } of automations(url)) ids.set(key, await automationOf(db, definition, NOW, key))
  await booking('b6', 'c6', '2026-06-12T10:00')
  await booking('b8', 'c8', '2026-06-14T10:00')
  await running.playUntil(NOW)
  await happen(...automations(url).flatMap(({ key, enter }) => (enter === undefined ? [] : [[key, ...enter] as const])))
  await running.playUntil(NOW)
  stopped = await stopAutomation(db, 'stopped', clock.now)
  await happen(['stopped', 'c2'])

  await running.playUntil(at('2026-06-10T12:00'))
  members.put = await membersNow()
  await pauseAutomation(db, 'paused', clock.now)
  await happen(['paused', 'c1'])
  const definition = moved(2)
  await transact(db, (trx) => publishVersion(trx, ids.get('moved') ?? 0, { definition, by: null }, clock.now))
  await happen(['moved', 'c1'])
  await running.playUntil(at('2026-06-10T13:00'))
  const mapping = [
    { version: 1, step: 'day', to: { step: 'day' } },
    { version: 1, step: 'week', to: 'exit' as const },
  ]
  await moveVersions(db, ids.get('moved') ?? 0, mapping, clock.now)
  await booking('b8', 'c8', '2026-06-14T10:00', { state: 'cancelled' })

  await running.playUntil(at('2026-06-11T12:00'))
  await happen(['yes', 'c1'], ['more', 'c0'], ['back', 'c0'])
  await tagCustomers(db, { customers: ['c1'] }, { add: ['quit'], remove: [] }, { by: null }, clock.now)
  await booking('b0', 'c2', '2026-06-11T09:00')

  await running.playUntil(at('2026-06-12T12:00'))
  members.taken = await membersNow()
  await skipFailed(db, 'failing', { enrolments: [await enrolmentOf('failing', 'c0')] }, clock.now)
  await templateOf(db, 'later', clock.now)
  await retryFailed(db, 'failing', {}, clock.now)
  await skipFailed(db, 'calls', {}, clock.now)
  await takeOut(db, 'by-hand', [await enrolmentOf('by-hand', 'c0')], clock.now)

  await running.playUntil(at('2026-06-13T12:00'))
  await resumeAutomation(db, 'paused', clock.now)
  await running.playUntil(at('2026-06-20T12:00'))
}

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await furnish()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const sms = noting(({ text }) => `sms ${String(text).split('\n')[0]}`)
  const push = noting(({ to, text }) => `push ${(to as { endpoint: string }).endpoint.slice(-2)} ${String(text)}`)
  running = await startLifecycles(db, { clock, channel: mails.channel, short: { sms, push } })
  await play(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`)
}, 240_000)
afterAll(async () => {
  server.close()
  await running?.stop()
  await database?.drop()
})

/** `customer state: step outcome instant, …` of those who entered an automation. */
const ways = async (key: string) =>
  (await waysOf(db, key)).map(({ customer, state, way }) => `${customer} ${state}: ${way.join(', ')}`)

const mailsAbout = (subject: string) =>
  mails.taken.filter((mail) => mail.subject === subject).map(({ to }) => to.replace('@mail.test', ''))

describe('over days, a step', () => {
  test('that waits', async () => {
    expect(await ways('waits')).toEqual([
      'c0 finished: hour passed 2026-06-11T10:00, day passed 2026-06-12T10:00, nine passed 2026-06-13T07:00, monday passed 2026-06-15T16:30',
    ])
    expect(await ways('date')).toEqual([
      'c0 finished: date passed 2026-06-17T10:00',
      'c1 finished: date passed 2026-06-19T10:00',
    ])
  })

  test('that waits for something', async () => {
    expect(await ways('happening')).toEqual([
      'c0 finished: yes else 2026-06-13T10:00, sad passed 2026-06-13T10:00, last passed 2026-06-13T11:00',
      'c1 finished: yes then 2026-06-11T12:00, happy passed 2026-06-11T12:00, last passed 2026-06-11T13:00',
    ])
    expect(await ways('rule')).toEqual([
      'c2 finished: rule then 2026-06-12T22:00',
      'c3 finished: rule else 2026-06-15T10:00',
    ])
  })

  test('that branches, splits and ends', async () => {
    expect(await ways('branches')).toEqual([
      'c0 finished: fork 0 2026-06-10T10:00, end passed 2026-06-10T10:00',
      'c1 finished: fork else 2026-06-10T10:00, after passed 2026-06-10T11:00',
    ])
    const split = (await waysOf(db, 'splits')).map(({ way }) => way.map((text) => text.slice(0, -17)))
    expect(split).toHaveLength(4)
    for (const way of split) expect([['half 0', 'first passed'], ['half 1']]).toContainEqual(way)
  })

  test('that sends', async () => {
    expect(await ways('sends')).toEqual([
      'c0 finished: mail sent 2026-06-10T10:00',
      'c4 finished: mail left_out 2026-06-10T10:00',
      'c5 finished: mail bounced 2026-06-10T10:00',
    ])
    expect(mailsAbout('hello').filter((to) => to === 'c4')).toEqual([])
    const sql = `SELECT c.external_id AS customer, w.state, w.valid_to FROM rewards w JOIN customers c ON c.id = w.customer_id
      WHERE w.amount = 500 ORDER BY customer`
    expect(await rows(db, sql)).toEqual([
      { customer: 'c0', state: 'active', valid_to: '2026-06-16' },
      { customer: 'c4', state: 'given_back', valid_to: '2026-06-16' },
      { customer: 'c5', state: 'given_back', valid_to: '2026-06-16' },
    ])
  })

  test('that writes to a telephone or a browser', async () => {
    expect(await ways('writes')).toEqual([
      'c0 finished: sms sent 2026-06-10T10:00, push sent 2026-06-10T10:00',
      'c1 finished: sms left_out 2026-06-10T10:00, push sent 2026-06-10T10:00',
    ])
    expect(short.sort()).toEqual(['push c0 Come back', 'push c1 Come back', 'sms Hello First0'])
  })

  test('that gives a reward, also to who comes by again', async () => {
    expect(await ways('gives')).toEqual([
      'c0 finished: gift given 2026-06-10T10:00, more then 2026-06-11T12:00, back passed 2026-06-11T12:00, gift given 2026-06-11T12:00, more else 2026-06-13T12:00',
    ])
    const sql = "SELECT state, minutes, valid_from FROM rewards WHERE automation_id = 'gives' ORDER BY id"
    expect(await rows(db, sql)).toEqual([
      { state: 'active', minutes: 20, valid_from: '2026-06-10' },
      { state: 'active', minutes: 20, valid_from: '2026-06-11' },
    ])
  })

  test('that changes tags, the status and who is in a segment', async () => {
    expect(await ways('changes')).toEqual([
      'c0 finished: tag passed 2026-06-10T10:00, vip passed 2026-06-10T10:00, in passed 2026-06-10T10:00, day passed 2026-06-11T10:00, out passed 2026-06-11T10:00',
    ])
    expect(members).toEqual({ put: ['c0'], taken: [] })
    const sql = `SELECT c.status, (SELECT COUNT(*) FROM customer_tags t WHERE t.customer_id = c.id AND t.tag = 'new') AS tags
      FROM customers c WHERE c.external_id = 'c0'`
    expect(await rows(db, sql)).toEqual([{ status: 'vip', tags: 1 }])
  })

  test('that tells somebody', async () => {
    expect(await ways('tells')).toEqual(['c0 finished: tell passed 2026-06-10T10:00'])
    expect(await ways('tells-provider')).toEqual(['c8 finished: tell passed 2026-06-10T13:00'])
    const told = mails.taken.filter(({ to }) => to.endsWith('studio.test'))
    expect(told.map(({ to, subject }) => `${to} ${subject}`).sort()).toEqual([
      'boss@studio.test First0 came',
      'petra@studio.test First8 cancelled',
    ])
  })

  test('that calls a webhook: again after a while, or given up', async () => {
    expect(await ways('calls')).toEqual([
      'c0 finished: call passed 2026-06-10T10:00',
      'c1 finished: call skipped 2026-06-12T12:00',
    ])
    expect(calls.filter(({ customer }) => customer === 'c0').map(({ answer }) => answer)).toEqual([503, 204])
    expect(calls.filter(({ customer }) => customer === 'c1').map(({ answer }) => answer)).toEqual([404])
    expect(new Set(calls.map(({ key }) => key)).size).toBe(2)
  })

  test('that can’t be done waits for help', async () => {
    expect(await ways('failing')).toEqual([
      'c0 finished: mail skipped 2026-06-12T12:00',
      'c1 finished: mail sent 2026-06-12T12:00',
    ])
    expect(mailsAbout('later')).toEqual(['c1'])
  })
})

describe('over days, those inside', () => {
  test('leave at once by an exit, by the goal, by hand, and when time alone says so', async () => {
    expect(await ways('leaving')).toEqual([
      'c0 exited back: week exited 2026-06-11T12:00',
      'c1 exited quit: week exited 2026-06-11T12:00',
      'c2 goal goal: week goal 2026-06-11T12:00',
      'c3 finished: week passed 2026-06-17T10:00, mail sent 2026-06-17T10:00',
      'c6 exited came: week exited 2026-06-12T10:00',
    ])
    expect(await ways('by-hand')).toEqual([
      'c0 exited by_hand: week exited 2026-06-12T12:00',
      'c1 finished: week passed 2026-06-17T10:00',
    ])
  })

  test('are held while it is paused; what was due is done when it goes on', async () => {
    expect(await ways('paused')).toEqual(['c0 finished: day passed 2026-06-13T12:00, mail sent 2026-06-13T12:00'])
  })

  test('get nothing more once it is stopped, whatever was queued', async () => {
    expect(stopped).toEqual({ left: 2, notStopped: 0 })
    expect(await ways('stopped')).toEqual([
      'c0 stopped stopped: mail sent 2026-06-10T10:00, day stopped 2026-06-10T10:00',
      'c7 stopped stopped: mail stopped 2026-06-10T10:00',
    ])
    expect(mailsAbout('hello').filter((to) => to === 'c7')).toHaveLength(1)
    const sql = `SELECT state, reason FROM deliveries WHERE automation_id = 'stopped' ORDER BY customer_id`
    expect(await rows(db, sql)).toEqual([
      { state: 'sent', reason: null },
      { state: 'cancelled', reason: 'left_automation' },
    ])
  })

  test('stay on their version or are moved, step by step', async () => {
    expect(await ways('moved')).toEqual([
      'c0 finished: who else 2026-06-10T10:00, day moved 2026-06-10T13:00, day passed 2026-06-11T10:00, tag passed 2026-06-11T10:00',
      'c2 finished: who 1 2026-06-10T10:00, early passed 2026-06-10T14:00, late passed 2026-06-17T14:00, mail sent 2026-06-17T14:00',
      'c3 exited new_version: who 0 2026-06-10T10:00, week exited 2026-06-10T13:00',
      'c1 finished: long passed 2026-06-12T12:00, day passed 2026-06-13T12:00, tag passed 2026-06-13T12:00',
    ])
  })

  test('who is held out gets nothing', async () => {
    const kept = await waysOf(db, 'held-out')
    const out = kept.filter(({ state }) => state === 'held_out').map(({ customer }) => customer)
    expect(kept).toHaveLength(4)
    expect(mailsAbout('held').sort()).toEqual(['c0', 'c1', 'c2', 'c3'].filter((customer) => !out.includes(customer)))
  })
})

test('everybody’s workflow has come to its end, and what was asked of it is kept', async () => {
  for (const [key, name] of [
    ['paused', 'customerLifecyclePaused'],
    ['stopped', 'customerLifecycleStopped'],
    ['moved', 'customerLifecycleMoved'],
  ] as const) {
    const sql = 'SELECT k.id FROM cohorts k JOIN automations a ON a.id = k.automation_id WHERE a.key = ? ORDER BY k.id'
    const [first] = await rows<{ id: number }>(db, sql, [key])
    await running.historyOf(first?.id ?? 0, name)
  }
  await until(async () => (await rows(db, 'SELECT 1 FROM cohorts WHERE ended_at IS NULL')).length === 0)
})

test('a replay of the past runs on Temporal', async () => {
  const [one] = automations('http://studio.test').filter(({ key }) => key === 'paused')
  const tag = { id: 'tag', tag: { add: ['past'] } }
  const definition = { ...one?.definition, when: { on: 'booking_made' }, then: [{ id: 'day', wait: { days: 1 } }, tag] }
  const id = await startDryRun(db, { definition, days: 30 }, { by: 'me', channels: ['email'] }, clock.now)
  await running.playUntil(clock.now)
  await running.client.workflow.getHandle(DRY_RUN.id(id)).result()
  const [run] = await rows<{ state: string; result: string }>(db, 'SELECT state, result FROM dry_runs WHERE id = ?', [
    id,
  ])
  expect(run?.state).toBe('done')
  expect(JSON.parse(run?.result ?? '{}')).toMatchObject({ entered: 3, customers: 3 })
})
