import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { markDirty } from '../../domain/segments/markDirty.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
const at = (text: string) => new Date(text)

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  await execute(
    db,
    `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
     VALUES (1, 'Studio', 'Europe/Berlin', 'EUR', 'en', 'Studio', 'a@b.test', UTC_TIMESTAMP(3))`,
  )
  await execute(
    db,
    `INSERT INTO customers (id, external_id, known, created_at, updated_at)
     VALUES (1, 'anna', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)), (2, 'bert', 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
  )
})
afterAll(() => database.drop())

async function book(
  customer: number,
  startsAt: string,
  day: string,
  now: string,
  cause: 'event' | 'historical' = 'event',
) {
  await execute(
    database.db,
    `INSERT INTO bookings (external_id, customer_id, starts_at, starts_on, state, created_at, updated_at)
     VALUES (?, ?, ?, ?, 'attended', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
    [`${customer} ${startsAt}`, customer, at(startsAt), day],
  )
  await markDirty(database.db, [{ providerId: 0, customerId: customer }], cause, at(now))
}

const segmentsOf = async (customer: number) =>
  (
    await rows<{ key: string }>(
      database.db,
      'SELECT s.`key` FROM segment_members m JOIN segments s ON s.id = m.segment_id WHERE m.customer_id = ? ORDER BY s.id',
      [customer],
    )
  ).map(({ key }) => key)

test('time alone moves a customer from segment to segment, each time at the promised instant', async () => {
  const { db } = database
  await installStandardSegments(db, at('2026-01-01T12:00:00Z'))
  await book(1, '2026-02-10T17:00:00Z', '2026-02-10', '2026-01-01T12:00:00Z')
  await book(2, '2026-01-02T17:00:00Z', '2026-01-02', '2026-01-01T12:00:00Z')
  const first = await refreshSegments(db, at('2026-01-01T12:00:00Z'))
  expect(await segmentsOf(1)).toEqual([])
  const expected = [
    ['2026-01-10T23:00:00.000Z', ['new-leads']],
    ['2026-02-10T17:00:00.000Z', ['new-customers']],
    ['2026-02-24T23:00:00.000Z', ['new-customers', 'slipping-away']],
    ['2026-03-12T23:00:00.000Z', ['slipping-away']],
  ] as const
  let next = first
  for (const [instant, segments] of expected) {
    expect(next.nextFlip?.toISOString()).toBe(instant)
    next = await refreshSegments(db, at(instant))
    expect(await segmentsOf(1)).toEqual(segments)
  }
  expect(next.nextFlip).toBeNull()
  const causes = await rows<{ cause: string }>(db, 'SELECT DISTINCT cause FROM segment_transitions')
  expect(causes).toEqual([{ cause: 'time' }])
  expect(await segmentsOf(2)).toEqual([])
})
