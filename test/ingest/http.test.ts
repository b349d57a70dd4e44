import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { IngestAnswer } from '../../api/contract/ingest.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { NOW } from './support.ts'

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

type Answer = IngestAnswer & { detail?: string }
const post = (body: unknown) => api.call<Answer>('post', '/ingest', body)
const starts_at = '2026-06-20T09:00:00+02:00'

test('all good: 200, the counts, what is waited for; segment upkeep is woken', async () => {
  api.asked.length = 0
  const reply = await post({
    customers: [{ id: 'c1', email: 'c1@mail.test' }],
    bookings: [
      { id: 'b1', customer: 'c1', starts_at },
      { id: 'b2', customer: 'later', provider: 'p-later', starts_at },
    ],
    reviews: [],
  })
  expect(reply).toMatchObject({ status: 200 })
  expect(reply.body).toEqual({
    stored: { customers: 1, bookings: 2, reviews: 0 },
    errors: [],
    waiting: { customers: ['later'], providers: ['p-later'] },
  })
  expect(api.asked).toEqual([['wakeSegments']])
  expect((await post({})).body).toEqual({ stored: {}, errors: [] })
})

test('some bad: 207, the good are stored, each error has its path in the order of the request', async () => {
  const reply = await post({
    bookings: [
      { id: 'b3', customer: 'c1', starts_at, state: 'maybe' },
      { id: 'b4', customer: 'c1' },
      { id: 'b5', customer: 'c1', starts_at },
      'nonsense',
      { id: 'b6', customer: 'c1', starts_at, stat: 'booked', sterts_at: 1 },
    ],
    customers: [{ id: 'c 1' }],
  })
  expect(reply.status).toBe(207)
  expect(reply.body.stored).toEqual({ customers: 0, bookings: 1 })
  expect(reply.body.errors.map(({ path }) => path)).toEqual([
    '/customers/0/id',
    '/bookings/0/state',
    '/bookings/1/starts_at',
    '/bookings/3',
    '/bookings/4/stat',
    '/bookings/4/sterts_at',
  ])
  const messages = reply.body.errors.map(({ message }) => message)
  expect(messages[1]).toMatch(/booked.*attended.*no_show.*cancelled/)
  expect(messages[4]).toMatch(/Did you mean state\?.*Allowed are id, deleted, updated_at/)
  expect(messages[5]).toMatch(/Did you mean starts_at\?/)
})

test('none stored: 400, a problem document with the same errors', async () => {
  const reply = await post({ payments: [{ id: 'x', customer: 'c1', amount: 1.5, paid_at: starts_at }] })
  expect(reply.status).toBe(400)
  expect(reply.headers.get('content-type')).toContain('application/problem+json')
  expect(reply.body).toMatchObject({ status: 400, stored: {}, errors: [{ path: '/payments/0/amount' }] })
})

test('more than 5,000 items are refused as a whole', async () => {
  const customers = Array.from({ length: 5_001 }, (_, index) => ({ id: `many-${index}` }))
  const reply = await post({ customers })
  expect(reply.status).toBe(413)
  expect(reply.body.detail).toMatch(/at most 5000 items; these are 5001/)
})

test('5,000 items in one call, and the same again', async () => {
  const customers = Array.from({ length: 1_000 }, (_, index) => ({ id: `big-${index}`, first_name: `Name ${index}` }))
  const bookings = Array.from({ length: 4_000 }, (_, index) => ({
    id: `big-${index}`,
    customer: `big-${index % 1_000}`,
    provider: `big-${index % 7}`,
    starts_at,
    state: 'attended',
  }))
  for (let time = 0; time < 2; time++) {
    const reply = await post({ customers, bookings })
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({ stored: { customers: 1_000, bookings: 4_000 }, errors: [] })
    expect(reply.body.waiting?.providers).toHaveLength(7)
  }
})

