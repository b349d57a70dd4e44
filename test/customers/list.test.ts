/** The list of customers: every filter and every order, counted choices, the file, and saved views. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type CustomerView, customerFacet, customerSort, type ListedCustomer } from '../../api/contract/customerList.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'

const NOW = new Date('2026-06-15T10:00:00Z')
type List = { items: ListedCustomer[]; next: string | null; total: number }

let database: TestDatabase
let api: TestApi

/** 24 customers of all kinds: every third has nothing, every second something of each. */
const customers = Array.from({ length: 24 }, (_, n) => ({
  id: `c${String(n).padStart(2, '0')}`,
  first_name: `First${n % 5}`,
  ...(n % 3 === 0
    ? {}
    : {
        last_name: `Last${n % 4}`,
        email: `c${String(n % 22).padStart(2, '0')}@mail.test`,
        phone: n % 2 === 0 ? `+4930123450${n % 10}` : 'no number',
        gender: ['female', 'male', 'diverse'][n % 3 === 1 ? n % 2 : 2],
        language: ['de', 'fr', 'it'][n % 2],
        customer_group: ['Member', 'Guest'][n % 2],
        aggregator: `Pass ${n % 4}`,
        joined_at: `2026-0${1 + (n % 5)}-01T00:00:00Z`,
      }),
  consents: n % 4 === 0 ? { email: true, sms: true } : n % 4 === 1 ? { email: false } : {},
}))

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
  await installStandardSegments(database.db, NOW)
  const bookings = customers.flatMap(({ id }, n) =>
    Array.from({ length: n % 7 }, (_, index) => ({
      id: `${id}-${index}`,
      customer: id,
      provider: n % 2 === 0 ? 'p1' : 'p2',
      starts_at: `2026-0${1 + ((n + index) % 6)}-1${index}T10:00:00Z`,
      state: 'attended',
    })),
  )
  const providers = [
    { id: 'p1', name: 'One' },
    { id: 'p2', name: 'Two' },
  ]
  const sent = await api.call('post', '/ingest', { providers, customers, bookings })
  expect(sent.status).toBe(200)
  await api.call('post', '/customers/tag', { customers: ['c01', 'c02', 'c05'], add: ['yoga'] })
  await api.call('post', '/customers/tag', { customers: ['c02'], add: ['=HYPERLINK("x")'] })
  await api.call('post', '/customers/status', { customers: ['c01', 'c07'], status: 'vip' })
  await api.call('put', '/suppressions/c08', { reason: 'by_hand', source: 'test' })
  await refreshSegments(database.db, NOW)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const list = async (query: string) => (await api.call<List>('get', `/customers?${query}`)).body
const inParts = async (query: string) => {
  const seen: ListedCustomer[] = []
  let cursor: string | null = null
  do {
    const part: List = await list(`${query}&limit=5${cursor === null ? '' : `&cursor=${cursor}`}`)
    seen.push(...part.items)
    cursor = part.next
  } while (cursor !== null && seen.length < 100)
  return seen
}

/** What an order goes by; an empty value is the smallest. */
const BY: Record<string, (customer: ListedCustomer) => string | number> = {
  email: ({ email }) => email ?? '',
  status: ({ status }) => status,
  customer_group: (one) => one.customer_group ?? '',
  aggregator: ({ aggregator }) => aggregator ?? '',
  language: ({ language }) => language ?? '',
  newest: ({ joined_at: at }) => at ?? '',
  bookings: ({ bookings }) => bookings,
  last_booking: ({ last_booking_at: at }) => at ?? '',
}

describe('orders', () => {
  test.each(customerSort.options)('by %s in both directions, in parts that join without a gap', async (sort) => {
    for (const direction of ['ascending', 'descending'] as const) {
      const seen = await inParts(`sort=${sort}&direction=${direction}`)
      expect(new Set(seen.map(({ id }) => id)).size).toBe(customers.length)
      const by = BY[sort]
      if (by === undefined) continue
      const values = seen.map(by)
      const sorted = [...values].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
      expect([direction, values]).toEqual([direction, direction === 'ascending' ? sorted : sorted.reverse()])
    }
  })

  test('a provider’s list goes by what is between the two', async () => {
    await addPerson(database.db, 'one@studio.test', 'provider', 1)
    const asOne = await callAs(api, 'one@studio.test')
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await asOne<List>('get', `/customers?sort=bookings&limit=2${cursor}`)
      seen.push(...body.items.map(({ bookings, id }) => `${bookings} ${id}`))
      cursor = body.next === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '' && seen.length < 100)
    expect(seen).toEqual([...seen].sort().reverse())
    expect(seen).toHaveLength(10)
  })
})

