import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { installStatusAutomation } from '../../domain/statuses/installStatusAutomation.ts'
import { down, up } from '../../migrations/20261201050000_status_automation.ts'
import { send } from '../ingest/support.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('customers who are there keep what they are, and the rules that come decide about the others', async () => {
  const { db } = database
  const came = { starts_at: '2026-11-19T10:00:00Z', state: 'attended' }
  await send(
    db,
    {
      customers: ['lead', 'came', 'customer', 'vip-by-hand'].map((id) => ({ id, first_name: id })),
      bookings: ['came', 'vip-by-hand'].map((customer) => ({ id: `b-${customer}`, customer, ...came })),
    },
    NOW,
  )
  await down(db)
  await execute(db, "UPDATE customers SET status = 'customer' WHERE external_id = 'customer'")
  await execute(db, "UPDATE customers SET status = 'vip', status_by_hand = TRUE WHERE external_id = 'vip-by-hand'")
  await up(db)
  await installStatusAutomation(db, NOW)
  await refreshSegments(db, NOW)
  const found = await rows(
    db,
    `SELECT external_id AS id, status, automatic_status AS automatic, status_by_hand AS hand, status_set_at IS NOT NULL AS dated
     FROM customers ORDER BY id`,
  )
  expect(found).toEqual([
    { id: 'came', status: 'customer', automatic: 'customer', hand: 0, dated: 0 },
    { id: 'customer', status: 'customer', automatic: 'customer', hand: 0, dated: 0 },
    { id: 'lead', status: 'lead', automatic: 'lead', hand: 0, dated: 0 },
    { id: 'vip-by-hand', status: 'vip', automatic: 'customer', hand: 1, dated: 1 },
  ])
  expect(await rows(db, 'SELECT to_status, cause FROM status_changes')).toEqual([
    { to_status: 'customer', cause: 'initial' },
  ])
})
