import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CommunicationItem } from '../../api/contract/customers.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { insertEvents } from '../../domain/deliveries/events.ts'
import { suppress } from '../../domain/suppressions/suppress.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, campaignTo, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'

type List = { items: CommunicationItem[]; next: string | null }
const day = (index: number) => new Date(Date.parse('2026-05-01T10:00:00Z') + index * 86_400_000)

let database: TestDatabase
let api: TestApi
const campaigns: number[] = []

/** One customer, seven campaigns: sent, left out, sent, cancelled at the last moment, held out, left out, sent. */
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  api = await startApi(db, undefined, () => day(30))
  const [id = ''] = await insertCustomers(db, 2)
  const [customer] = await db('customers').where({ external_id: id }).select('id')
  const key = { customerId: customer.id, providerId: 0, channel: 'email' as const }
  const lift = () => db('suppressions').delete()
  const send = async (index: number) => {
    const campaign = await frozenCampaign(db, { customers: [id] }, day(index))
    await deliverDue(
      db,
      campaign,
      attempt(recordingChannel().channel, () => day(index)),
    )
    campaigns.push(campaign)
  }
  await send(0)
  await suppress(db, key, { reason: 'unsubscribed', source: 'test' }, day(1))
  await send(1)
  await lift()
  await send(2)
  const late = await frozenCampaign(db, { customers: [id] }, day(3))
  await suppress(db, key, { reason: 'bounced', source: 'test' }, day(3))
  await deliverDue(
    db,
    late,
    attempt(recordingChannel().channel, () => day(3)),
  )
  campaigns.push(late)
  await lift()
  const held = await campaignTo(db, { customers: [id] }, day(4))
  await freezeAudience(db, held, day(4))
  await db('deliveries').where({ campaign_id: held }).delete()
  await db.raw(
    "UPDATE audience_contacts a JOIN audiences n ON n.id = a.audience_id SET a.left_out = 'holdout' WHERE n.campaign_id = ?",
    [held],
  )
  campaigns.push(held)
  await db('consents').update({ given: 0 })
  await send(5)
  await db('consents').update({ given: 1 })
  await send(6)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const read = async (query = '', id = 'c0') =>
  (await api.call<List>('get', `/customers/${id}/communication${query}`)).body
const brief = ({ id, state, not_sent, reason }: CommunicationItem) => [
  id.startsWith('left-out-'),
  state,
  not_sent,
  reason,
]

const EVERYTHING = [
  [false, 'sent', null, null],
  [true, 'cancelled', 'left_out', 'no_consent'],
  [true, 'cancelled', 'held_out', 'holdout'],
  [false, 'cancelled', 'cancelled', 'bounced'],
  [false, 'sent', null, null],
  [true, 'cancelled', 'left_out', 'unsubscribed'],
  [false, 'sent', null, null],
]

test('says of everything that was meant for a customer what became of it, and why it was not sent', async () => {
  const { items, next } = await read()
  expect(items.map(brief)).toEqual(EVERYTHING)
  expect(next).toBeNull()
  expect(items.map(({ campaign }) => Number(campaign.id))).toEqual(campaigns.toReversed())
  expect(items[1]).toMatchObject({ subject: 'Hello First0', address: '', events: [], campaign: { kind: 'one_off' } })
  expect(items[0]?.events.map(({ type }) => type)).toEqual(['sent'])
  expect((await read('', 'c1')).items).toEqual([])
})

test.each([1, 2, 3, 5])('comes in parts of %i that join without a gap', async (limit) => {
  const seen: CommunicationItem[] = []
  let cursor: string | null = null
  do {
    const part: List = await read(`?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`)
    expect(part.items.length).toBeLessThanOrEqual(limit)
    seen.push(...part.items)
    cursor = part.next
  } while (cursor !== null && seen.length < 20)
  expect(seen.map(brief)).toEqual(EVERYTHING)
})

test('parts join also where everything happened at one instant', async () => {
  const { db } = database
  const before = await Promise.all([
    db('deliveries').select('id', 'queued_at'),
    db('audiences').select('id', 'created_at'),
  ])
  await db('deliveries').update({ queued_at: day(8) })
  await db('audiences').update({ created_at: day(8) })
  const whole = (await read()).items.map(({ id }) => id)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const part: List = await read(`?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)
    seen.push(...part.items.map(({ id }) => id))
    cursor = part.next
  } while (cursor !== null && seen.length < 20)
  expect(seen).toEqual(whole)
  expect(new Set(seen).size).toBe(7)
  for (const { id, queued_at } of before[0]) await db('deliveries').where({ id }).update({ queued_at })
  for (const { id, created_at } of before[1]) await db('audiences').where({ id }).update({ created_at })
})

test.each([
  ['sent=true', 4],
  ['sent=false', 4],
  ['state=cancelled', 4],
  ['state=sent', 3],
  ['kind=one_off', 7],
  ['kind=loyalty', 0],
  ['channel=sms', 0],
  ['channel=email&sent=false', 4],
])('?%s finds %i', async (query, count) => {
  expect((await read(`?${query}`)).items).toHaveLength(count)
})

describe('the message itself', () => {
  test('is made once more for its customer, and counts nothing', async () => {
    const [first] = (await read()).items
    const { status, body } = await api.call<{ subject: string; html: string; text: string }>(
      'get',
      `/deliveries/${first?.id}/message`,
    )
    expect(status).toBe(200)
    expect(body.subject).toBe('Hello First0')
    expect(body.html).toContain('Dear First0')
    expect(body.html).toContain('https://studio.test/plan?week=1&amp;day=2')
    expect(body.html + body.text).not.toMatch(/\/t\/[oc]\//)
    expect((await read()).items[0]).toMatchObject({ opened_at: null, clicked_at: null })
  })

  test.each([
    ['/deliveries/999/message', 404],
    ['/deliveries/left-out-1/message', 400],
    ['/customers/nobody/communication', 404],
    ['/customers/c0/communication?cursor=x', 400],
    ['/customers/c0/communication?cursor=1.x', 400],
    ['/customers/c0/communication?state=lost', 400],
    ['/customers/c0/communication?sent=maybe', 400],
  ])('%s is refused', async (path, status) => expect((await api.call('get', path)).status).toBe(status))
})

test('who unsubscribes because of a message is counted on it, once', async () => {
  const { db } = database
  const [delivery] = await db('deliveries').orderBy('id').limit(1)
  await insertEvents(db, [{ delivery: delivery.id, type: 'unsubscribed' }], day(9))
  await insertEvents(db, [{ delivery: delivery.id, type: 'unsubscribed' }], day(10))
  expect((await db('deliveries').where({ id: delivery.id }).first('unsubscribed_at')).unsubscribed_at).toEqual(day(9))
})
