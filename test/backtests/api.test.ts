import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runBacktest } from '../../domain/backtests/runBacktest.ts'
import { type Database, execute } from '../../domain/database.ts'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { type Reply, startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-15T10:00:00.000Z')
const RECENT = { fact: 'last_booking', is: 'within_last', value: { days: 7 } }

type Day = { day: string; members: number; entered: number; left: number }
type Backtest = { id: string; state: string; progress: number; from: string; to: string; days: Day[] }
type Forecast = {
  id: string
  state: string
  progress: number
  days: { day: string; members: number; enters: number; leaves: number }[]
  customers: { customer: { id: string }; enters: boolean; day: string; at: string }[]
  next: string | null
}

let database: TestDatabase
let db: Database
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  api = await startApi(db, undefined, () => NOW)
  await api.call('put', '/settings', { name: 'Studio', time_zone: 'Europe/Berlin', currency: 'EUR', language: 'en' })
  await api.call('post', '/ingest', {
    customers: [
      { id: 'anna', first_name: 'Anna' },
      { id: 'ben', first_name: 'Ben' },
      { id: 'cleo', first_name: 'Cleo' },
    ],
    bookings: [
      { id: 'b1', customer: 'anna', starts_at: '2026-06-03T10:00:00Z', state: 'attended' },
      { id: 'b2', customer: 'ben', starts_at: '2026-06-12T10:00:00Z', state: 'attended' },
      { id: 'b3', customer: 'cleo', starts_at: '2026-06-18T10:00:00Z', state: 'booked' },
    ],
  })
  await createSegment(db, { name: 'Recent', rule: RECENT }, 'test', NOW)
  await recomputeSegment(db, 'recent', NOW)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

/** A backtest that has been played. */
async function played(body: object): Promise<Backtest> {
  const started: Reply<Backtest> = await api.call('post', '/rules/backtest', body)
  expect(started).toMatchObject({ status: 201, body: { state: 'running', progress: 0, days: [] } })
  await runBacktest(db, Number(started.body.id), () => NOW)
  const { body: done } = await api.call<Backtest>('get', `/backtests/${started.body.id}`)
  expect(done).toMatchObject({ state: 'done', progress: 1 })
  return done
}

test('a rule over the last days: who would have come and gone on each', async () => {
  const { id, from, to, days } = await played({ rule: RECENT, days: 20 })
  expect([from, to, days.length]).toEqual(['2026-05-27', '2026-06-15', 20])
  expect(days.filter(({ entered, left }) => entered + left > 0)).toEqual([
    { day: '2026-06-03', members: 1, entered: 1, left: 0 },
    { day: '2026-06-11', members: 0, entered: 0, left: 1 },
    { day: '2026-06-12', members: 1, entered: 1, left: 0 },
  ])
  const list = (query: string) =>
    api.call<{ items: unknown[]; next: string | null }>('get', `/backtests/${id}/changes${query}`)
  const anna = { customer: { id: 'anna', name: 'Anna' }, provider: null }
  expect((await list('?day=2026-06-03')).body.items).toEqual([
    { ...anna, entered: true, day: '2026-06-03', at: '2026-06-03T21:59:59.999Z' },
  ])
  expect((await list('?entered=false')).body.items).toMatchObject([{ ...anna, entered: false, day: '2026-06-11' }])
  const first = await list('?limit=2')
  expect(first.body.items).toHaveLength(2)
  expect((await list(`?limit=2&cursor=${first.body.next}`)).body).toMatchObject({
    items: [{ day: '2026-06-12' }],
    next: null,
  })
})

test('what cannot be played is refused with the path, and what is not there is not found', async () => {
  expect(await api.call('post', '/rules/backtest', { rule: { fact: 'last_boking', is: 'set' } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/rule/fact' }] },
  })
  expect(await api.call('post', '/rules/backtest', { rule: RECENT, days: 91 })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/days' }] },
  })
  expect(await api.call('post', '/rules/backtest', { rule: RECENT, provider: 'p1' })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/provider' }] },
  })
  for (const path of ['/backtests/99999', '/backtests/99999/changes']) {
    expect((await api.call('get', path)).status).toBe(404)
  }
})

