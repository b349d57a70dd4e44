/** The one message that a booking belongs to, and what messages have brought. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { takeNotices } from '../../domain/feedback/takeNotices.ts'
import { recordVisit } from '../../domain/tracking/recordVisit.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const START = new Date('2026-11-01T09:00:00Z')
const at = (days: number) => new Date(START.getTime() + days * 86_400_000)
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

let database: TestDatabase
let db: Database
let api: TestApi
let counter = 0
let customer = ''

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  api = await startApi(db, undefined, () => at(60))
  await api.call('post', '/ingest', { providers: [{ id: 'anna' }, { id: 'ben' }] })
})
beforeEach(async () => {
  customer = `c${++counter}`
  await api.call('post', '/ingest', { customers: [{ id: customer }] })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const idOf = async (table: string, external: string) =>
  (await rows<{ id: number }>(db, `SELECT id FROM ${table} WHERE external_id = ?`, [external]))[0]?.id ?? 0

/** A message that was sent; returns the campaign and the delivery. */
async function send(
  days: number,
  { provider = null as string | null, state = 'sent', automation = null as string | null, test = false } = {},
) {
  const [campaign = 0] = await db('campaigns').insert({
    ...{ name: `Mail ${++counter}`, kind: 'one_off', channel: 'email', state: 'sent', criteria: '{}', subject: '' },
    ...{ document: '{}', html: '', text: '', created_at: at(days) },
    provider_id: provider === null ? 0 : await idOf('providers', provider),
  })
  const [delivery = 0] = await db('deliveries').insert({
    ...{ campaign_id: campaign, customer_id: await idOf('customers', customer), channel: 'email', test, state },
    ...{ address: 'a@b.test', due_at: at(days), queued_at: at(days), sent_at: at(days), automation_id: automation },
  })
  return { campaign, delivery }
}

const click = (delivery: number, days: number, url = 'https://studio.test/') =>
  recordVisit(db, delivery, { type: 'clicked', method: 'GET', agent: BROWSER, address: '192.0.2.7', url }, at(days))

async function book(days: number, more: Record<string, unknown> = {}): Promise<string> {
  const id = `b${++counter}`
  const item = { id, customer, provider: 'anna', starts_at: at(days + 2).toISOString(), price: 4000, state: 'attended' }
  const { status } = await api.call('post', '/ingest', {
    bookings: [{ ...item, created_at: at(days).toISOString(), ...more }],
  })
  expect(status).toBe(200)
  return id
}

async function messageOf(booking: string): Promise<{ campaign: number; clicked: boolean } | null> {
  const [row] = await rows<{ campaign_id: number; clicked: number }>(
    db,
    'SELECT campaign_id, clicked FROM attributions a JOIN bookings b ON b.id = a.booking_id WHERE b.external_id = ?',
    [booking],
  )
  return row === undefined ? null : { campaign: row.campaign_id, clicked: row.clicked === 1 }
}

test('the last message of the last 14 days before it was made, where nobody clicked', async () => {
  const early = await send(1)
  const late = await send(5)
  await send(9)
  expect(await messageOf(await book(4))).toEqual({ campaign: early.campaign, clicked: false })
  expect(await messageOf(await book(8))).toEqual({ campaign: late.campaign, clicked: false })
  expect(await messageOf(await book(0.5))).toBeNull()
  expect(await messageOf(await book(30))).toBeNull()
})

test('the one clicked last goes before it', async () => {
  const clicked = await send(1)
  const other = await send(5)
  await click(clicked.delivery, 2)
  await click(other.delivery, 6)
  await click(clicked.delivery, 7)
  expect(await messageOf(await book(6.5))).toEqual({ campaign: other.campaign, clicked: true })
  expect(await messageOf(await book(8))).toEqual({ campaign: clicked.campaign, clicked: true })
  // the clicks are too long ago, but so is everything else
  expect(await messageOf(await book(22))).toBeNull()
})

