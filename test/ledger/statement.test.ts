/** A provider's ledger: months, sums, CSV, and who may see it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hashPassword } from '../../domain/access/password.ts'
import { type Database, rows } from '../../domain/database.ts'
import type { Redemption } from '../../domain/redemptions/redemption.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let now = new Date('2026-11-30T22:30:00Z')
let database: TestDatabase
let db: Database
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  api = await startApi(db, undefined, () => now)
  await api.call('put', '/settings', { time_zone: 'Europe/Berlin', currency: 'EUR' })
  const booking = { minutes: 60, price: 5000, starts_at: '2026-12-05T10:00:00Z' }
  await api.call('post', '/ingest', {
    providers: [{ id: 'anna', name: 'Anna' }, { id: 'ben', name: 'Ben' }, { id: 'empty' }],
    customers: [
      { id: 'ada', first_name: '=HYPERLINK("http://evil.test")', last_name: '"A", or B' },
      { id: 'bea', first_name: 'Bea' },
      { id: 'bens', first_name: 'Secret' },
    ],
    bookings: [
      { id: 'a1', customer: 'ada', provider: 'anna', ...booking },
      { id: 'a2', customer: 'bea', provider: 'anna', ...booking, price: 1999 },
      { id: 'b1', customer: 'bens', provider: 'ben', ...booking },
    ],
  })
  await refreshSegments(db, now)
  const period = { valid_from: '2026-11-01', valid_to: '2026-12-31' }
  for (const [provider, customer] of [
    ['anna', 'ada'],
    ['anna', 'bea'],
    ['ben', 'bens'],
  ]) {
    const reward = { provider, customer, kind: 'voucher', percent: 15, ...period }
    expect((await api.call('post', '/rewards', reward)).status).toBe(201)
  }
  const redeem = (id: string) => api.call<Redemption>('post', '/redemptions', { booking: id })
  // in November by the business's clock
  expect((await redeem('a1')).body).toMatchObject({ discount: 750 })
  now = new Date('2026-11-30T23:00:00Z')
  expect((await redeem('a2')).body).toMatchObject({ discount: 299 })
  expect((await redeem('b1')).status).toBe(201)
  now = new Date('2026-12-09T10:00:00Z')
  expect((await api.call('delete', '/redemptions/a1')).status).toBe(204)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

type Ledger = {
  items: Array<{ amount: number; lines: { amount: number }[]; booking: string; reverses: string | null; id: string }>
  next: string | null
} & Record<string, unknown>
const ledger = async (query = '') => (await api.call<Ledger>('get', `/providers/anna/ledger${query}`)).body

describe('the ledger of a provider', () => {
  test('by month: what is over does not change, what was taken back stands in its own month', async () => {
    expect(await ledger('?month=2026-11')).toMatchObject({
      ...{ currency: 'EUR', month: '2026-11', total: 1, opening: 0, closing: -750 },
      totals: { discounts: -750, loyalty_rewards: 0 },
      items: [{ booking: 'a1', amount: -750, price: 5000, day: '2026-11-30', kind: 'discount', reverses: null }],
    })
    const december = await ledger('?month=2026-12')
    expect(december).toMatchObject({
      ...{ total: 2, opening: -750, closing: -299, totals: { discounts: 451 } },
      items: [
        { booking: 'a1', amount: 750, day: '2026-12-09', reverses: expect.any(String) },
        { booking: 'a2', amount: -299, day: '2026-12-01' },
      ],
    })
    expect(await ledger('?month=2027-01')).toMatchObject({ total: 0, opening: -299, closing: -299, items: [] })
    expect(await ledger()).toMatchObject({ total: 3, opening: 0, closing: -299, month: null })
    const { body } = await api.call('get', '/providers/anna/ledger/months')
    expect(body.items).toEqual([
      { month: '2026-12', entries: 2, discounts: 451, loyalty_rewards: 0, sum: 451 },
      { month: '2026-11', entries: 1, discounts: -750, loyalty_rewards: 0, sum: -750 },
    ])
  })

  test('page by page; each entry’s lines sum to zero', async () => {
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const page = await ledger(`?limit=1${cursor}`)
      for (const { id, lines } of page.items) {
        seen.push(id)
        expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
      }
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(new Set(seen).size).toBe(3)
  })

  test.each(['2026-13', '2026-1', 'x'])('%s is no month', async (month) => {
    expect((await api.call('get', `/providers/anna/ledger?month=${month}`)).status).toBe(400)
  })

  test('of nobody, and of a provider with nothing', async () => {
    expect((await api.call('get', '/providers/nobody/ledger')).status).toBe(404)
    expect((await api.call('get', '/providers/empty/ledger')).body).toMatchObject({ total: 0, items: [], closing: 0 })
  })

  test.each([
    ['en', 'Day', 'Discount, taken back'],
    ['de', 'Tag', 'Rabatt, zurückgenommen'],
    ['fr', 'Jour', 'Remise, annulée'],
    ['it', 'Giorno', 'Sconto, stornato'],
  ])('as CSV in %s, in which no name is a formula', async (language, day, words) => {
    const path = `/providers/anna/ledger/export?month=2026-12&language=${language}&bom=true`
    const { status, headers, body } = await api.call<string>('get', path)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z]+-anna-2026-12\.csv"$/)
    const lines = body.split('\r\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toContain(day)
    expect(lines[0]).toContain('(EUR)')
    expect(lines[1]).toContain(',19.99,,-2.99,')
    expect(lines[2]).toContain(words)
    expect(lines[2]).toContain(`"'=HYPERLINK(""http://evil.test"") ""A"", or B"`)
  })
})

describe('a provider’s user', () => {
  const cookies: Record<string, string> = {}
  beforeAll(async () => {
    const found = await rows<{ id: number; external_id: string }>(db, 'SELECT id, external_id FROM providers')
    const idOf = (external: string) => found.find(({ external_id }) => external_id === external)?.id ?? null
    for (const [name, role, provider_id] of [
      ['anna', 'provider', idOf('anna')],
      ['lost', 'provider', null],
      ['manager', 'manager', null],
    ] as const) {
      const email = `${name}@studio.test`
      await db('users').insert({
        email,
        name,
        role,
        provider_id,
        password_hash: await hashPassword('secret-12'),
        created_at: now,
      })
      const response = await fetch(`${api.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'secret-12' }),
      })
      expect(response.status).toBe(200)
      cookies[name] = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    }
  })

  async function as(who: string, method: string, path: string, body?: unknown) {
    const response = await fetch(`${api.url}/api/v1${path}`, {
      method,
      headers: { cookie: cookies[who] ?? '', 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : null }
  }

  const contact = { starts_at: '2026-12-20T10:00:00Z', minutes: 60, price: 5000 }
  const reward = { kind: 'voucher', amount: 500, valid_to: '2026-12-31' }

  test('is told whose user they are', async () => {
    expect((await as('anna', 'GET', '/session')).body.user).toMatchObject({ provider: { id: 'anna', name: 'Anna' } })
    expect((await as('manager', 'GET', '/session')).body.user).toMatchObject({ provider: null })
  })

  test('sees what is theirs', async () => {
    expect((await as('anna', 'GET', '/providers/anna/ledger')).body.total).toBe(3)
    expect((await as('anna', 'GET', '/rewards')).body).toMatchObject({ total: 2 })
    expect((await as('anna', 'GET', '/rewards/summary')).body).toMatchObject({
      cost: 299,
      counts: { used: 1, usable: 1 },
    })
    expect((await as('anna', 'POST', '/quotes', { provider: 'anna', customer: 'ada', ...contact })).body).toMatchObject(
      {
        discount: 750,
      },
    )
    expect((await as('manager', 'GET', '/rewards')).body).toMatchObject({ total: 3 })
  })

  test.each([
    ['GET', '/providers/ben/ledger', undefined, 404],
    ['GET', '/providers/ben/ledger/months', undefined, 404],
    ['GET', '/providers/ben/ledger/export', undefined, 404],
    ['GET', '/rewards?provider=ben', undefined, 404],
    ['GET', '/rewards/summary?provider=ben', undefined, 404],
    ['GET', '/rewards?customer=bens', undefined, 404],
    ['GET', '/revenue?campaign=1', undefined, 403],
    ['POST', '/quotes', { provider: 'ben', customer: 'bens', ...contact }, 404],
    ['POST', '/quotes', { provider: 'anna', customer: 'bens', ...contact }, 404],
    ['POST', '/rewards', { provider: 'ben', customer: 'bens', ...reward }, 404],
    ['POST', '/rewards', { provider: 'anna', customer: 'bens', ...reward }, 404],
    ['POST', '/redemptions', { booking: 'b1' }, 404],
    ['DELETE', '/redemptions/b1', undefined, 404],
  ])('%s %s %j of another provider: %i, and not a word of it', async (method, path, body, status) => {
    const answer = await as('anna', method, path, body)
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('Secret')
    // the same of somebody who is nowhere: nothing can be told from the answer
    const nowhere = await as(
      'anna',
      method,
      path.replace('customer=bens', 'customer=nowhere').replace('b1', 'b9'),
      body,
    )
    if (body === undefined) expect(nowhere.status).toBe(status)
  })

  test('can’t take back another’s reward; one of whom nobody said whose sees nothing', async () => {
    const [bens] = await rows<{ id: number }>(
      db,
      "SELECT r.id FROM rewards r JOIN providers p ON p.id = r.provider_id WHERE p.external_id = 'ben'",
    )
    expect((await as('anna', 'DELETE', `/rewards/${bens?.id}`)).status).toBe(404)
    for (const path of ['/rewards', '/rewards/summary', '/providers/anna/ledger']) {
      expect((await as('lost', 'GET', path)).status).toBe(403)
    }
  })
})
