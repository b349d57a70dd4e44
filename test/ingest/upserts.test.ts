import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Database } from '../../domain/database.ts'
import { rows } from '../../domain/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { NOW, rowOf, send, takeDirty } from './support.ts'

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await db('settings').insert({
    id: 1,
    name: 'Test',
    time_zone: 'Europe/Berlin',
    currency: 'EUR',
    language: 'en',
    sender_name: 'Test',
    sender_email: 'a@b.test',
    updated_at: NOW,
  })
})
beforeEach(async () => {
  for (const table of ['interactions', 'reviews', 'payments', 'memberships', 'bookings', 'providers', 'customers']) {
    await db(table).delete()
  }
  await db('dirty_relationships').delete()
})
afterAll(() => database.drop())

const starts_at = '2026-06-20T09:00:00Z'

describe('fields', () => {
  test('a field left out keeps its value, null clears it', async () => {
    await send(db, { customers: [{ id: 'c1', first_name: 'Ana', last_name: 'Reyes', phone: '1' }] })
    await send(db, { customers: [{ id: 'c1', last_name: null, phone: '2' }] })
    expect(await rowOf(db, 'customers', 'c1')).toMatchObject({
      known: 1,
      first_name: 'Ana',
      last_name: null,
      phone: '2',
    })
  })

  test('attributes are set and removed one by one, null removes all', async () => {
    const attributes = async () => JSON.parse(String((await rowOf(db, 'customers', 'c1')).attributes))
    await send(db, { customers: [{ id: 'c1', attributes: { size: 3, vegan: true, note: 'x' } }] })
    await send(db, { customers: [{ id: 'c1', attributes: { note: null, since: '2026-01-01' } }] })
    expect(await attributes()).toEqual({ size: 3, vegan: true, since: '2026-01-01' })
    await send(db, { customers: [{ id: 'c1', attributes: null }] })
    expect(await attributes()).toBeNull()
  })

  test('every character of a name comes back as it was sent', async () => {
    const first_name = 'Zoë 👩🏽‍🦰 ｆｕｌｌ e\u0301 \u202eabc '
    await send(db, { customers: [{ id: 'c1', first_name }] })
    expect((await rowOf(db, 'customers', 'c1')).first_name).toBe(first_name)
  })

  test('the local day stands beside the instant, also around the clock change and far in the past', async () => {
    await send(db, {
      bookings: [
        { id: 'late', customer: 'c', starts_at: '2026-03-28T23:30:00Z' },
        { id: 'summer', customer: 'c', starts_at: '2026-03-29T22:30:00Z' },
        { id: 'winter', customer: 'c', starts_at: '2026-10-25T22:59:59.999Z' },
        { id: 'old', customer: 'c', starts_at: '1850-01-01T23:07:00Z' },
      ],
    })
    const days = await rows(db, 'SELECT external_id AS id, starts_on AS day FROM bookings ORDER BY external_id')
    expect(days).toEqual([
      { id: 'late', day: '2026-03-29' },
      { id: 'old', day: '1850-01-02' },
      { id: 'summer', day: '2026-03-30' },
      { id: 'winter', day: '2026-10-25' },
    ])
  })

  test('a new thing without what it needs is refused at its path and costs no other; a known one needs nothing', async () => {
    const answer = await send(db, {
      bookings: [
        { id: 'b1', customer: 'c1' },
        { id: 'b2', customer: 'c1', starts_at },
        { id: 'b2', state: 'attended' },
      ],
      payments: [{ id: 'p1', amount: 5, paid_at: starts_at }],
    })
    expect(answer.stored).toEqual({ bookings: 2, payments: 0 })
    expect(answer.errors.map(({ path }) => path)).toEqual(['/bookings/0/starts_at', '/payments/0/customer'])
    expect(answer.errors[0]?.message).toMatch(/A new booking needs customer, starts_at/)
    expect(await rowOf(db, 'bookings', 'b2')).toMatchObject({ state: 'attended' })
  })
})