describe('values', () => {
  const customer = { id: 'v1' }
  test.each([
    [{ ...customer, first_name: 'nul \0 char' }, '/first_name'],
    [{ ...customer, first_name: 'lone \ud83d surrogate' }, '/first_name'],
    [{ ...customer, attributes: { 'a\0': 1 } }, '/attributes/a\0'],
    [{ ...customer, attributes: { a: '\udc00' } }, '/attributes/a'],
    [{ ...customer, attributes: { a: { deep: 1 } } }, '/attributes/a'],
    [{ ...customer, joined_at: '0999-06-01T00:00:00Z' }, '/joined_at'],
    [{ ...customer, joined_at: '9999-12-31T23:59:59Z' }, '/joined_at'],
    [{ ...customer, joined_at: '2026-06-01T00:00:00' }, '/joined_at'],
    [{ ...customer, joined_at: '2026-02-30T00:00:00Z' }, '/joined_at'],
    [{ ...customer, birthdate: '0001-01-01' }, '/birthdate'],
    [{ ...customer, birthdate: '1990-2-1' }, '/birthdate'],
    [{ ...customer, updated_at: 'yesterday' }, '/updated_at'],
    [{ ...customer, gender: 'f' }, '/gender'],
    [{ ...customer, country: 'germany' }, '/country'],
    [{ ...customer, email: 'no address' }, '/email'],
    [{ ...customer, consents: { fax: true } }, '/consents/fax'],
    [{ ...customer, consents: { email: 'yes' } }, '/consents/email'],
    [{ ...customer, deleted: 'yes' }, '/deleted'],
    [{ ...customer, username: 'x'.repeat(101) }, '/username'],
    [{ ...customer, id: null }, '/id'],
    [{}, '/id'],
    [{ ...customer, id: 'x'.repeat(65) }, '/id'],
    [null, ''],
    [[], ''],
  ])('%j is refused at %s', async (item, path) => {
    const reply = await post({ customers: [item] })
    expect(reply.status).toBe(400)
    expect(reply.body.errors.map((error) => error.path)).toContain(`/customers/0${path}`)
  })

  test('the edges of what is allowed are stored', async () => {
    const reply = await post({
      customers: [
        {
          id: 'A-z.0_9:x',
          first_name: '\u{1F9D8}\u{1F3FF}'.repeat(50),
          joined_at: '1000-01-02T00:00:00Z',
          attributes: { constructor: 1, ключ: true, '👍': 1e308, '': 'x' },
        },
      ],
    })
    expect(reply.body.errors).toEqual([expect.objectContaining({ path: '/customers/0/attributes/' })])
    const again = await post({
      customers: [
        {
          id: 'A-z.0_9:x',
          first_name: '\u{1F9D8}\u{1F3FF}'.repeat(50),
          joined_at: '1000-01-02T00:00:00Z',
          attributes: { constructor: 1, ключ: true, '👍': 1e308 },
        },
      ],
    })
    expect(again.status).toBe(200)
    const profile = await api.call<{ first_name: string; attributes: unknown }>('get', '/customers/A-z.0_9:x')
    expect(profile.body).toMatchObject({
      first_name: '\u{1F9D8}\u{1F3FF}'.repeat(50),
      attributes: { constructor: 1, ключ: true, '👍': 1e308 },
    })
  })

  test('200 attributes at most, over all calls', async () => {
    const some = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`a${from + index}`, index]))
    await post({ customers: [{ id: 'full', attributes: some(0, 200) }] })
    const reply = await post({ customers: [{ id: 'full', attributes: some(200, 201) }] })
    expect(reply.body.errors).toEqual([
      { path: '/customers/0/attributes', message: 'A customer has at most 200 attributes' },
    ])
    expect((await post({ customers: [{ id: 'full', attributes: { a0: null, a200: 1 } }] })).status).toBe(200)
  })
})

test.each([
  [{ booking: [] }, '/booking'],
  [{ bookings: {} }, '/bookings'],
  [{ historical: 'yes' }, '/historical'],
  [[], ''],
])('a body %j is refused at %s', async (body, path) => {
  const reply = await post(body)
  expect(reply).toMatchObject({ status: 400, body: { errors: [{ path }] } })
})

test('large attributes of many customers, changed in one small call, are no more than the database takes', async () => {
  const attributes = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`a${index}`, '\u{1F9D8}'.repeat(400)]),
  )
  for (let from = 0; from < 60; from += 15) {
    const customers = Array.from({ length: 15 }, (_, index) => ({ id: `large-${from + index}`, attributes }))
    expect((await post({ customers })).status).toBe(200)
  }
  const customers = Array.from({ length: 60 }, (_, index) => ({ id: `large-${index}`, phone: '1' }))
  expect(await post({ customers })).toMatchObject({ status: 200, body: { stored: { customers: 60 } } })
})