test('one that is cancelled stays as far as it has come', async () => {
  const { body } = await api.call<Backtest>('post', '/rules/backtest', { rule: RECENT, days: 10 })
  let looks = 0
  await runBacktest(
    db,
    Number(body.id),
    () => NOW,
    async () => {
      looks += 1
      if (looks === 4) expect((await api.call('delete', `/backtests/${body.id}`)).status).toBe(204)
    },
  )
  const { body: after } = await api.call<Backtest>('get', `/backtests/${body.id}`)
  expect(after).toMatchObject({ state: 'cancelled', days: [{}, {}, {}] })
  expect(after.progress).toBeGreaterThan(0)
  expect(after.progress).toBeLessThan(1)
  // again, and of what has ended, it changes nothing
  expect((await api.call('delete', `/backtests/${body.id}`)).status).toBe(204)
  await runBacktest(db, Number(body.id), () => NOW)
  expect((await api.call<Backtest>('get', `/backtests/${body.id}`)).body.days).toHaveLength(3)
})

test('the forecast of a segment: who comes and goes when, if nothing happens', async () => {
  const forecast = await api.call<Forecast>('get', '/segments/recent/forecast?days=14')
  expect(forecast.status).toBe(200)
  const { state, days, customers, next } = forecast.body
  expect([state, days.length, next]).toEqual(['done', 15, null])
  expect(customers.map(({ customer, enters, at }) => [customer.id, enters, at])).toEqual([
    ['cleo', true, '2026-06-18T10:00:00.000Z'],
    ['ben', false, '2026-06-19T22:00:00.000Z'],
    ['cleo', false, '2026-06-25T22:00:00.000Z'],
  ])
  expect(days[3]).toEqual({ day: '2026-06-18', members: 2, enters: 1, leaves: 0 })
  const first = await api.call<Forecast>('get', '/segments/recent/forecast?limit=1')
  const second = await api.call<Forecast>('get', `/segments/recent/forecast?limit=1&cursor=${first.body.next}`)
  expect(second.body.customers.map(({ customer }) => customer.id)).toEqual(['ben'])
  expect(second.body.id).toBe(first.body.id)
})

test('who was put in by hand does not leave by the rule, who was taken out does not enter', async () => {
  for (const [customer, isIn] of [
    ['ben', true],
    ['cleo', false],
  ] as const) {
    await execute(
      db,
      `INSERT INTO segment_overrides (segment_id, provider_id, customer_id, is_in, decided_at)
       SELECT s.id, 0, c.id, ?, ? FROM segments s JOIN customers c ON c.external_id = ? WHERE s.\`key\` = 'recent'`,
      [isIn, NOW, customer],
    )
  }
  const { body } = await api.call<Forecast>('get', '/segments/recent/forecast')
  expect(body.customers).toEqual([])
  expect(new Set(body.days.map(({ members }) => members))).toEqual(new Set([1]))
})

test('for a large business the forecast is begun: 202 with how far it is, and the same one when asked again', async () => {
  await execute(
    db,
    'INSERT INTO customers (id, external_id, known, created_at, updated_at) VALUES (6000, ?, 1, ?, ?)',
    ['far', NOW, NOW],
  )
  const first = await api.call<Forecast>('get', '/segments/recent/forecast?days=7')
  expect(first).toMatchObject({ status: 202, body: { state: 'running', progress: 0, days: [], customers: [] } })
  expect(api.asked.at(-1)).toEqual(['dispatchOutbox'])
  await runBacktest(db, Number(first.body.id), () => NOW)
  const again = await api.call<Forecast>('get', '/segments/recent/forecast?days=7')
  expect(again).toMatchObject({ status: 200, body: { id: first.body.id, state: 'done' } })
  expect(again.body.days).toHaveLength(8)
})