describe('versions', () => {
  test('an older version never overwrites a newer one, to the microsecond and whatever its offset', async () => {
    const state = async () => (await rowOf(db, 'bookings', 'b1')).state
    const at = (updated_at: string, state: string) =>
      send(db, { bookings: [{ id: 'b1', customer: 'c1', starts_at, state, updated_at }] })
    await at('2026-06-01T12:00:00.123456Z', 'attended')
    expect((await at('2026-06-01T12:00:00.123455Z', 'no_show')).stored).toEqual({ bookings: 1 })
    expect(await state()).toBe('attended')
    await at('2026-06-01T13:59:00+02:00', 'cancelled')
    expect(await state()).toBe('attended')
    await at('2026-06-01T12:00:00.123456Z', 'no_show')
    expect(await state()).toBe('no_show')
    await at('2026-06-01T14:00:01+02:00', 'booked')
    expect(await state()).toBe('booked')
  })

  test('what was deleted stays deleted for older versions and comes back, as new, with a newer one', async () => {
    await send(db, {
      bookings: [{ id: 'b1', customer: 'c1', starts_at, price: 5, updated_at: '2026-06-01T00:00:00Z' }],
    })
    await send(db, { bookings: [{ id: 'b1', deleted: true, updated_at: '2026-06-03T00:00:00Z' }] })
    await send(db, { bookings: [{ id: 'b1', price: 7, updated_at: '2026-06-02T00:00:00Z' }] })
    expect(await rowOf(db, 'bookings', 'b1')).toMatchObject({ deleted: 1 })
    const partial = await send(db, { bookings: [{ id: 'b1', price: 7, updated_at: '2026-06-04T00:00:00Z' }] })
    expect(partial.errors).toHaveLength(1)
    await send(db, { bookings: [{ id: 'b1', customer: 'c2', starts_at, updated_at: '2026-06-04T00:00:00Z' }] })
    expect(await rowOf(db, 'bookings', 'b1')).toMatchObject({ deleted: 0, price: null })
  })

  test('a deletion that arrives before its thing holds it off', async () => {
    const kinds = {
      customers: [{ id: 'c9', deleted: true, updated_at: '2026-06-03T00:00:00Z' }],
      bookings: [{ id: 'b9', deleted: true, updated_at: '2026-06-03T00:00:00Z' }],
      reviews: [{ id: 'r9', deleted: true, updated_at: '2026-06-03T00:00:00Z' }],
    }
    await send(db, kinds)
    const updated_at = '2026-06-02T00:00:00Z'
    await send(db, {
      customers: [{ id: 'c9', email: 'x@y.test', updated_at }],
      bookings: [{ id: 'b9', customer: 'c9', starts_at, updated_at }],
      reviews: [{ id: 'r9', customer: 'c9', rating: 5, created_at: starts_at, updated_at }],
    })
    expect(await rowOf(db, 'customers', 'c9')).toMatchObject({ known: 0, email: null })
    expect(await rowOf(db, 'bookings', 'b9')).toMatchObject({ deleted: 1, customer_id: null })
    expect(await rowOf(db, 'reviews', 'r9')).toMatchObject({ deleted: 1, customer_id: null })
  })

  test('several items of one thing take effect in their order', async () => {
    const answer = await send(db, {
      bookings: [
        { id: 'b1', customer: 'c1', starts_at, price: 1, updated_at: '2026-06-02T00:00:00Z' },
        { id: 'b1', price: 2, updated_at: '2026-06-03T00:00:00Z' },
        { id: 'b1', price: 3, state: 'no_show', updated_at: '2026-06-01T00:00:00Z' },
        { id: 'b1', service: 'Yoga' },
      ],
    })
    expect(answer).toMatchObject({ stored: { bookings: 4 }, errors: [] })
    expect(await rowOf(db, 'bookings', 'b1')).toMatchObject({ price: 2, state: 'booked', service: 'Yoga' })
  })
})

