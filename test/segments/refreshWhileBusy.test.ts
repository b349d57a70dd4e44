import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Database, execute, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { attend, isAttended, stopAttending } from '../../domain/segments/attendance.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshWhileBusy } from '../../domain/segments/refreshWhileBusy.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await installStandardSegments(db, new Date())
})
afterAll(() => database.drop())
beforeEach(async () => {
  for (const table of ['dirty_relationships', 'bookings', 'relationships', 'customers']) {
    await execute(db, `DELETE FROM ${table}`)
  }
  await stopAttending(db)
})

const clock = () => new Date()
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

async function book(id: string, startsAt = inDays(5)): Promise<void> {
  const booking = { id, customer: id, starts_at: startsAt.toISOString() }
  const batch = { customers: [{ index: 0, item: { id } }], bookings: [{ index: 0, item: booking }] }
  await ingest(db, batch, clock())
}

const members = async () =>
  (
    await rows<{ id: string }>(
      db,
      `SELECT CONCAT(c.external_id, ' ', s.\`key\`) AS id FROM segment_members m JOIN segments s ON s.id = m.segment_id
       JOIN customers c ON c.id = m.customer_id ORDER BY 1`,
    )
  ).map(({ id }) => id)

test('what comes while it refreshes is seen without anybody being woken', async () => {
  await book('a')
  const refreshing = refreshWhileBusy(db, clock, () => false)
  while (!(await isAttended(db))) await sleep(5)
  await book('b')
  expect(await isAttended(db)).toBe(true)
  await refreshing
  expect(await members()).toEqual(['a new-leads', 'b new-leads'])
  expect(await isAttended(db)).toBe(false)
})

test('of many that wake it only when nobody attends, none is forgotten', async () => {
  let refreshing = Promise.resolve<unknown>(null)
  const ids = Array.from({ length: 60 }, (_, index) => `c${String(index).padStart(2, '0')}`)
  for (const [index, id] of ids.entries()) {
    await book(id)
    if (!(await isAttended(db))) refreshing = refreshing.then(() => refreshWhileBusy(db, clock, () => false))
    // pauses from none to just beyond the one after which it is quiet
    await sleep((index * 37) % 340)
  }
  await refreshing
  expect(await members()).toEqual(ids.map((id) => `${id} new-leads`))
}, 60_000)

test('a booking that is about to begin is waited for', async () => {
  await book('a', new Date(Date.now() + 1_500))
  const next = await refreshWhileBusy(db, clock, () => false)
  expect(await members()).toEqual(['a new-customers'])
  expect(next === null || next.getTime() > Date.now()).toBe(true)
})

test('told to stop, it ends after the refresh in hand, and the next change wakes somebody', async () => {
  await book('a', new Date(Date.now() + 1_500))
  let stopped = false
  const refreshing = refreshWhileBusy(db, clock, () => stopped)
  while (!(await isAttended(db))) await sleep(5)
  stopped = true
  await refreshing
  expect(await members()).toEqual(['a new-leads'])
  expect(await isAttended(db)).toBe(false)
})

test('somebody who attended and died is not relied on for long', async () => {
  await attend(db)
  expect(await isAttended(db)).toBe(true)
  await execute(db, 'UPDATE upkeep_attendance SET attended_until = attended_until - INTERVAL 5 SECOND')
  expect(await isAttended(db)).toBe(false)
})
