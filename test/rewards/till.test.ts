/** Rewards at the till: what applies, is used once, is taken back, and what the ledger says of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let now = new Date('2026-12-02T10:00:00Z')
let database: TestDatabase
let db: Database
let api: TestApi
/** Each test has a customer and bookings of its own. */
let customer = ''
let counter = 0

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  api = await startApi(db, undefined, () => now)
  await api.call('put', '/settings', { time_zone: 'Europe/Berlin', currency: 'EUR' })
  await api.call('post', '/ingest', {
    providers: [
      { id: 'anna', name: 'Anna' },
      { id: 'ben', name: 'Ben' },
    ],
  })
})
beforeEach(async () => {
  now = new Date('2026-12-02T10:00:00Z')
  customer = `c${++counter}`
  await api.call('post', '/ingest', { customers: [{ id: customer }] })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const give = async (reward: Record<string, unknown>) => {
  const period = { valid_from: '2026-12-01', valid_to: '2026-12-31' }
  const { status, body } = await api.call('post', '/rewards', { provider: 'anna', customer, ...period, ...reward })
  expect(status).toBe(201)
  return body as { id: string; state: string }
}

const book = async (booking: Record<string, unknown> = {}, id = `b${++counter}`) => {
  const item = { id, customer, provider: 'anna', starts_at: '2026-12-10T10:00:00Z', minutes: 60, price: 5000 }
  const { status } = await api.call('post', '/ingest', { bookings: [{ ...item, ...booking }] })
  expect(status).toBe(200)
  return id
}

const change = (id: string, booking: Record<string, unknown>) =>
  api.call('post', '/ingest', { bookings: [{ id, ...booking }] })

const redeem = (booking: string) => api.call('post', '/redemptions', { booking })
const quote = (contact: Record<string, unknown> = {}) =>
  api.call('post', '/quotes', {
    ...{ provider: 'anna', customer, starts_at: '2026-12-10T10:00:00Z', minutes: 60, price: 5000 },
    ...contact,
  })
const rewardOf = async (id: string) => {
  const { body } = await api.call<{ items: Array<Record<string, unknown>> }>('get', `/rewards?customer=${customer}`)
  return body.items.find((reward) => reward.id === id)
}

/** What stands in the ledger of this test's customer, in its order: kind, and what each account gains. */
const ledger = () =>
  rows<Record<string, unknown>>(
    db,
    `SELECT e.kind, SUM(IF(l.account = 'provider', l.amount, 0)) AS provider,
       SUM(IF(l.account = 'customer', l.amount, 0)) AS customer, SUM(IF(l.account = 'business', l.amount, 0)) AS business
     FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id JOIN customers c ON c.id = e.customer_id
     WHERE c.external_id = ? GROUP BY e.id, e.kind ORDER BY e.id`,
    [customer],
  )
const discount = (amount: number) => ({ kind: 'discount', provider: -amount, customer: amount, business: 0 })

describe('what applies by itself', () => {
  test('a voucher of an amount; asking changes nothing', async () => {
    const { id } = await give({ kind: 'voucher', amount: 2000 })
    for (let time = 0; time < 2; time++) {
      expect(await quote()).toMatchObject({
        status: 200,
        body: { price: 5000, discount: 2000, free_minutes: 0, reward: { id, kind: 'voucher', amount: 2000 } },
      })
    }
    expect(await ledger()).toEqual([])
    expect(await rewardOf(id)).toMatchObject({ state: 'usable', discount: 0 })
  })

  test.each([
    [
      'a percentage, rounded down',
      { kind: 'voucher', percent: 15 },
      { price: 1999 },
      { discount: 299, free_minutes: 0 },
    ],
    ['a ceiling', { kind: 'voucher', percent: 50, ceiling: 700 }, {}, { discount: 700, free_minutes: 0 }],
    ['no more than the price', { kind: 'voucher', amount: 9000 }, {}, { discount: 5000, free_minutes: 0 }],
    ['free minutes as their share', { kind: 'free_minutes', minutes: 20 }, {}, { discount: 1666, free_minutes: 20 }],
    ['free minutes for all of it', { kind: 'free_minutes', minutes: 90 }, {}, { discount: 5000, free_minutes: 60 }],
    ['nothing off nothing', { kind: 'voucher', amount: 500 }, { price: 0 }, { discount: 0, free_minutes: 0 }],
    ['no minutes of none', { kind: 'free_minutes', minutes: 5 }, { minutes: 0 }, { discount: 0, free_minutes: 0 }],
  ])('%s', async (_what, reward, contact, expected) => {
    await give(reward)
    const { body } = await quote(contact)
    expect(body).toMatchObject(expected)
    expect('reward' in body).toBe(expected.discount > 0)
  })

  test('the one that ends first, then the one that takes off more, then the older', async () => {
    const late = await give({ kind: 'voucher', amount: 4000, valid_to: '2026-12-31' })
    const small = await give({ kind: 'voucher', amount: 1000, valid_to: '2026-12-20' })
    expect((await quote()).body.reward).toMatchObject({ id: small.id })
    const larger = await give({ kind: 'voucher', percent: 30, valid_to: '2026-12-20' })
    await give({ kind: 'voucher', amount: 1500, valid_to: '2026-12-20' })
    expect((await quote()).body).toMatchObject({ discount: 1500, reward: { id: larger.id } })
    expect((await quote({ starts_at: '2026-12-25T10:00:00Z' })).body.reward).toMatchObject({ id: late.id })
  })

  test('by the day of the contact in the business’s time zone, both edges counted', async () => {
    const { id } = await give({ kind: 'voucher', amount: 100, valid_from: '2026-12-05', valid_to: '2026-12-06' })
    const at = async (starts_at: string) => ((await quote({ starts_at })).body.reward as { id: string } | undefined)?.id
    expect(await at('2026-12-04T22:59:59Z')).toBeUndefined()
    expect(await at('2026-12-04T23:00:00Z')).toBe(id)
    expect(await at('2026-12-06T22:59:59Z')).toBe(id)
    expect(await at('2026-12-06T23:00:00Z')).toBeUndefined()
  })

  test('another provider’s, or another customer’s, does not', async () => {
    await give({ kind: 'voucher', amount: 100, provider: 'ben' })
    expect((await quote()).body).toEqual({ price: 5000, discount: 0, free_minutes: 0 })
  })

  test.each([
    [{ provider: 'nobody' }, '/provider'],
    [{ customer: 'nobody' }, '/customer'],
    [{ currency: 'CHF' }, '/currency'],
    [{ price: -1 }, '/price'],
    [{ price: 10.5 }, '/price'],
    [{ starts_at: '2026-12-10' }, '/starts_at'],
    [{ minutes: 70_000 }, '/minutes'],
  ])('%j is refused at %s', async (contact, path) => {
    expect(await quote(contact)).toMatchObject({ status: 400, body: { errors: [{ path }] } })
  })
})

describe('used', () => {
  test('once: asked again the answer is what stands, with the same lines', async () => {
    const { id } = await give({ kind: 'voucher', amount: 2000 })
    const booking = await book()
    const first = await redeem(booking)
    expect(first).toMatchObject({
      status: 201,
      body: { booking, price: 5000, discount: 2000, free_minutes: 0, reward: { id, amount: 2000 } },
    })
    expect(await redeem(booking)).toMatchObject({ status: 200, body: first.body })
    expect(await ledger()).toEqual([discount(2000)])
    expect(await rewardOf(id)).toMatchObject({ state: 'used', discount: 2000, bookings: [booking] })
    expect(await redeem(await book())).toMatchObject({ status: 409, body: { detail: 'The reward has been used' } })
  })

  test('free minutes carry on until the period ends', async () => {
    const { id } = await give({ kind: 'free_minutes', minutes: 100 })
    expect((await redeem(await book())).body).toMatchObject({ discount: 5000, free_minutes: 60 })
    expect(await rewardOf(id)).toMatchObject({ state: 'usable', minutes_used: 60 })
    expect((await quote()).body).toMatchObject({ discount: 3333, free_minutes: 40 })
    expect((await redeem(await book())).body).toMatchObject({ discount: 3333, free_minutes: 40 })
    expect(await rewardOf(id)).toMatchObject({ state: 'used', minutes_used: 100, discount: 8333 })
    expect((await redeem(await book())).status).toBe(409)
  })

  test('or not, as the settings say', async () => {
    await api.call('put', '/settings', { free_minutes_carry_on: false })
    const { id } = await give({ kind: 'free_minutes', minutes: 100 })
    await redeem(await book())
    expect(await rewardOf(id)).toMatchObject({ state: 'used', minutes_used: 60 })
    expect((await redeem(await book())).status).toBe(409)
    await api.call('put', '/settings', { free_minutes_carry_on: true })
  })

  test.each([
    ['costs nothing', { price: 0 }, 409, 'costs nothing'],
    ['has no price', { price: null }, 409, 'no price'],
    ['was cancelled', { state: 'cancelled' }, 409, 'cancelled'],
    ['names no provider', { provider: null }, 409, 'names no provider'],
    ['is another provider’s', { provider: 'ben' }, 409, 'for other providers'],
    ['is too late', { starts_at: '2027-01-01T00:00:00Z' }, 409, 'is over on 2027-01-01'],
    ['is too early', { starts_at: '2026-11-30T22:59:00Z' }, 409, 'has not begun on 2026-11-30'],
  ])('not on a booking that %s', async (_what, booking, status, words) => {
    await give({ kind: 'voucher', amount: 500 })
    const { status: got, body } = await redeem(await book(booking))
    expect({ got, errors: body.errors }).toMatchObject({
      got: status,
      errors: [{ path: '/booking', message: expect.stringContaining(words) }],
    })
    expect(await ledger()).toEqual([])
  })

  test('not while its message has not been handed over; not on a booking that is not there', async () => {
    const { id } = await give({ kind: 'voucher', amount: 500 })
    await db('rewards').where({ id }).update({ state: 'reserved' })
    expect((await redeem(await book())).body.detail).toContain('has not been handed over')
    expect((await redeem('nowhere')).status).toBe(404)
    const gone = await book()
    await change(gone, { deleted: true })
    expect((await redeem(gone)).status).toBe(404)
  })
})

describe('taken back', () => {
  test('by hand, once, and can be used again', async () => {
    const { id } = await give({ kind: 'voucher', amount: 2000 })
    const booking = await book()
    await redeem(booking)
    const takeBack = () => api.call('delete', `/redemptions/${booking}`)
    expect((await takeBack()).status).toBe(204)
    expect((await takeBack()).status).toBe(204)
    expect(await ledger()).toEqual([discount(2000), discount(-2000)])
    expect(await rewardOf(id)).toMatchObject({ state: 'usable', discount: 0, bookings: [], used_at: null })
    expect((await redeem(booking)).status).toBe(201)
    expect(await ledger()).toEqual([discount(2000), discount(-2000), discount(2000)])
    expect((await api.call('delete', `/redemptions/${await book()}`)).status).toBe(404)
    expect((await api.call('delete', '/redemptions/nowhere')).status).toBe(404)
  })

  test.each([
    ['cancelled', { state: 'cancelled' }],
    ['deleted', { deleted: true }],
    ['another provider’s', { provider: 'ben' }],
    ['outside the period', { starts_at: '2027-02-01T10:00:00Z' }],
    ['free', { price: 0 }],
  ])('by itself when the booking is %s', async (_what, changes) => {
    const { id } = await give({ kind: 'free_minutes', minutes: 100 })
    const [kept, booking] = [await book(), await book({ minutes: 20, price: 1000 })]
    await redeem(kept)
    await redeem(booking)
    await change(booking, changes)
    await change(booking, changes)
    expect(await ledger()).toEqual([discount(5000), discount(1000), discount(-1000)])
    expect(await rewardOf(id)).toMatchObject({ state: 'usable', minutes_used: 60, discount: 5000, bookings: [kept] })
  })

  test('used anew when the booking has another price or length; not when the discount is the same', async () => {
    await give({ kind: 'voucher', amount: 2000 })
    const booking = await book()
    await redeem(booking)
    await change(booking, { price: 4000 })
    expect(await ledger()).toEqual([discount(2000)])
    await change(booking, { price: 1500 })
    await change(booking, { price: 1500, state: 'attended' })
    expect(await ledger()).toEqual([discount(2000), discount(-2000), discount(1500)])
  })

  test('a mail that has come back meanwhile brings nothing any more', async () => {
    const { id } = await give({ kind: 'voucher', amount: 2000 })
    const [campaign] = await db('campaigns').insert({
      ...{ name: 'Gone', kind: 'loyalty', channel: 'email', state: 'sent', criteria: '{}', subject: '' },
      ...{ document: '{}', html: '', text: '', created_at: now },
    })
    const [owner] = await rows<{ id: number }>(db, 'SELECT id FROM customers WHERE external_id = ?', [customer])
    const [delivery] = await db('deliveries').insert({
      ...{ campaign_id: campaign, customer_id: owner?.id, channel: 'email', address: 'a@b.test', state: 'sent' },
      ...{ due_at: now, queued_at: now },
    })
    await db('rewards').where({ id }).update({ delivery_id: delivery, campaign_id: campaign })
    const booking = await book()
    await redeem(booking)
    await db('deliveries').where({ id: delivery }).update({ state: 'bounced' })
    expect(await rewardOf(id)).toMatchObject({ state: 'used' })
    await api.call('delete', `/redemptions/${booking}`)
    expect(await rewardOf(id)).toMatchObject({ state: 'given_back' })
  })
})

describe('given by hand', () => {
  test('listed by state, and taken back while nobody has used it', async () => {
    const { id, state } = await give({ kind: 'voucher', percent: 20, ceiling: 500 })
    expect(state).toBe('usable')
    const { id: ahead } = await give({ kind: 'free_minutes', minutes: 10, valid_from: '2026-12-09' })
    const ids = async (filter: string) =>
      (
        await api.call<{ items: { id: string }[]; total: number }>('get', `/rewards?customer=${customer}&${filter}`)
      ).body.items.map((one) => one.id)
    expect(await ids('state=usable')).toEqual([id])
    expect(await ids('state=upcoming')).toEqual([ahead])
    expect(await ids('kind=free_minutes&state=upcoming,usable&provider=anna&campaign=none')).toEqual([ahead])
    expect(await ids('provider=ben')).toEqual([])
    now = new Date('2027-01-05T10:00:00Z')
    expect(await ids('state=expired')).toEqual([ahead, id])
    now = new Date('2026-12-02T10:00:00Z')
    expect((await api.call('delete', `/rewards/${id}`)).status).toBe(204)
    expect((await api.call('delete', `/rewards/${id}`)).status).toBe(204)
    expect(await ids('state=given_back')).toEqual([id])
    expect((await api.call('delete', '/rewards/999999')).status).toBe(404)
  })

  test('not taken back once it was used', async () => {
    const { id } = await give({ kind: 'free_minutes', minutes: 100 })
    await redeem(await book())
    expect((await api.call('delete', `/rewards/${id}`)).status).toBe(409)
  })

  test.each([
    [{ kind: 'voucher' }, '/amount'],
    [{ kind: 'voucher', amount: 5, percent: 5 }, '/percent'],
    [{ kind: 'voucher', amount: 5, ceiling: 5 }, '/ceiling'],
    [{ kind: 'voucher', percent: 101 }, '/percent'],
    [{ kind: 'voucher', amount: 0 }, '/amount'],
    [{ kind: 'free_minutes', minutes: 5, valid_to: '2026-12-01' }, '/valid_to'],
    [{ kind: 'free_minutes', minutes: 5, valid_from: '2026-12-12', valid_to: '2026-12-11' }, '/valid_to'],
    [{ kind: 'free_minutes', minutes: 5, provider: 'nobody' }, '/provider'],
    [{ kind: 'free_minutes', minutes: 5, customer: 'nobody' }, '/customer'],
    [{ kind: 'voucher', amount: 5, currency: 'USD' }, '/currency'],
  ])('%j is refused at %s', async (reward, path) => {
    const body = { provider: 'anna', customer, valid_from: '2026-12-01', valid_to: '2026-12-31', ...reward }
    expect(await api.call('post', '/rewards', body)).toMatchObject({ status: 400, body: { errors: [{ path }] } })
  })
})

test('the currency stays while money stands in it', async () => {
  await give({ kind: 'voucher', amount: 100 })
  expect(await api.call('put', '/settings', { currency: 'CHF' })).toMatchObject({
    status: 409,
    body: { errors: [{ path: '/currency' }] },
  })
})

test('the ledger refuses to be changed', async () => {
  await give({ kind: 'voucher', amount: 100 })
  await redeem(await book())
  for (const table of ['ledger_entries', 'ledger_lines', 'loyalty_terms']) {
    await api.call('put', '/settings', { loyalty_reward: { rate: 0.1, to: 'provider' } })
    const first = table === 'ledger_lines' ? 'account = account' : 'id = id'
    await expect(db.raw(`UPDATE ${table} SET ${first}`)).rejects.toThrow('only ever added to')
    await expect(db.raw(`DELETE FROM ${table}`)).rejects.toThrow('only ever added to')
  }
})