test('what a machine clicked does not count, also when that is found out later', async () => {
  const scanned = await send(1)
  const read = await send(2)
  await click(read.delivery, 3)
  await click(scanned.delivery, 4)
  const booking = await book(4.0001)
  expect(await messageOf(booking)).toEqual({ campaign: scanned.campaign, clicked: true })
  for (let link = 0; link < 12; link++) await click(scanned.delivery, 4 + link / 200_000, `https://studio.test/${link}`)
  const [event] = await rows<{ machine: string | null }>(
    db,
    "SELECT machine FROM delivery_events WHERE delivery_id = ? AND type = 'clicked' ORDER BY id LIMIT 1",
    [scanned.delivery],
  )
  expect(event?.machine).not.toBeNull()
  expect(await messageOf(booking)).toEqual({ campaign: read.campaign, clicked: true })
})

test('of a provider’s message only bookings with that provider; of a test, and of one that came back, none', async () => {
  const bens = await send(1, { provider: 'ben' })
  await send(2, { state: 'bounced' })
  await send(3, { test: true })
  expect(await messageOf(await book(4))).toBeNull()
  expect(await messageOf(await book(4, { provider: null }))).toBeNull()
  expect(await messageOf(await book(4, { provider: 'ben' }))).toEqual({ campaign: bens.campaign, clicked: false })
})

test('a message that comes back later loses its bookings to the one before', async () => {
  const first = await send(1)
  const second = await send(3)
  const booking = await book(4)
  expect(await messageOf(booking)).toEqual({ campaign: second.campaign, clicked: false })
  const notice = { about: { delivery: second.delivery }, type: 'bounced', at: at(4), source: 'test', id: 'n1' } as const
  await takeNotices(db, [{ ...notice, words: '550 5.1.1 nobody' }], at(5))
  const [row] = await rows<{ state: string }>(db, 'SELECT state FROM deliveries WHERE id = ?', [second.delivery])
  expect(row?.state).toBe('bounced')
  expect(await messageOf(booking)).toEqual({ campaign: first.campaign, clicked: false })
})

test('a booking whose source does not say when it was made: when we heard of it, unless it had begun', async () => {
  const { campaign } = await send(10)
  expect(await messageOf(await book(0, { created_at: null, starts_at: at(11).toISOString() }))).toEqual({
    campaign,
    clicked: false,
  })
  expect(await messageOf(await book(0, { created_at: null, starts_at: at(9).toISOString() }))).toBeNull()
})

test('what a campaign and an automation have brought; cancelled ones count for nothing', async () => {
  const { campaign, delivery } = await send(1, { automation: '12' })
  await book(2)
  const moved = await book(2, { price: 1000, state: 'booked' })
  await book(2, { price: 700, state: 'no_show' })
  await book(2, { state: 'cancelled' })
  await click(delivery, 2.5)
  await book(3, { price: 2500 })
  const expected = { days: 14, bookings: 4, attended: 2, revenue: 6500, ahead: 1000 }
  const brought = { ...expected, clicked: { bookings: 1, revenue: 2500 }, discounts: 0 }
  expect(await api.call('get', `/revenue?campaign=${campaign}`)).toMatchObject({ status: 200, body: brought })
  expect((await api.call('get', '/revenue?automation=12')).body).toEqual(brought)
  await api.call('post', '/ingest', { bookings: [{ id: moved, deleted: true }] })
  expect((await api.call('get', '/revenue?automation=12')).body).toMatchObject({ bookings: 3, ahead: 0 })
  expect((await api.call('get', '/revenue')).status).toBe(400)
  expect((await api.call('get', '/revenue?automation=12&campaign=3')).status).toBe(400)
})

test('the days are a setting, for bookings from then on', async () => {
  const { campaign } = await send(1)
  const kept = await book(10)
  await api.call('put', '/settings', { attribution_days: 5 })
  expect(await messageOf(await book(10))).toBeNull()
  expect(await messageOf(kept)).toEqual({ campaign, clicked: false })
})
