/** Whatever changes a fact that rules ask for moves its customer with the next refresh, and wakes the upkeep for it. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Segment } from '../../api/contract/segments.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import type { Outcome } from '../../domain/deliveries/channels/channel.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { markDelivered } from '../../domain/deliveries/markDelivered.ts'
import { resendDelivery } from '../../domain/deliveries/resendDelivery.ts'
import { isInUse } from '../../domain/segments/factsInUse.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel, SENT } from '../support/sending.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let db: Database
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await insertCustomers(db, 2)
  api = await startApi(db)
  await api.call('post', '/ingest', { providers: [{ id: 'p', name: 'Petra' }] })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})
beforeEach(async () => {
  for (const table of ['segments', 'campaigns', 'suppressions']) {
    await execute(db, `DELETE FROM ${table}`)
  }
  await execute(db, 'UPDATE facts_in_use SET in_use = FALSE')
  await refreshSegments(db, new Date())
  api.asked.length = 0
})

async function make(rule: unknown, scope = 'business'): Promise<void> {
  const { body } = await api.call<Segment>('post', '/segments', { name: 'Asked', rule, scope })
  await recomputeSegment(db, body.id, new Date())
}

/** The members after a refresh. */
async function members(): Promise<string[]> {
  await refreshSegments(db, new Date())
  const found = await rows<{ id: string }>(
    db,
    `SELECT c.external_id AS id FROM segment_members m JOIN customers c ON c.id = m.customer_id
     ORDER BY c.id`,
  )
  return found.map(({ id }) => id)
}

const isWoken = () => api.asked.some(([name]) => name === 'wakeSegments')

const unsubscribed = { fact: 'unsubscribed', channel: 'email', is: 'true' }

type Case = { what: string; rule: unknown; scope?: 'provider'; call: [method: string, path: string, body?: unknown] }

test.each<Case>([
  { what: 'a suppression', rule: unsubscribed, call: ['put', '/suppressions/c0'] },
  {
    what: 'a suppression by a provider',
    rule: unsubscribed,
    scope: 'provider',
    call: ['put', '/suppressions/c0?provider=p'],
  },
  {
    what: 'a favourite',
    rule: { fact: 'favourite', is: 'true' },
    scope: 'provider',
    call: ['put', '/providers/p/favourites/c0'],
  },
  {
    what: 'a favourite of anybody',
    rule: { fact: 'favourite', is: 'true' },
    call: ['put', '/providers/p/favourites/c0'],
  },
  {
    what: 'a tag',
    rule: { fact: 'tag', is: 'any_of', value: ['yogi'] },
    call: ['post', '/customers/tag', { customers: ['c0'], add: ['yogi'] }],
  },
  {
    what: 'a status',
    rule: { fact: 'status', is: 'one_of', value: ['vip'] },
    call: ['post', '/customers/status', { customers: ['c0'], status: 'vip' }],
  },
  {
    what: 'a consent',
    rule: { fact: 'reachable', channel: 'push', is: 'true' },
    call: ['post', '/ingest', { customers: [{ id: 'c0', consents: { push: true } }] }],
  },
])('$what', async ({ rule, scope, call: [method, path, body] }) => {
  // whoever is suppressed by a provider is one of the provider's customers here
  const bookings = [{ id: 'b', customer: 'c0', provider: 'p', state: 'attended', starts_at: '2026-01-01T10:00:00Z' }]
  if (path.includes('suppressions')) await api.call('post', '/ingest', { bookings })
  await make(rule, scope)
  api.asked.length = 0
  await api.call(method, path, body)
  expect(isWoken()).toBe(true)
  expect(await members()).toEqual(['c0'])
  if (method !== 'put') return
  api.asked.length = 0
  await api.call('delete', path)
  expect(isWoken()).toBe(true)
  expect(await members()).toEqual([])
})

test('a favourite again is no news, and of nobody a mistake', async () => {
  await make({ fact: 'favourite', is: 'true' }, 'provider')
  for (let times = 0; times < 2; times += 1) {
    expect((await api.call('put', '/providers/p/favourites/c0')).status).toBe(204)
    expect(await members()).toEqual(['c0'])
  }
  expect((await api.call('put', '/providers/nobody/favourites/c0')).status).toBe(404)
  expect((await api.call('put', '/providers/p/favourites/nobody')).status).toBe(404)
  for (let times = 0; times < 2; times += 1) {
    expect((await api.call('delete', '/providers/p/favourites/c0')).status).toBe(204)
    expect(await members()).toEqual([])
  }
})