describe('filters', () => {
  const asQuery: Record<string, (value: string) => string> = {
    bookings: (value) => {
      const [min, max] = value.split('-')
      const to = value.includes('-') ? max : min
      return `bookings_min=${min}${to === '' ? '' : `&bookings_max=${to}`}`
    },
    reachable: (value) => (value.startsWith('-') ? `unreachable=${value.slice(1)}` : `reachable=${value}`),
  }

  test.each(customerFacet.options)('every choice of %s leaves as many as it says', async (facet) => {
    const { body } = await api.call<{ items: { value: string | null; count: number }[] }>(
      'get',
      `/customer-facets?facet=${facet}&text=First`,
    )
    expect(body.items.length).toBeGreaterThan(0)
    for (const { value, count } of body.items) {
      if (value === null) continue
      const query = asQuery[facet]?.(value) ?? `${facet}=${encodeURIComponent(value)}`
      expect([value, (await list(`${query}&text=First`)).total]).toEqual([value, count])
    }
    if (facet === 'tag' || facet === 'segment' || facet === 'reachable') return
    expect(body.items.reduce((sum, { count }) => sum + count, 0)).toBe(customers.length)
  })

  test('a choice is counted under the other filters, and not under its own', async () => {
    const counts = async (query: string) => {
      const path = `/customer-facets?facet=gender&${query}`
      const { body } = await api.call<{ items: { value: string | null; count: number }[] }>('get', path)
      return body.items
    }
    expect(await counts('gender=male')).toEqual(await counts(''))
    expect(await counts('tag=yoga')).toEqual([
      { value: 'diverse', count: 2 },
      { value: 'male', count: 1 },
    ])
  })

  test.each(['email', 'sms'] as const)('reachable by %s is whom a mailing would reach', async (channel) => {
    const { body } = await api.call<{ requested: number; left_out: { reason: string; count: number }[] }>(
      'post',
      '/campaigns/preflight',
      { channel, search: { reachable: [channel] } },
    )
    const all = await api.call<{ recipients: number; left_out: { reason: string; count: number }[] }>(
      'post',
      '/campaigns/preflight',
      { channel, search: {} },
    )
    // one address gets one mail
    expect(body.left_out.filter(({ reason }) => reason !== 'same_address')).toEqual([])
    const same = all.body.left_out.find(({ reason }) => reason === 'same_address')?.count ?? 0
    expect(body.requested).toBe(all.body.recipients + same)
    expect(body.requested).toBeGreaterThan(0)
    expect((await list(`unreachable=${channel}`)).total).toBe(customers.length - body.requested)
  })

  test('the setting about those who were never asked counts', async () => {
    const before = (await list('reachable=email')).total
    await api.call('put', '/settings', { mail_unknown_consent: true })
    expect((await list('reachable=email')).total).toBeGreaterThan(before)
    await api.call('put', '/settings', { mail_unknown_consent: false })
    expect((await list('reachable=email')).total).toBe(before)
  })

  test('all that the list finds are written to, within a segment of whichever provider', async () => {
    const { body } = await api.call<{ items: { value: string; count: number }[] }>(
      'get',
      '/customer-facets?facet=segment',
    )
    for (const { value, count } of body.items) {
      const search = { segment: value, status: ['lead', 'customer', 'vip'] }
      const preflight = await api.call('post', '/campaigns/preflight', { search })
      expect([value, preflight.body.requested]).toEqual([value, count])
    }
  })
})

