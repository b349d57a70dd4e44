import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CustomerProfile, CustomerSummary } from '../../api/contract/customers.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-15T10:00:00Z')
type List = { items: CustomerSummary[]; next: string | null; total: number }

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
  await installStandardSegments(database.db, NOW)
  const sent = await api.call('post', '/ingest', {
    customers: [
      {
        id: 'c1',
        first_name: 'Anna',
        last_name: 'Müller',
        email: 'anna@mail.test',
        gender: 'female',
        customer_group: 'Student',
      },
      {
        id: 'c2',
        first_name: 'Anna Maria',
        last_name: 'Muller',
        username: 'annamm',
        joined_at: '2026-04-01T00:00:00Z',
        gender: 'female',
      },
      {
        id: 'c3',
        first_name: 'Bert',
        last_name: 'Adler',
        gender: 'male',
        joined_at: '2026-05-01T00:00:00Z',
        customer_group: 'Regular',
        aggregator: 'Pass 50%',
      },
      { id: 'c4', email: 'only_address@mail.test' },
      { id: 'c5', first_name: 'Émile', last_name: 'Zola_', attributes: { size: 4 }, consents: { email: false } },
      { id: 'gone', first_name: 'Anna', last_name: 'Gone' },
    ],
    providers: [{ id: 'p1', name: 'Mara' }],
    bookings: [
      { id: 'b1', customer: 'c1', provider: 'p1', starts_at: '2026-06-10T10:00:00Z', state: 'attended' },
      { id: 'b2', customer: 'c1', provider: 'p1', starts_at: '2026-06-20T10:00:00Z' },
      { id: 'b3', customer: 'c3', starts_at: '2026-06-12T10:00:00Z', state: 'cancelled' },
      { id: 'b4', customer: 'named-only', starts_at: '2026-06-12T10:00:00Z' },
    ],
    memberships: [{ id: 'm1', customer: 'c1', type: 'Monthly', recurring: true, valid_from: '2026-01-01' }],
    payments: [
      { id: 'x1', customer: 'c1', amount: 5900, paid_at: '2026-06-01T10:00:00Z' },
      { id: 'x2', customer: 'c1', amount: -900, paid_at: '2026-06-02T10:00:00Z' },
      { id: 'x3', customer: 'c1', amount: 1, paid_at: '2026-06-02T10:00:00Z' },
    ],
  })
  expect(sent.status).toBe(200)
  await api.call('post', '/ingest', {
    customers: [{ id: 'gone', deleted: true }],
    payments: [{ id: 'x3', deleted: true }],
  })
  await refreshSegments(database.db, NOW)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const list = async (query: string) => (await api.call<List>('get', `/customers${query}`)).body
const ids = async (query: string) => (await list(query)).items.map(({ id }) => id)

describe('the list', () => {
  test('is in the order of names, without those who are only named or gone', async () => {
    const all = await list('')
    expect(all.items.map(({ id, name }) => [id, name])).toEqual([
      ['c4', 'only_address@mail.test'],
      ['c3', 'Bert Adler'],
      ['c1', 'Anna Müller'],
      ['c2', 'Anna Maria Muller'],
      ['c5', 'Émile Zola_'],
    ])
    expect(all).toMatchObject({ next: null, total: 5 })
    expect(all.items[2]).toMatchObject({ bookings: 2, status: 'lead', tags: [], gender: 'female' })
  })

  test('comes in parts that join without a gap, whatever names are equal or missing', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const part: List = await list(`?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`)
      seen.push(...part.items.map(({ id }) => id))
      expect(part.total).toBe(5)
      cursor = part.next
    } while (cursor !== null && seen.length < 10)
    expect(seen).toEqual(['c4', 'c3', 'c1', 'c2', 'c5'])
  })

  test.each(['nonsense!', 'zzzz', '-1', '', '1e400'])('a cursor that no list gave (%p) is refused', async (cursor) => {
    const reply = await api.call('get', `/customers?cursor=${encodeURIComponent(cursor)}`)
    expect(reply.status).toBe(400)
    expect(reply.body).toMatchObject({ errors: [{ path: '/query/cursor' }] })
  })
})