describe('things that name others', () => {
  test('an unknown customer or provider is waited for, and its facts become dirty when it arrives', async () => {
    const first = await send(db, { bookings: [{ id: 'b1', customer: 'c7', provider: 'p7', starts_at }] })
    expect(first).toMatchObject({
      stored: { bookings: 1 },
      errors: [],
      waiting: { customers: ['c7'], providers: ['p7'] },
    })
    expect(await rowOf(db, 'customers', 'c7')).toMatchObject({ known: 0 })
    await takeDirty(db)
    const again = await send(db, {
      customers: [{ id: 'c7' }],
      bookings: [{ id: 'b1', customer: 'c7', provider: 'p7' }],
    })
    expect(again.waiting).toEqual({ customers: [], providers: ['p7'] })
    expect(await takeDirty(db)).toEqual(['business/c7 event', 'p7/c7 event'])
    await send(db, { providers: [{ id: 'p7', name: 'P' }] })
    expect(await takeDirty(db)).toEqual(['p7/c7 event'])
  })

  test('only what stored things really name gets a row', async () => {
    await send(db, {
      bookings: [
        { id: 'b1', customer: 'wrong', provider: 'p1' },
        { id: 'b2', customer: 'first', starts_at },
        { id: 'b2', customer: 'second' },
      ],
    })
    expect(await rows(db, 'SELECT external_id AS id FROM customers')).toEqual([{ id: 'second' }])
    expect(await rows(db, 'SELECT external_id AS id FROM providers')).toEqual([])
  })

  test('a deleted customer leaves nothing but the id, and facts that wait', async () => {
    await send(db, {
      customers: [{ id: 'c1', email: 'a@b.test', first_name: 'A', attributes: { a: 1 }, consents: { email: true } }],
      bookings: [{ id: 'b1', customer: 'c1', starts_at }],
    })
    const { id } = await rowOf(db, 'customers', 'c1')
    await db('customer_tags').insert({ customer_id: id, tag: 'x', created_at: NOW })
    await takeDirty(db)
    await send(db, { customers: [{ id: 'c1', deleted: true }] })
    expect(await rowOf(db, 'customers', 'c1')).toMatchObject({
      known: 0,
      email: null,
      first_name: null,
      attributes: null,
    })
    for (const table of ['consents', 'customer_tags']) expect(await db(table)).toEqual([])
    expect(await takeDirty(db)).toEqual(['business/c1 event'])
    expect((await send(db, { bookings: [{ id: 'b1', customer: 'c1' }] })).waiting.customers).toEqual(['c1'])
  })
})

describe('dirty relationships', () => {
  const prepare = async () => {
    await send(db, { customers: [{ id: 'c1' }, { id: 'c2' }], providers: [{ id: 'p1' }, { id: 'p2' }] })
    await send(db, { bookings: [{ id: 'b1', customer: 'c1', provider: 'p1', starts_at }] })
    await takeDirty(db)
  }

  test('a booking that moves touches whom it was between and whom it is between', async () => {
    await prepare()
    await send(db, { bookings: [{ id: 'b1', customer: 'c2', provider: 'p2' }] })
    expect(await takeDirty(db)).toEqual(['p1/c1 event', 'p2/c2 event'])
    await send(db, { bookings: [{ id: 'b1', provider: null }] })
    expect(await takeDirty(db)).toEqual(['business/c2 event', 'p2/c2 event'])
    await send(db, { bookings: [{ id: 'b1', deleted: true }] })
    expect(await takeDirty(db)).toEqual(['business/c2 event'])
  })

  test('what says nothing new touches nobody', async () => {
    await prepare()
    await send(db, { bookings: [{ id: 'b1', customer: 'c1', starts_at, updated_at: '2026-06-01T00:00:00Z' }] })
    await send(db, {
      customers: [{ id: 'c1' }],
      bookings: [{ id: 'b1', state: 'no_show', updated_at: '2026-05-01T00:00:00Z' }],
    })
    expect(await takeDirty(db)).toEqual([])
  })

  test('history has its cause', async () => {
    await send(db, {
      historical: true,
      customers: [{ id: 'c1' }],
      payments: [{ id: 'x', customer: 'c1', provider: 'p1', amount: 1, paid_at: starts_at }],
    })
    expect(await takeDirty(db)).toEqual(['business/c1 historical', 'p1/c1 historical'])
  })
})

describe('consents', () => {
  const consents = () => rows(db, 'SELECT channel, given, at, source FROM consents ORDER BY channel')

  test('a consent has the date of the version that brought it, else of the request; saying it again does not move it', async () => {
    await send(db, {
      customers: [{ id: 'c1', consents: { email: true, sms: false }, updated_at: '2026-06-01T00:00:00Z' }],
    })
    await send(db, { customers: [{ id: 'c1', consents: { email: true, push: true } }] })
    const june = new Date('2026-06-01T00:00:00Z')
    expect(await consents()).toEqual([
      { channel: 'email', given: 1, at: june, source: 'ingest' },
      { channel: 'push', given: 1, at: NOW, source: 'ingest' },
      { channel: 'sms', given: 0, at: june, source: 'ingest' },
    ])
    await send(db, { customers: [{ id: 'c1', consents: { email: false } }] })
    expect((await consents())[0]).toEqual({ channel: 'email', given: 0, at: NOW, source: 'ingest' })
    await send(db, { customers: [{ id: 'c1', consents: null }] })
    expect(await consents()).toEqual([])
  })
})
