import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers } from '../support/sending.ts'

const now = new Date('2026-11-30T08:00:00Z')
const CONTENT = { subject: 'Hello', html: '<p>Hello</p>' }
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  await insertCustomers(database.db, 2_000)
  await database.db('customers').where({ external_id: 'c5' }).update({ username: 'Lily' })
  await database.db('customers').whereIn('external_id', ['c6', 'c7']).update({ email: 'both@mail.test' })
  api = await startApi(database.db, undefined, () => now)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

type ReadList = {
  customers: string[]
  twice: number
  unknown: { line: number; text: string }[]
  unknown_count: number
  ambiguous: { line: number; text: string }[]
}
const read = (text: string) => api.call<ReadList>('post', '/campaigns/list', { text })

test('a pasted list takes ids, user names and addresses, and names the lines of what names nobody or several', async () => {
  const { body } = await read('c1; C1@mail.test\r\nlily\n\n  "c2" ,nobody\tc2\nboth@mail.test\nñandú@x.test')
  expect(body).toEqual({
    customers: ['c1', 'c5', 'c2'],
    twice: 2,
    unknown: [
      { line: 4, text: 'nobody' },
      { line: 6, text: 'ñandú@x.test' },
    ],
    unknown_count: 2,
    ambiguous: [{ line: 5, text: 'both@mail.test' }],
    ambiguous_count: 1,
  })
})

test('100,000 entries are read, one more is refused, and what is unknown is told up to a thousand', async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => (index < 2_000 ? `c${index}` : `x${index}@mail.test`))
  const { status, body } = await read(lines.join('\n'))
  expect(status).toBe(200)
  expect([body.customers.length, body.unknown.length, body.unknown_count]).toEqual([2_000, 1_000, 98_000])
  const many = { customers: lines.map((line) => line.replace('@mail.test', '')), content: CONTENT }
  expect((await api.call('post', '/campaigns/preflight', many)).body).toMatchObject({ requested: 100_000 })
  const refused = await read([...lines, 'c1'].join(','))
  expect([refused.status, JSON.stringify(refused.body).slice(0, 400)]).toEqual([
    400,
    expect.stringContaining('"/text"'),
  ])
})

test.each([
  [{ send_at: '2026-02-30T08:00:00Z' }, '/send_at'],
  [{ send_at: 'tomorrow' }, '/send_at'],
  [{ send_at: '2020-01-01T00:00:00Z' }, '/send_at'],
  [{ send_at: '2028-01-01T00:00:00Z' }, '/send_at'],
  [{ spread_minutes: 0 }, '/spread_minutes'],
  [{ holdout: 100 }, '/holdout'],
  [{ seed: 'With Space' }, '/seed'],
  [{ ab_test: { share: 20, decide: 'clicks' } }, '/ab_test'],
  [{ ab_test: { subject: 'Other', share: 20, decide: 'clicks' } }, '/ab_test/after_minutes'],
  [{ ab_test: { subject: 'Other', decide: 'luck' } }, '/ab_test/decide'],
  [{ ab_test: { subject: ' ', decide: 'by_hand' } }, '/ab_test/subject'],
  [{ ab_test: { content: { subject: 'B', html: '' }, decide: 'by_hand' } }, '/ab_test/content/html'],
])('%j is refused with the place of the mistake', async (mistake, path) => {
  const reply = await api.call('post', '/campaigns', { customers: ['c1'], content: CONTENT, ...mistake })
  expect(reply).toMatchObject({ status: 400, body: { errors: [{ path }] } })
})

test('a message with 5,000 links is refused, with its place', async () => {
  const links = Array.from({ length: 5_000 }, (_, index) => `<a href="https://s.test/${index}">x</a>`)
  const content = { subject: 'Links', html: `<p>${links.join(' ')}</p>` }
  const reply = await api.call<{ errors: { path: string }[] }>('post', '/campaigns', { customers: ['c1'], content })
  expect(reply.status).toBe(400)
  expect(reply.body.errors[0]?.path).toMatch(/^\/content\/html/)
})