describe('the file', () => {
  const file = async (body: object) => api.call<string>('post', '/customers/export', { language: 'en', ...body })

  test('has all whom the search finds, in the columns that were asked for, and nothing is a formula', async () => {
    const { status, body, headers } = await file({ search: { filter: { tag: ['yoga'] } }, columns: ['status', 'tags'] })
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toContain('customers-2026-06-15.csv')
    expect(body.split('\r\n')).toEqual([
      'Customer ID,Name,Status,Tags',
      'c01,First1 Last1,VIP,yoga',
      `c02,First2 Last2,lead,"'=HYPERLINK(""x""), yoga"`,
      'c05,First0 Last1,lead,yoga',
      '',
    ])
  })

  test('has those who are named and are there, and headings where nobody is', async () => {
    const named = await file({ customers: ['c03', 'nobody', 'c03'], columns: [] })
    expect(named.body).toBe('Customer ID,Name\r\nc03,First3\r\n')
    expect((await file({ search: { filter: { text: 'nobody' } }, columns: [] })).body).toBe('Customer ID,Name\r\n')
    expect((await file({ search: { segment: 'nope' } })).status).toBe(400)
  })

  test('is written down in the audit trail', async () => {
    const entry = await database.db('audit_entries').where({ permission: 'customers.export' }).first('route')
    expect(entry).toEqual({ route: '/customers/export' })
  })
})

describe('views', () => {
  const definition = { search: { filter: { tag: ['yoga'] } }, sort: 'bookings' as const, columns: ['email' as const] }

  test('are one’s own until they are shared, and changed by who may', async () => {
    for (const role of ['admin', 'manager', 'read_only'] as const) await addPerson(database.db, `${role}@x.test`, role)
    const asAdmin = await callAs(api, 'admin@x.test')
    const asManager = await callAs(api, 'manager@x.test')
    const asReader = await callAs(api, 'read_only@x.test')
    const asProvider = await callAs(api, 'one@studio.test')
    const names = async (as: typeof asAdmin) =>
      (await as<{ items: CustomerView[] }>('get', '/customer-views')).body.items.map(({ name }) => name)

    const made = await asAdmin<CustomerView>('post', '/customer-views', { name: ' Yoga ', definition })
    expect(made).toMatchObject({ status: 201, body: { name: 'Yoga', own: true, shared: false, definition } })
    const { id, revision } = made.body
    expect(await names(asManager)).toEqual([])
    const change = { name: 'Yoga', shared: true, definition }
    expect((await asManager('put', `/customer-views/${id}`, { ...change, revision })).status).toBe(404)
    expect((await asAdmin('put', `/customer-views/${id}`, { ...change, revision })).status).toBe(200)
    expect(await names(asManager)).toEqual(['Yoga'])
    expect(await names(asReader)).toEqual(['Yoga'])
    expect(await names(asProvider)).toEqual([])

    expect((await asReader('put', `/customer-views/${id}`, { ...change, revision: revision + 1 })).status).toBe(403)
    expect((await asReader('delete', `/customer-views/${id}`)).status).toBe(403)
    expect((await asManager('put', `/customer-views/${id}`, { ...change, revision })).status).toBe(409)
    const changed = { ...change, name: 'Stretching', revision: revision + 1 }
    expect((await asManager<CustomerView>('put', `/customer-views/${id}`, changed)).body).toMatchObject({
      ...{ name: 'Stretching', own: false, owner: 'admin@x.test' },
    })
    expect((await asReader('post', '/customer-views', change)).status).toBe(403)
    expect((await asReader('post', '/customer-views', { name: 'Mine', definition })).status).toBe(201)
    expect((await asProvider('post', '/customer-views', { ...change })).status).toBe(403)
    expect((await asProvider('get', '/customer-views')).status).toBe(200)
    expect((await asManager('delete', `/customer-views/${id}`)).status).toBe(204)
    expect(await names(asReader)).toEqual(['Mine'])
    expect((await api.call('post', '/customer-views', { name: 'x', definition })).status).toBe(403)
  })

  test('what is no view is refused', async () => {
    const asAdmin = await callAs(api, 'admin@x.test')
    for (const body of [
      { name: ' ', definition },
      { name: 'x', definition: { sort: 'shoe size' } },
      { name: 'x', definition: { columns: ['password'] } },
      { name: 'x' },
    ]) {
      expect((await asAdmin('post', '/customer-views', body)).status).toBe(400)
    }
  })
})
