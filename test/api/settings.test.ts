import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import { execute, rows } from '../../domain/database.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { holdTimeZone } from '../../domain/settings/holdTimeZone.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { secret } from '../../domain/settings/secret.ts'
import { dayOf } from '../../rules/time.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const now = new Date('2026-11-25T12:00:00Z')
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => now)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

test('an empty database has defaults, made once', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => readSettings(database.db)))
  for (const settings of all) expect(settings).toMatchObject({ timeZone: 'UTC', currency: 'EUR', language: 'en' })
  expect(await rows(database.db, 'SELECT id FROM settings')).toEqual([{ id: 1 }])
})

test('what is left out stays, null clears, and the answer is how it is then', async () => {
  const changed = await api.call('put', '/settings', {
    name: 'Studio Ä 🌱',
    quiet_hours: { from: '21:00', to: '08:00' },
  })
  expect(changed).toMatchObject({ status: 200, body: { name: 'Studio Ä 🌱', currency: 'EUR' } })
  const cleared = await api.call('put', '/settings', { quiet_hours: null, mail_unknown_consent: true })
  expect(cleared).toMatchObject({ body: { name: 'Studio Ä 🌱', quiet_hours: null, mail_unknown_consent: true } })
  expect((await api.call('get', '/settings')).body).toEqual(cleared.body)
})

test.each(['Mars/Olympus', '', '+02:00', "UTC' OR 1", 'Europe/Berlin\u0000'])(
  'the time zone %j is refused, and nothing else of that call is done',
  async (zone) => {
    const reply = await api.call('put', '/settings', { name: 'Other', time_zone: zone })
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path: '/time_zone' }] } })
    expect((await readSettings(database.db)).name).toBe('Studio Ä 🌱')
  },
)

test('only an admin or a key may change settings', async () => {
  await createFirstAdmin(database.db, now, { email: 'a@x.test', password: 'p' })
  await execute(database.db, "UPDATE users SET role = 'manager'")
  const signedIn = await fetch(`${api.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"email":"a@x.test","password":"p"}',
  })
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const put = await fetch(`${api.url}/api/v1/settings`, {
    method: 'PUT',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{"name":"Mine"}',
  })
  expect(put.status).toBe(403)
})

test('a new time zone moves every stored day, across clock changes, and marks everybody', async () => {
  const { db } = database
  await execute(
    db,
    "INSERT INTO customers (id, external_id, known, joined_at, created_at, updated_at) VALUES (1, 'c', 1, '1979-12-31 23:30:00', NOW(), NOW())",
  )
  // around midnight in New York and Berlin, in summer and winter and on the days of the clock changes
  const instants = [
    '2025-03-30T22:30:00Z',
    '2025-06-01T03:59:59Z',
    '2025-06-01T04:00:00Z',
    '2025-11-02T04:30:00Z',
    '2025-11-03T04:59:59Z',
    '2025-12-31T23:30:00Z',
    '2026-01-01T05:00:00Z',
    '2026-03-08T04:59:00Z',
    '2026-03-09T03:59:00Z',
    '2026-03-29T22:15:00Z',
  ].map((text) => new Date(text))
  for (const [index, at] of instants.entries()) {
    await execute(
      db,
      `INSERT INTO bookings (external_id, customer_id, starts_at, starts_on, state, created_at, updated_at)
       VALUES (?, 1, ?, '2000-01-01', 'booked', NOW(), NOW())`,
      [`b${index}`, at],
    )
    await execute(
      db,
      `INSERT INTO payments (external_id, customer_id, amount, paid_at, paid_on, created_at, updated_at)
       VALUES (?, 1, 5, ?, '2000-01-01', NOW(), NOW())`,
      [`p${index}`, at],
    )
    await execute(
      db,
      `INSERT INTO interactions (external_id, customer_id, direction, at, happened_on, created_at, updated_at)
       VALUES (?, 1, 'inbound', ?, '2000-01-01', NOW(), NOW())`,
      [`i${index}`, at],
    )
  }
  await execute(db, 'INSERT INTO relationships (provider_id, customer_id) VALUES (0, 1)')
  for (const zone of ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia']) {
    expect((await api.call('put', '/settings', { time_zone: zone })).status).toBe(200)
    const expected = instants.map((at) => dayOf(at, zone))
    for (const [table, day] of [
      ['bookings', 'starts_on'],
      ['payments', 'paid_on'],
      ['interactions', 'happened_on'],
    ]) {
      const stored = await rows<{ day: string }>(db, `SELECT ${day} AS day FROM ${table} ORDER BY id`)
      expect([zone, table, stored.map((row) => row.day)]).toEqual([zone, table, expected])
    }
    const [customer] = await rows<{ joined_on: string }>(db, 'SELECT joined_on FROM customers')
    expect(customer?.joined_on).toBe(dayOf(new Date('1979-12-31T23:30:00Z'), zone))
  }
  const dirty = await rows(db, 'SELECT DISTINCT provider_id, customer_id, cause FROM dirty_relationships')
  expect(dirty).toEqual([{ provider_id: 0, customer_id: 1, cause: 'historical' }])
  expect(api.asked).toContainEqual(['wakeSegments'])
})

test('a transaction that writes local days holds the time zone until it ends', async () => {
  const { db } = database
  await execute(db, "UPDATE settings SET time_zone = 'UTC'")
  let changed = false
  const changing = await db.transaction(async (trx) => {
    const zones = [await holdTimeZone(trx), await db.transaction((other) => holdTimeZone(other))]
    expect(zones).toEqual(['UTC', 'UTC'])
    const call = changeSettings(db, { timeZone: 'Asia/Tokyo' }, now).then(() => {
      changed = true
    })
    await sleep(200)
    expect(changed).toBe(false)
    await execute(trx, "UPDATE bookings SET starts_on = DATE(starts_at) WHERE external_id = 'b0'")
    return { call }
  })
  await changing.call
  const [row] = await rows<{ day: string }>(db, "SELECT starts_on AS day FROM bookings WHERE external_id = 'b0'")
  expect(row?.day).toBe('2025-03-31')
})

test('a secret is made once and is the same for all who ask at once', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => secret(database.db, 'links')))
  expect(new Set(made.map((value) => value.toString('hex'))).size).toBe(1)
  expect(made[0]).toHaveLength(32)
  expect((await secret(database.db, 'other')).equals(made[0] ?? Buffer.alloc(0))).toBe(false)
})
