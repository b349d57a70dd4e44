import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, insertCustomers, recordingChannel } from '../support/sending.ts'

const now = new Date('2026-11-30T08:00:00Z')
const CONTENT = { subject: 'Hello', html: '<p>Hello</p>' }
const RULE = { fact: 'booking_count', is: '>=', value: 2 }
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  await insertCustomers(db, 12, (index) => (index === 11 ? '' : `c${index}@mail.test`))
  await db('customers')
    .where({ external_id: 'c0' })
    .update({
      birthdate: '1990-02-28',
      phone: '+39 06 123',
      joined_at: new Date('2024-01-02T03:04:05Z'),
      gender: 'female',
    })
  api = await startApi(db, undefined, () => now)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

type List<Item> = { items: Item[]; next: string | null }

async function frozen(order: object): Promise<{ campaign: number; audience: string }> {
  const { body } = await api.call<Campaign>('post', '/campaigns', { content: CONTENT, ...order })
  await freezeAudience(database.db, Number(body.id), now)
  const { body: after } = await api.call<Campaign>('get', `/campaigns/${body.id}`)
  return { campaign: Number(body.id), audience: after.audience ?? '' }
}

test('contacts with what is known of them, page by page, searched, and those left out', async () => {
  const picked = Array.from({ length: 12 }, (_, index) => `c${index}`)
  const { audience } = await frozen({ customers: [...picked, 'nobody'], name: 'Picked ones' })
  expect((await api.call('get', `/audiences/${audience}`)).body).toMatchObject({
    name: 'Picked ones',
    type: 'email',
    requested: 13,
    customers: 11,
    removed: 0,
    launched_at: now.toISOString(),
  })
  type Contact = { id: string; name: string }
  const first = (await api.call<List<Contact>>('get', `/audiences/${audience}/contacts?limit=8`)).body
  expect(first.items[0]).toEqual({
    id: 'c0',
    name: 'First0 Last',
    birthdate: '1990-02-28',
    email: 'c0@mail.test',
    phone: '+39 06 123',
    member_since: '2024-01-02T03:04:05.000Z',
    state: 'queued',
  })
  const rest = (await api.call<List<Contact>>('get', `/audiences/${audience}/contacts?limit=8&cursor=${first.next}`))
    .body
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(picked.slice(0, 11))
  expect(rest.next).toBeNull()
  const found = (await api.call<List<Contact>>('get', `/audiences/${audience}/contacts?text=First1`)).body
  expect(found.items.map(({ id }) => id)).toEqual(['c1', 'c10'])
  const out = (await api.call<List<Contact>>('get', `/audiences/${audience}/contacts?left_out=no_address`)).body
  expect(out.items.map(({ id }) => id)).toEqual(['c11'])
  expect((await api.call('get', `/audiences/${audience}/contacts?cursor=x`)).status).toBe(400)
  expect((await api.call('get', '/audiences/999/contacts')).status).toBe(404)
})

test('who is taken out gets nothing, and it says why; what is gone can’t be called back', async () => {
  const { campaign, audience } = await frozen({ customers: ['c1', 'c2', 'c3'] })
  expect((await api.call('delete', `/audiences/${audience}/contacts/c2`)).status).toBe(204)
  expect((await api.call('delete', `/audiences/${audience}/contacts/c2`)).status).toBe(404)
  expect((await api.call('delete', `/audiences/${audience}/contacts/c9`)).status).toBe(404)
  const { channel, taken } = recordingChannel()
  await deliverDue(
    database.db,
    campaign,
    attempt(channel, () => now),
  )
  expect(taken.map(({ to }) => to).sort()).toEqual(['c1@mail.test', 'c3@mail.test'])
  expect((await api.call('get', `/audiences/${audience}`)).body).toMatchObject({ customers: 2, removed: 1 })
  type Delivery = { state: string; reason: string | null; events: { type: string }[] }
  const told = (await api.call<List<Delivery>>('get', `/deliveries?campaign=${campaign}&customer=c2`)).body
  expect(told.items[0]).toMatchObject({ state: 'cancelled', reason: 'taken_out', events: [{ type: 'cancelled' }] })
  expect((await api.call('delete', `/audiences/${audience}/contacts/c1`)).status).toBe(409)
})

test('the criteria stay as they were when the rule changes, in four languages, and when the segment goes', async () => {
  const { db } = database
  await api.call('post', '/segments', { id: 'regulars', name: 'Regulars', rule: RULE })
  const [segment] = await db('segments').where({ key: 'regulars' })
  await db.raw(
    `INSERT IGNORE INTO segment_members (segment_id, provider_id, customer_id, since)
     SELECT ?, 0, id, ? FROM customers LIMIT 4`,
    [segment.id, now],
  )
  const filter = { gender: ['female'] }
  const { audience } = await frozen({ segment: 'regulars', filter, holdout: 10 })
  await api.call('patch', '/segments/regulars', { name: 'Others', rule: { all: [] } })
  type Criteria = { segment: { sentence: string } | null }
  const criteria = async (language = 'en') =>
    (await api.call<Criteria>('get', `/audiences/${audience}/criteria?language=${language}`)).body
  const expected = { id: 'regulars', name: 'Regulars', version: 1, rule: RULE }
  expect(await criteria()).toMatchObject({ segment: expected, filter, picked: null, holdout: 10 })
  const sentences = await Promise.all(
    ['en', 'de', 'fr', 'it'].map(async (one) => (await criteria(one)).segment?.sentence),
  )
  expect(new Set(sentences).size).toBe(4)
  expect(sentences[0]).toContain('2')
  await db('segments').where({ key: 'regulars' }).delete()
  expect(await criteria()).toMatchObject({ segment: expected })
  expect((await api.call('get', `/audiences/${audience}/criteria?language=xx`)).status).toBe(400)
})

test('the list goes from the newest to the oldest and is searched by name', async () => {
  const page = (await api.call<List<{ id: string; name: string }>>('get', '/audiences?limit=2')).body
  expect(page.items).toHaveLength(2)
  expect(Number(page.items[0]?.id)).toBeGreaterThan(Number(page.items[1]?.id))
  const next = (await api.call<List<{ name: string }>>('get', `/audiences?limit=2&cursor=${page.next}`)).body
  expect(next.items).toHaveLength(1)
  const found = (await api.call<List<{ name: string }>>('get', '/audiences?text=picked')).body
  expect(found.items.map(({ name }) => name)).toEqual(['Picked ones'])
})
