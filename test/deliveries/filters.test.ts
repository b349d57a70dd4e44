import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Delivery } from '../../api/contract/customers.ts'
import { dayOf } from '../../rules/time.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { randomFrom } from '../support/random.ts'

const ZONE = 'Europe/Rome'
const NOW = new Date('2026-06-15T10:00:00Z')
const STATES = ['queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'bounced', 'failed', 'cancelled'] as const
const NAMES = ['Anna', 'Änne', 'Bert', 'Cora', 'Anton'] as const
const CAMPAIGNS = [
  { name: 'Summer timetable', kind: 'one_off', provider: null, day: '2026-05-01' },
  { name: 'Anna’s circle', kind: 'loyalty', provider: 'mara', day: '2026-05-20' },
  { name: '100 % off_', kind: 'one_off', provider: null, day: '2026-06-03' },
  { name: 'Théo writes', kind: 'loyalty', provider: 'theo', day: '2026-06-10' },
] as const

/** A message as the test has put it there. */
type Row = {
  id: number
  customer: number
  campaign: number
  state: (typeof STATES)[number]
  test: boolean
  queuedAt: Date
  opened: boolean
  clicked: boolean
}

type Filter = {
  state?: string[]
  reaction?: string[]
  channel?: string[]
  campaign?: string[]
  template?: string[]
  kind?: string[]
  provider?: string[]
  customer?: string
  from?: string
  to?: string
  text?: string
}
type List = { items: Delivery[]; next: string | null; total: number; at_least: boolean }
type Choice = { value: string; count: number }
type Facets = { total: number } & Record<'state' | 'reaction' | 'kind' | 'provider' | 'campaign', Choice[]>

let database: TestDatabase
let api: TestApi
const messages: Row[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
  await api.call('put', '/settings', { time_zone: ZONE })
  const { db } = database
  await api.call('post', '/ingest', {
    providers: [
      { id: 'mara', name: 'Mara' },
      { id: 'theo', name: 'Théo' },
    ],
    customers: Array.from({ length: 12 }, (_, index) => ({
      id: `c${index}`,
      first_name: NAMES[index % NAMES.length],
      last_name: `Last${index}`,
      email: `c${index}@mail.test`,
    })),
  })
  const providers = new Map(
    (await db('providers').select('id', 'external_id')).map((row: { id: number; external_id: string }) => [
      row.external_id,
      row.id,
    ]),
  )
  const customers: { id: number }[] = await db('customers').select('id').orderByRaw('LENGTH(external_id), external_id')
  for (const [index, { name, kind, provider, day }] of CAMPAIGNS.entries()) {
    await db('campaigns').insert({
      ...{ id: index + 1, name, kind, channel: 'email', state: 'sent', subject: `About ${name}`, html: '', text: '' },
      ...{ provider_id: provider === null ? 0 : providers.get(provider), criteria: '{}', document: '{}' },
      template_id: kind === 'loyalty' ? '7' : null,
      ...{ created_at: new Date(`${day}T21:00:00Z`), finished_at: new Date(`${day}T23:30:00Z`) },
    })
  }
  const random = randomFrom(7)
  for (let customer = 0; customer < customers.length; customer++) {
    for (let campaign = 0; campaign < CAMPAIGNS.length; campaign++) {
      if (random.chance(0.15)) continue
      const state = random.pick(STATES)
      const arrived = state === 'sent' || state === 'delivered' || random.chance(0.1)
      const opened = arrived && random.chance(0.5)
      messages.push({
        ...{ id: messages.length + 1, customer, campaign, state, opened, clicked: arrived && random.chance(0.4) },
        test: random.chance(0.1),
        // some on the day before and some after the local midnight, many at one instant
        queuedAt: new Date(Date.parse(`${CAMPAIGNS[campaign]?.day}T21:30:00Z`) + random.int(0, 3) * 1_800_000),
      })
    }
  }
  await db('deliveries').insert(
    messages.map((one) => ({
      ...{ id: one.id, customer_id: customers[one.customer]?.id, campaign_id: one.campaign + 1, state: one.state },
      ...{ channel: 'email', address: `c${one.customer}@mail.test`, test: one.test },
      ...{ due_at: one.queuedAt, queued_at: one.queuedAt },
      opened_at: one.opened ? NOW : null,
      clicked_at: one.clicked ? NOW : null,
    })),
  )
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

/** What a filter means, by the plainest reading of it. */
function naive(filter: Filter): Row[] {
  const among = (values: string[] | undefined, value: string) => !values?.length || values.includes(value)
  const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return messages
    .filter((one) => {
      const { kind, provider, name } = CAMPAIGNS[one.campaign] as (typeof CAMPAIGNS)[number]
      const day = dayOf(one.queuedAt, ZONE)
      const arrived = one.state === 'sent' || one.state === 'delivered'
      const reacted: Record<string, boolean> = {
        ...{ opened: one.opened, clicked: one.clicked },
        not_opened: arrived && !one.opened,
        not_clicked: arrived && !one.clicked,
      }
      const sought = folded(filter.text?.trim() ?? '')
      const first = NAMES[one.customer % NAMES.length] ?? ''
      const begins = [first, `Last${one.customer}`, `c${one.customer}@mail.test`, `c${one.customer}`]
      return (
        among(filter.state, one.state) &&
        (filter.reaction ?? []).every((reaction) => reacted[reaction]) &&
        among(filter.channel, 'email') &&
        among(filter.campaign, String(one.campaign + 1)) &&
        among(filter.template, kind === 'loyalty' ? '7' : '') &&
        among(filter.kind, one.test ? 'test' : kind) &&
        among(filter.provider, provider ?? '~') &&
        (filter.customer === undefined || filter.customer === `c${one.customer}`) &&
        (filter.from === undefined || day >= filter.from) &&
        (filter.to === undefined || day <= filter.to) &&
        (sought === '' ||
          begins.some((text) => folded(text).startsWith(sought)) ||
          folded(`About ${name}`).includes(sought))
      )
    })
    .sort((a, b) => b.queuedAt.getTime() - a.queuedAt.getTime() || b.id - a.id)
}

const days = ['2026-04-30', '2026-05-01', '2026-05-02', '2026-05-20', '2026-06-04', '2026-06-10', '2026-06-11']
const some = <Value extends string>(values: readonly Value[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 })
const filters: fc.Arbitrary<Filter> = fc
  .record(
    {
      state: some(STATES),
      reaction: some(['opened', 'clicked', 'not_opened', 'not_clicked']),
      channel: some(['email', 'sms']),
      campaign: some(['1', '2', '3', '4', '99']),
      template: some(['7', '8']),
      kind: some(['one_off', 'loyalty', 'automation', 'test']),
      provider: some(['mara', 'theo', '~']),
      customer: fc.constantFrom('c0', 'c5', 'c11'),
      from: fc.constantFrom(...days),
      to: fc.constantFrom(...days),
      text: fc.constantFrom('ann', 'An', 'last1', 'c1', '100 %', 'off_', '%', 'théo', 'nobody', ' ', 'summer'),
    },
    { requiredKeys: [] },
  )
  .filter(({ from, to }) => from === undefined || to === undefined || from <= to)

const queryOf = (filter: Filter, more: Record<string, string> = {}) => {
  const query = new URLSearchParams(more)
  for (const [name, value] of Object.entries(filter)) {
    for (const one of [value].flat()) query.append(name, one)
  }
  return query.toString()
}

test('random filters find just what the plainest reading finds, in parts that join, with the same numbers', async () => {
  await fc.assert(
    fc.asyncProperty(filters, fc.integer({ min: 1, max: 9 }), async (filter, limit) => {
      const expected = naive(filter)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const more: Record<string, string> = { limit: String(limit), ...(cursor === null ? {} : { cursor }) }
        const { status, body } = await api.call<List>('get', `/deliveries?${queryOf(filter, more)}`)
        expect(status).toBe(200)
        expect(body).toMatchObject({ total: expected.length, at_least: false })
        seen.push(...body.items.map(({ id }) => id))
        cursor = body.next
      } while (cursor !== null && seen.length <= messages.length)
      expect(seen).toEqual(expected.map(({ id }) => String(id)))

      const { body: facets } = await api.call<Facets>('get', `/deliveries/facets?${queryOf(filter)}`)
      expect(facets.total).toBe(expected.length)
      const counted = (part: 'state' | 'kind' | 'provider' | 'campaign', value: string) =>
        naive({ ...filter, [part]: [value] }).length
      for (const part of ['state', 'kind', 'provider', 'campaign'] as const) {
        for (const { value, count } of facets[part])
          expect([part, value, count]).toEqual([part, value, counted(part, value)])
      }
      for (const { value, count } of facets.reaction) {
        expect(count).toBe(naive({ ...filter, reaction: [...(filter.reaction ?? []), value] }).length)
      }
      for (const state of STATES) {
        const shown = facets.state.find(({ value }) => value === state)?.count ?? 0
        expect([state, shown]).toEqual([state, counted('state', state)])
      }
    }),
    { numRuns: 60 },
  )
})

describe('pages', () => {
  test('stay where they are while messages arrive', async () => {
    const { db } = database
    const first = (await api.call<List>('get', '/deliveries?limit=5')).body
    const [row] = await db('deliveries').orderBy('id', 'desc').limit(1)
    await db('campaigns').insert({
      ...{
        id: 50,
        name: 'New',
        kind: 'one_off',
        channel: 'email',
        state: 'sending',
        subject: 'New',
        html: '',
        text: '',
      },
      ...{ criteria: '{}', document: '{}', created_at: NOW },
    })
    await db('deliveries').insert({ ...row, id: 500, campaign_id: 50, queued_at: NOW, due_at: NOW })
    const second = (await api.call<List>('get', `/deliveries?limit=5&cursor=${first.next}`)).body
    const expected = naive({}).map(({ id }) => String(id))
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(expected.slice(0, 10))
    expect(second.total).toBe(expected.length + 1)
    const again = (await api.call<List>('get', '/deliveries?limit=1')).body
    expect(again.items[0]).toMatchObject({
      id: '500',
      campaign: { id: '50', name: 'New', kind: 'one_off' },
      provider: null,
    })
    await db('campaigns').where({ id: 50 }).delete()
  })

  test.each([
    ['cursor=nonsense', '/query/cursor'],
    ['cursor=1', '/query/cursor'],
    ['limit=0', '/query/limit'],
    ['limit=501', '/query/limit'],
    ['state=lost', '/query/state/0'],
    ['reaction=loved', '/query/reaction/0'],
    ['campaign=x', '/query/campaign/0'],
    ['campaign=1e9', '/query/campaign/0'],
    ['provider=nobody', '/query/provider'],
    ['from=2026-02-30', '/query/from'],
    ['from=2026-06-02&to=2026-06-01', '/query/from'],
    [`text=${'x'.repeat(201)}`, '/query/text'],
  ])('%#: refused at its place', async (query, path) => {
    for (const call of ['/deliveries', '/deliveries/facets', '/deliveries/export']) {
      // the export has no pages
      if (call !== '/deliveries' && /cursor|limit/.test(query)) continue
      const reply = await api.call('get', `${call}?${query}`)
      expect([call, reply.status, reply.body]).toMatchObject([call, 400, { errors: [{ path }] }])
    }
  })

  test('an unknown customer is not found, unknown campaigns have no messages', async () => {
    expect((await api.call('get', '/deliveries?customer=nobody')).status).toBe(404)
    expect((await api.call<List>('get', '/deliveries?campaign=999')).body).toMatchObject({ items: [], total: 0 })
  })

  test.each(["' OR 1=1 -- ", '👩🏽‍🦰', '\\', '_%_', '\u0000'])('the text %j is only looked for', async (text) => {
    const reply = await api.call<List>('get', `/deliveries?text=${encodeURIComponent(text)}`)
    expect(reply).toMatchObject({ status: 200, body: { total: 0 } })
  })
})