test('what was ordered comes back whole, so that it can be copied', async () => {
  const order = {
    name: 'Autumn',
    customers: ['c1', 'c2', 'c3'],
    content: CONTENT,
    ab_test: { subject: 'Other', share: 50, decide: 'by_hand' },
    spread_minutes: 90,
    holdout: 10,
    seed: 'abc',
    send_at: '2026-12-01T08:00:00Z',
  }
  const { body } = await api.call<Campaign>('post', '/campaigns', order)
  expect(body).toMatchObject({
    state: 'scheduled',
    spread_minutes: 90,
    holdout: 10,
    ab_test: { share: 50, winner: null },
  })
  const told = (await api.call<Record<string, unknown>>('get', `/campaigns/${body.id}/order`)).body
  const document = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }] }
  expect(told).toMatchObject({
    name: 'Autumn',
    recipients: { customers: ['c1', 'c2', 'c3'] },
    content: { subject: 'Hello', document },
    ab_test: { content: { subject: 'Other', document }, share: 50, decide: 'by_hand', after_minutes: null },
    send_at: '2026-12-01T08:00:00.000Z',
    ...{ spread_minutes: 90, holdout: 10, seed: 'abc', revision: 1 },
  })
})

test('the customers behind each number of a preflight, page by page', async () => {
  await api.call('put', '/suppressions/c8', { reason: 'unsubscribed' })
  const asked = { customers: [...Array.from({ length: 20 }, (_, index) => `c${index}`), 'nobody-2', 'nobody-1'] }
  type Page = { items: { id: string }[]; next: string | null }
  const all = async (reason: string | null, limit: number) => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const body = { ...asked, reason, limit, ...(cursor === undefined ? {} : { cursor }) }
      const page: Page = (await api.call<Page>('post', '/campaigns/preflight/customers', body)).body
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return ids
  }
  expect(await all('unknown_customer', 1)).toEqual(['nobody-1', 'nobody-2'])
  expect(await all('unsubscribed', 50)).toEqual(['c8'])
  expect(await all('same_address', 50)).toEqual(['c7'])
  const recipients = await all(null, 3)
  expect(new Set(recipients).size).toBe(18)
  const cursor = { ...asked, reason: null, cursor: 'x' }
  expect((await api.call('post', '/campaigns/preflight/customers', cursor)).status).toBe(400)
})

test('all customers of a search are written to, whichever segments they are in, and the audience says what it was', async () => {
  const search = { text: 'lily' }
  const preflight = await api.call('post', '/campaigns/preflight', { search })
  expect(preflight.body).toMatchObject({ requested: 1, recipients: 1 })
  const all = await api.call('post', '/campaigns/preflight', { search: {} })
  expect(all.body).toMatchObject({ requested: 2_000 })
  await database.db('customers').where({ external_id: 'c9' }).update({ status: 'vip' })
  const vips = await api.call('post', '/campaigns/preflight', { search: { status: ['vip'] } })
  expect(vips.body).toMatchObject({ requested: 1 })
  const made = await api.call<Campaign>('post', '/campaigns', { search, content: CONTENT, name: 'Found' })
  expect(made.status).toBe(201)
  const { freezeAudience } = await import('../../domain/campaigns/freezeAudience.ts')
  await freezeAudience(database.db, Number(made.body.id), now)
  const { body } = await api.call<Campaign>('get', `/campaigns/${made.body.id}`)
  expect(body).toMatchObject({ total: 1, segment: null, template: null })
  const order = await api.call('get', `/campaigns/${made.body.id}/order`)
  expect(order.body).toMatchObject({ recipients: { search } })
  expect((await api.call('get', `/audiences/${body.audience}/criteria`)).body).toMatchObject({
    ...{ filter: search, picked: null, segment: null },
  })
  for (const both of [{ search, customers: ['c1'] }, {}]) {
    expect((await api.call('post', '/campaigns', { ...both, content: CONTENT })).status).toBe(400)
  }
})