describe('filters', () => {
  test.each([
    ['?gender=female', ['c1', 'c2']],
    ['?gender=female,male', ['c3', 'c1', 'c2']],
    ['?customer_group=Student&customer_group=Regular', ['c3', 'c1']],
    ['?aggregator=Pass 50%25', ['c3']],
    ['?bookings_min=1', ['c1']],
    ['?bookings_max=0&gender=male', ['c3']],
    ['?bookings_min=3', []],
    ['?text=ann', ['c1', 'c2']],
    ['?text=MUL', ['c1', 'c2']],
    ['?text=anna mü', ['c1', 'c2']],
    ['?text=anna maria m', ['c2']],
    ['?text=müller anna', ['c1', 'c2']],
    ['?text=annamm', ['c2']],
    ['?text=only_', ['c4']],
    ['?text=only%25', []],
    ['?text=Zola_', ['c5']],
    ['?text=Zol%25', []],
    ['?text=emile', ['c5']],
    ['?text=c3', ['c3']],
    ['?text=nna', []],
    ['?text=%20%20', ['c4', 'c3', 'c1', 'c2', 'c5']],
    ['?text=👩🏽‍🦰', []],
    ["?text=' OR 1=1 -- ", []],
    ['?text=!', []],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
    expect((await list(query)).total).toBe(expected.length)
  })

  test.each([
    [{ segment: 'active-members' }, ['c1']],
    [{ segment: 'active-members', filter: { gender: ['male'] } }, []],
    [{ provider: 'p1' }, ['c1']],
    [{ filter: { customer_group: [''] } }, ['c4', 'c2', 'c5']],
    [{ filter: { customer_group: ['', 'Regular'] } }, ['c4', 'c3', 'c2', 'c5']],
    [{ status: ['vip'] }, []],
  ])('search %j', async (body, expected) => {
    const reply = await api.call<List>('post', '/customers/search', body)
    expect(reply.status).toBe(200)
    expect(reply.body.items.map(({ id }) => id)).toEqual(expected)
  })

  test.each([
    ['?segment=active-members', ['c1']],
    ['?provider=p1&status=lead', ['c1']],
    ['?status=vip,customer', []],
    ['?tag=nobody-has-it', []],
  ])('%s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  test.each([
    ['newest', ['c3', 'c2', 'c5', 'c4', 'c1']],
    ['bookings', ['c1', 'c5', 'c4', 'c3', 'c2']],
    ['name', ['c4', 'c3', 'c1', 'c2', 'c5']],
  ])('sorted by %s, also in parts', async (sort, expected) => {
    expect(await ids(`?sort=${sort}`)).toEqual(expected)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const part: List = await list(`?limit=2&sort=${sort}${cursor === null ? '' : `&cursor=${cursor}`}`)
      seen.push(...part.items.map(({ id }) => id))
      cursor = part.next
    } while (cursor !== null && seen.length < 10)
    expect(seen).toEqual(expected)
  })

  test('an unknown segment or provider is refused at its path', async () => {
    for (const [body, path] of [
      [{ segment: 'nope' }, '/segment'],
      [{ segment: '😀' }, '/segment'],
      [{ provider: 'nope' }, '/provider'],
    ] as const) {
      const reply = await api.call('post', '/customers/search', body)
      expect(reply).toMatchObject({ status: 400, body: { errors: [{ path }] } })
    }
  })
})

describe('one customer', () => {
  test('the profile tells all that is known', async () => {
    const { body } = await api.call<CustomerProfile>('get', '/customers/c1')
    expect(body).toMatchObject({
      id: 'c1',
      name: 'Anna Müller',
      paid: 5000,
      bookings: 2,
      attended: 1,
      first_booking_at: '2026-06-10T10:00:00.000Z',
      next_booking_at: '2026-06-20T10:00:00.000Z',
      memberships: [{ id: 'm1', type: 'Monthly', valid_from: '2026-01-01', valid_to: null, recurring: true }],
    })
    const other = await api.call<CustomerProfile>('get', '/customers/c5')
    expect(other.body).toMatchObject({
      attributes: { size: 4 },
      consents: { email: { given: false, at: NOW.toISOString(), source: 'ingest' } },
      paid: 0,
      memberships: [],
    })
  })

  test('the segments with since', async () => {
    const { body } = await api.call<{ items: { id: string; since: string }[] }>('get', '/customers/c1/segments')
    expect(body.items.map(({ id }) => id).sort()).toEqual(['active-members', 'new-customers'])
    expect(body.items[0]).toMatchObject({ since: NOW.toISOString(), by_hand: false, provider: null })
  })

  test.each(['nobody', 'gone', 'named-only'])('%s is not there', async (id) => {
    expect((await api.call('get', `/customers/${id}`)).status).toBe(404)
    expect((await api.call('get', `/customers/${id}/segments`)).status).toBe(404)
  })
})

describe('many at once', () => {
  test('tags are added and removed, twice is once, unknown ids are named, upkeep is woken', async () => {
    api.asked.length = 0
    const body = { customers: ['c1', 'c2', 'nobody', 'gone', 'c1'], add: ['Important', ' yoga '] }
    const reply = await api.call('post', '/customers/tag', body)
    expect(reply).toMatchObject({ status: 200, body: { customers: 2, unknown: ['nobody', 'gone'] } })
    await api.call('post', '/customers/tag', body)
    await api.call('post', '/customers/tag', { customers: ['c1'], remove: ['important'] })
    expect((await list('?text=Anna')).items.map(({ tags }) => tags)).toEqual([['yoga'], ['Important', 'yoga']])
    expect(api.asked).toContainEqual(['wakeSegments'])
    const search = await api.call<List>('post', '/customers/search', { tag: ['Important', 'x'] })
    expect(search.body.items.map(({ id }) => id)).toEqual(['c2'])
  })

  test('a status by hand stays marked until it is handed back', async () => {
    const byHand = async () => database.db('customers').where({ external_id: 'c3' }).first('status', 'status_by_hand')
    await api.call('post', '/customers/status', { customers: ['c3'], status: 'vip' })
    expect(await byHand()).toEqual({ status: 'vip', status_by_hand: 1 })
    await api.call('post', '/customers/status', { customers: ['c3'], status: 'automatic' })
    expect(await byHand()).toEqual({ status: 'lead', status_by_hand: 0 })
    expect((await api.call('post', '/customers/status', { customers: ['c3'], status: 'king' })).status).toBe(400)
    expect((await api.call('post', '/customers/status', { customers: ['nobody'], status: 'vip' })).status).toBe(400)
  })
})

test('providers by name with the number of their customers', async () => {
  expect((await api.call('get', '/providers')).body).toEqual({
    items: [{ id: 'p1', name: 'Mara', email: null, customers: 1 }],
    next: null,
  })
})
