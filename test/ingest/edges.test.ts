import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { NOW, send } from './support.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('facts at the edges of time do not stop the segments for others', async () => {
  const { db } = database
  await installStandardSegments(db, NOW)
  await send(db, {
    customers: [{ id: 'edge', joined_at: '9999-11-30T23:59:59.999Z', birthdate: '1000-01-02' }, { id: 'usual' }],
    bookings: [
      { id: 'b1', customer: 'edge', starts_at: '1000-01-02T00:00:00Z', state: 'attended' },
      { id: 'b2', customer: 'edge', starts_at: '9999-11-30T23:59:59.999Z', state: 'attended' },
      { id: 'b3', customer: 'usual', starts_at: '2026-06-10T10:00:00Z', state: 'attended' },
    ],
    memberships: [
      { id: 'm1', customer: 'edge', valid_from: '9999-11-30', valid_to: '9999-11-30', cancelled_at: '9999-11-30' },
      { id: 'm2', customer: 'edge', valid_from: '1000-01-02', valid_to: '1000-01-02', cancelled_at: '1000-01-02' },
      { id: 'm3', customer: 'usual', valid_from: '2026-06-10' },
    ],
  })
  await refreshSegments(db, NOW)
  await refreshSegments(db, new Date('9999-11-30T23:59:59.999Z'))
  const members = await rows(
    db,
    "SELECT s.`key` FROM segment_members m JOIN segments s ON s.id = m.segment_id JOIN customers c ON c.id = m.customer_id WHERE c.external_id = 'usual' ORDER BY 1",
  )
  expect(members).toEqual([{ key: 'active-members' }, { key: 'slipping-away' }])
})

test('what waits counts from its arrival on, for the business and for the provider', async () => {
  const { db } = database
  await send(db, { bookings: [{ id: 'w1', customer: 'w', provider: 'wp', starts_at: '2026-06-10T10:00:00Z' }] })
  await send(db, { customers: [{ id: 'w' }] })
  await refreshSegments(db, NOW)
  const bookings = () =>
    rows(
      db,
      "SELECT r.bookings FROM relationships r JOIN customers c ON c.id = r.customer_id WHERE c.external_id = 'w' AND r.bookings > 0",
    )
  expect(await bookings()).toEqual([])
  await send(db, { providers: [{ id: 'wp', name: 'W' }] })
  await refreshSegments(db, NOW)
  expect(await bookings()).toEqual([{ bookings: 1 }, { bookings: 1 }])
  await send(db, { customers: [{ id: 'w', deleted: true }] })
  await refreshSegments(db, NOW)
  expect(
    await rows(
      db,
      "SELECT 1 FROM segment_members m JOIN customers c ON c.id = m.customer_id WHERE c.external_id = 'w'",
    ),
  ).toEqual([])
})
