import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const IN_GROUP_AND_THERE = {
  all: [
    { fact: 'customer_group', is: 'one_of', value: ['yoga'] },
    { fact: 'booking_count', states: ['attended'], is: '>=', value: 1 },
  ],
}

type Explanation = { member: boolean; nodes: { path: string; holds: boolean; value: unknown }[] }

let database: TestDatabase
let api: TestApi
let now = new Date('2026-05-01T10:00:00.000Z')
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => now)
  await api.call('put', '/settings', { name: 'Studio', time_zone: 'Europe/Berlin', currency: 'EUR', language: 'en' })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const ingest = async (at: string, body: object) => {
  now = new Date(at)
  expect((await api.call('post', '/ingest', body)).status).toBe(200)
}

const explained = async (query: string) =>
  (await api.call<Explanation>('get', `/segments/yoga/explain?customer=anna${query}`)).body

test('as of a past day it says what was known then, and by whose hand', async () => {
  await ingest('2026-05-01T10:00:00Z', { customers: [{ id: 'anna', customer_group: 'Pilates' }] })
  await ingest('2026-05-04T10:00:00Z', {
    bookings: [{ id: 'b1', customer: 'anna', starts_at: '2026-05-10T10:00:00Z', state: 'booked' }],
  })
  await ingest('2026-05-06T10:00:00Z', { customers: [{ id: 'anna', customer_group: 'Yoga' }] })
  await ingest('2026-05-11T10:00:00Z', { bookings: [{ id: 'b1', state: 'attended' }] })
  await createSegment(database.db, { name: 'Yoga', rule: IN_GROUP_AND_THERE }, 'test', now)
  await recomputeSegment(database.db, 'yoga', now)

  const today = await explained('')
  expect(today).toMatchObject({ member: true, nodes: [{ holds: true }, { value: 'Yoga' }, { holds: true }] })
  const early = await explained('&as_of=2026-05-05T00:00:00Z')
  expect(early).toMatchObject({ member: false, nodes: [{ holds: false }, { value: 'Pilates' }, { holds: false }] })
  const between = await explained('&as_of=2026-05-10T23:00:00Z')
  expect(between).toMatchObject({ member: false, nodes: [{ holds: false }, { value: 'Yoga' }, { holds: false }] })

  now = new Date('2026-05-20T10:00:00Z')
  expect((await api.call('delete', '/segments/yoga/members/anna')).status).toBeLessThan(300)
  now = new Date('2026-05-25T10:00:00Z')
  expect((await api.call('delete', '/segments/yoga/members/anna/override')).status).toBeLessThan(300)
  expect((await explained('')).member).toBe(true)
  expect((await explained('&as_of=2026-05-22T10:00:00Z')).member).toBe(false)
  expect((await explained('&as_of=2026-05-15T10:00:00Z')).member).toBe(true)
})

test('who was deleted is in no past either', async () => {
  await ingest('2026-05-26T10:00:00Z', { customers: [{ id: 'anna', deleted: true }] })
  const preview = { rule: { fact: 'customer_group', is: 'set' }, as_of: '2026-05-08T10:00:00Z' }
  expect((await api.call<{ count: number }>('post', '/rules/preview', preview)).body.count).toBe(0)
})