test('an unsubscribe link, and its taking back', async () => {
  await make(unsubscribed)
  const { page } = await sendTo('c0')
  api.asked.length = 0
  await fetch(page, { method: 'post' })
  expect(isWoken()).toBe(true)
  expect(await members()).toEqual(['c0'])
  const undo = { 'content-type': 'application/x-www-form-urlencoded' }
  await fetch(page, { method: 'post', headers: undo, body: 'action=undo' })
  expect(await members()).toEqual([])
})

test.each(['sent', 'delivered', 'opened', 'clicked'] as const)('a message that was %s', async (step) => {
  await make({ fact: 'delivery', is: step })
  const { pixel, link, messageId } = await sendTo('c0')
  if (step !== 'sent') expect(await members()).toEqual([])
  api.asked.length = 0
  if (step === 'delivered') await db.transaction((trx) => markDelivered(trx, messageId, new Date()))
  if (step === 'opened') await fetch(pixel)
  if (step === 'clicked') await fetch(link, { redirect: 'manual' })
  if (step === 'opened' || step === 'clicked') expect(isWoken()).toBe(true)
  expect(await members()).toEqual(['c0'])
})

test('an address that bounced, until it is tried again', async () => {
  await make({
    any: [
      { fact: 'delivery', is: 'bounced' },
      { fact: 'reachable', channel: 'email', is: 'false' },
    ],
  })
  const { delivery } = await sendTo('c0', { state: 'bounced', reason: '550 5.1.1 no such user' })
  expect(await members()).toEqual(['c0'])
  await resendDelivery(db, delivery, new Date())
  expect(await members()).toEqual([])
})

test('messages that no rule asks about mark nobody, and a rule that comes later sees them', async () => {
  await make({ fact: 'unsubscribed', is: 'true' })
  const { pixel } = await sendTo('c0')
  api.asked.length = 0
  await fetch(pixel)
  expect(isWoken()).toBe(false)
  expect(await rows(db, 'SELECT * FROM dirty_relationships')).toEqual([])
  await execute(db, 'DELETE FROM segments')
  await make({ fact: 'delivery', is: 'opened' })
  expect(await members()).toEqual(['c0'])
})

test('a rule that is about to ask waits for a message that is on its way', async () => {
  await sendTo('c0')
  const { body } = await api.call<Segment>('post', '/segments', {
    name: 'Asked',
    rule: { fact: 'delivery', is: 'opened' },
  })
  const [{ id = 0 } = {}] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries')
  // an open that has seen that nobody asks, and has not committed yet
  let recomputed: Promise<void> | undefined
  await db.transaction(async (trx) => {
    await execute(trx, 'UPDATE deliveries SET opened_at = ? WHERE id = ?', [new Date(), id])
    expect(await isInUse(trx, 'delivery')).toBe(false)
    recomputed = recomputeSegment(db, body.id, new Date())
    // it has come as far as the row that this transaction keeps away
    await until(async () => (await processes()).some((info) => info?.startsWith('UPDATE facts_in_use')))
  })
  await recomputed
  expect(await members()).toEqual(['c0'])
})

/** What the server is doing. */
const processes = async () => (await rows<{ Info: string | null }>(db, 'SHOW FULL PROCESSLIST')).map(({ Info }) => Info)

/** Sends a mail to a customer. */
async function sendTo(customer: string, outcome: Outcome = SENT) {
  const campaign = await frozenCampaign(db, { customers: [customer] })
  const { channel, taken } = recordingChannel(() => outcome)
  await deliverDue(db, campaign, { ...attempt(channel), publicUrl: api.url })
  const [mail] = taken
  const find = (pattern: RegExp) => pattern.exec(mail?.html ?? '')?.[1] ?? ''
  const [row] = await rows<{ id: number; message_id: string }>(
    db,
    'SELECT id, message_id FROM deliveries WHERE campaign_id = ?',
    [campaign],
  )
  return {
    delivery: row?.id ?? 0,
    messageId: row?.message_id ?? '',
    pixel: find(/<img src="([^"]+\/t\/o\/[^"]+)"/),
    link: find(/<a href="([^"]+\/t\/c\/[^"]+)"/),
    page: /<(.*)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '',
  }
}
