import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'
import { type Clock, playCampaign } from '../support/playCampaign.ts'
import { insertCustomers, recordingChannel } from '../support/sending.ts'
import { ADMIN } from '../support/signIn.ts'

const clock: Clock = { now: new Date('2026-11-30T08:00:00Z') }
const CONTENT = { subject: 'Hello', html: '<p>Hello</p>' }
let database: TestDatabase
let api: TestApi
let ids: string[]
let maker: Awaited<ReturnType<typeof callAs>>
let other: typeof maker
let third: typeof maker
let provider: typeof maker

beforeAll(async () => {
  database = await createTestDatabase()
  ids = await insertCustomers(database.db, 10)
  api = await startApi(database.db, undefined, () => clock.now)
  await createFirstAdmin(database.db, clock.now, ADMIN)
  await addPerson(database.db, 'other@studio.test')
  await addPerson(database.db, 'third@studio.test')
  await addPerson(database.db, 'provider@studio.test', 'provider')
  maker = await callAs(api, ADMIN.email)
  other = await callAs(api, 'other@studio.test')
  third = await callAs(api, 'third@studio.test')
  provider = await callAs(api, 'provider@studio.test')
  await maker('put', '/settings', { approval_above: 5 })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})
beforeEach(() => {
  clock.now = new Date('2026-11-30T08:00:00Z')
})

const order = (customers: readonly string[], more: object = {}) => ({ customers, content: CONTENT, ...more })
const actsOf = async (id: string) => {
  const { body } = await api.call<{ items: { act: string; by: string | null }[] }>('get', `/campaigns/${id}/acts`)
  return body.items.map(({ act, by }) => (by === null ? act : `${act} by ${by}`))
}

test('a send above the size waits, its maker can’t approve it, somebody else can, and then it goes', async () => {
  expect((await maker('post', '/campaigns/preflight', { customers: ids })).body).toMatchObject({ needs_approval: true })
  const small = await maker<Campaign>('post', '/campaigns', order(ids.slice(0, 5)))
  expect(small.body).toMatchObject({ state: 'preparing', undo_until: '2026-11-30T08:00:15.000Z' })
  const { body } = await maker<Campaign>('post', '/campaigns', order(ids))
  expect(body).toMatchObject({ state: 'awaiting_approval', total: 10, undo_until: null, revision: 1, approval: null })
  const { channel, taken } = recordingChannel()
  const id = Number(body.id)
  expect(await playCampaign(database.db, id, { clock, channel })).toEqual({ step: 'end' })

  const approve = (who: typeof maker, revision = 1) => who('post', `/campaigns/${id}/approve`, { revision })
  expect((await approve(maker)).status).toBe(403)
  expect((await approve(provider)).status).toBe(403)
  expect((await api.call('post', `/campaigns/${id}/approve`, { revision: 1 })).status).toBe(403)
  expect((await approve(other, 2)).status).toBe(409)
  expect(taken).toHaveLength(0)

  const approved = await approve(other)
  expect(approved).toMatchObject({
    status: 200,
    body: {
      state: 'preparing',
      approval: { by: 'other@studio.test', at: '2026-11-30T08:00:00.000Z' },
      undo_until: '2026-11-30T08:00:15.000Z',
    },
  })
  expect((await approve(other)).status).toBe(409)
  await playCampaign(database.db, id, { clock, channel })
  expect(taken).toHaveLength(10)
  expect(await actsOf(body.id)).toEqual([`made by ${ADMIN.email}`, 'approval_needed', 'approved by other@studio.test'])
})

test.each([
  ['the content', { content: { subject: 'Other', html: '<p>Hello</p>' } }],
  ['nothing but the time', {}],
])('an edit of %s voids the approval', async (_, change) => {
  const later = { send_at: '2026-12-01T08:00:00Z' }
  const { body } = await maker<Campaign>('post', '/campaigns', order(ids, later))
  const approved = await other<Campaign>('post', `/campaigns/${body.id}/approve`, { revision: 1 })
  expect(approved.body).toMatchObject({ state: 'scheduled', revision: 1 })
  const edit = { ...order(ids, { send_at: '2026-12-01T09:00:00Z' }), ...change }
  expect((await third('put', `/campaigns/${body.id}`, { ...edit, revision: 7 })).status).toBe(409)
  const edited = await third<Campaign>('put', `/campaigns/${body.id}`, { ...edit, revision: 1 })
  expect(edited.body).toMatchObject({ state: 'awaiting_approval', revision: 2, approval: null })
  // neither who made it nor who edited it last
  for (const who of [maker, third]) {
    expect((await who('post', `/campaigns/${body.id}/approve`, { revision: 2 })).status).toBe(403)
  }
  expect((await other('post', `/campaigns/${body.id}/approve`, { revision: 2 })).body).toMatchObject({
    state: 'scheduled',
  })
  expect(await actsOf(body.id)).toContain('approval_voided by third@studio.test')
})

test('what was approved and then changed past the API does not go', async () => {
  const { body } = await maker<Campaign>('post', '/campaigns', order(ids))
  await other('post', `/campaigns/${body.id}/approve`, { revision: 1 })
  await database.db('campaigns').where({ id: body.id }).update({ html: '<p>Something else</p>' })
  const { channel, taken } = recordingChannel()
  await playCampaign(database.db, Number(body.id), { clock, channel })
  expect(taken).toHaveLength(0)
  expect((await api.call('get', `/campaigns/${body.id}`)).body).toMatchObject({ state: 'awaiting_approval' })
})

test('a segment that has grown past the size until its campaign begins waits for a second person', async () => {
  const { db } = database
  await api.call('post', '/segments', { id: 'some', name: 'Some', rule: { all: [] } })
  const [segment] = await db('segments').where({ key: 'some' })
  const join = (count: number) =>
    db.raw(
      `INSERT IGNORE INTO segment_members (segment_id, provider_id, customer_id, since)
       SELECT ?, 0, id, UTC_TIMESTAMP(3) FROM customers ORDER BY id LIMIT ?`,
      [segment.id, count],
    )
  await join(3)
  const made = await maker<Campaign>('post', '/campaigns', {
    segment: 'some',
    content: CONTENT,
    send_at: '2026-12-01T08:00:00Z',
  })
  expect(made.body).toMatchObject({ state: 'scheduled', total: 3 })
  await join(10)
  clock.now = new Date('2026-12-01T07:00:00Z')
  expect((await api.call('get', `/campaigns/${made.body.id}`)).body).toMatchObject({ total: 10 })
  const { channel, taken } = recordingChannel()
  await playCampaign(db, Number(made.body.id), { clock, channel })
  expect(taken).toHaveLength(0)
  const waiting = (await api.call('get', `/campaigns/${made.body.id}`)).body
  expect(waiting).toMatchObject({ state: 'awaiting_approval', audience: null })
  await other('post', `/campaigns/${made.body.id}/approve`, { revision: 1 })
  await playCampaign(db, Number(made.body.id), { clock, channel })
  expect(taken).toHaveLength(10)
})

test('it can be cancelled while it waits, and is not edited once it is under way', async () => {
  const { body } = await maker<Campaign>('post', '/campaigns', order(ids))
  expect((await maker('post', `/campaigns/${body.id}/pause`)).status).toBe(409)
  expect((await maker('post', `/campaigns/${body.id}/cancel`)).body).toMatchObject({
    state: 'cancelled',
    not_stopped: 0,
  })
  expect((await other('post', `/campaigns/${body.id}/approve`, { revision: 1 })).status).toBe(409)
  expect((await maker('put', `/campaigns/${body.id}`, { ...order(ids), revision: 1 })).status).toBe(409)
})
