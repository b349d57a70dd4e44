import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Database, execute, rows } from '../../domain/database.ts'
import { changeSegment } from '../../domain/segments/changeSegment.ts'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { type DirtyCause, markDirty } from '../../domain/segments/markDirty.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const booked = { fact: 'booking_count', is: '>=', value: 1 }
const twice = { fact: 'booking_count', is: '>=', value: 2 }

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

/** Three customers: the first has one booking, the second two, the third none. */
beforeEach(async () => {
  for (const table of ['segments', 'dirty_relationships', 'bookings', 'customers'])
    await execute(db, `DELETE FROM ${table}`)
  await execute(db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  await execute(
    db,
    `INSERT INTO customers (id, external_id, known, created_at, updated_at)
     VALUES (1, 'one', 1, ?, ?), (2, 'two', 1, ?, ?), (3, 'three', 1, ?, ?)`,
    Array<Date>(6).fill(NOW),
  )
  await book(1, 'event')
  await book(2, 'event')
  await book(2, 'event')
  await createSegment(db, { name: 'Booked', rule: booked }, 'test', NOW)
  await recomputeSegment(db, 'booked', NOW)
})

async function book(customer: number, cause: DirtyCause): Promise<void> {
  await db.transaction(async (trx) => {
    await execute(
      trx,
      `INSERT INTO bookings (external_id, customer_id, starts_at, starts_on, state, created_at, updated_at)
       SELECT CONCAT('b', COUNT(*)), ?, ?, '2026-06-01', 'attended', ?, ? FROM bookings`,
      [customer, new Date('2026-06-01T10:00:00Z'), NOW, NOW],
    )
    await markDirty(trx, [{ providerId: 0, customerId: customer }], cause, NOW)
  })
}

const members = async () =>
  (await rows<{ id: number }>(db, 'SELECT customer_id AS id FROM segment_members ORDER BY customer_id')).map(
    ({ id }) => id,
  )
const transitions = async () =>
  (
    await rows<{ customer_id: number; entered: number; cause: string }>(
      db,
      'SELECT * FROM segment_transitions ORDER BY id',
    )
  ).map(({ customer_id, entered, cause }) => `${entered ? '+' : '-'}${customer_id} ${cause}`)

test('the first members come with the cause initial, those of a changed rule with rule_change', async () => {
  expect(await members()).toEqual([1, 2])
  expect(await transitions()).toEqual(['+1 initial', '+2 initial'])
  await changeSegment(db, 'booked', { rule: twice }, 'test', NOW)
  await recomputeSegment(db, 'booked', NOW)
  expect(await members()).toEqual([2])
  expect((await transitions()).slice(2)).toEqual(['-1 rule_change'])
})

test('until a recompute has ended the old members stand and live on by the old rule', async () => {
  await changeSegment(db, 'booked', { rule: twice }, 'test', NOW)
  await recomputeSegment(db, 'booked', NOW, async () => {
    expect(await members()).toEqual([1, 2])
    // both are evaluated already when this happens: one will enter by the new rule, three by the old one only
    await book(1, 'event')
    await book(3, 'event')
    await refreshSegments(db, later(1))
    expect(await members()).toEqual([1, 2, 3])
  })
  expect(await members()).toEqual([1, 2])
  expect((await transitions()).slice(2)).toEqual(['+3 event', '-3 rule_change'])
})

test('time that passes while a recompute runs is not lost', async () => {
  const fresh = { fact: 'last_booking', is: 'within_last', value: { days: 9 } }
  await changeSegment(db, 'booked', { rule: fresh }, 'test', NOW)
  const midnight = new Date('2026-06-11T00:00:00.000Z')
  await recomputeSegment(db, 'booked', NOW, async () => {
    await refreshSegments(db, midnight)
  })
  expect(await members()).toEqual([])
})

test('a recompute that dies in the middle changes nothing; the next one does it all', async () => {
  await changeSegment(db, 'booked', { rule: twice }, 'test', NOW)
  const dies = recomputeSegment(db, 'booked', NOW, () => {
    throw new Error('killed')
  })
  await expect(dies).rejects.toThrow('killed')
  expect(await members()).toEqual([1, 2])
  expect(await transitions()).toHaveLength(2)
  await book(3, 'event')
  await refreshSegments(db, later(1))
  expect(await members()).toEqual([1, 2, 3])
  await recomputeSegment(db, 'booked', later(2))
  expect(await members()).toEqual([2])
  for (const table of ['segment_recomputations', 'segment_changes', 'segment_touched', 'refresh_scope']) {
    expect(await rows(db, `SELECT * FROM ${table}`)).toEqual([])
  }
})

test('a recompute whose place a later one has taken changes nothing', async () => {
  await changeSegment(db, 'booked', { rule: { any: [] } }, 'test', NOW)
  await recomputeSegment(db, 'booked', NOW, async () => {
    await changeSegment(db, 'booked', { rule: twice }, 'test', NOW)
    await recomputeSegment(db, 'booked', later(1))
    expect(await members()).toEqual([2])
  })
  expect(await members()).toEqual([2])
})

test('a segment that is deleted while it is recomputed is gone', async () => {
  await recomputeSegment(db, 'booked', NOW, async () => {
    await execute(db, 'DELETE FROM segments')
  })
  expect(await members()).toEqual([])
})

test('two refreshes at once do the work once', async () => {
  for (let index = 0; index < 5; index += 1) await book(3, 'event')
  await Promise.all([1, 2, 3].map(() => refreshSegments(db, later(1))))
  expect(await members()).toEqual([1, 2, 3])
  expect(await transitions()).toEqual(['+1 initial', '+2 initial', '+3 event'])
})

test('history is not news, unless something happened as well', async () => {
  await book(3, 'historical')
  await refreshSegments(db, later(1))
  expect((await transitions()).slice(2)).toEqual(['+3 historical'])
  await execute(db, 'UPDATE bookings SET deleted = 1 WHERE customer_id IN (1, 3)')
  await markDirty(
    db,
    [
      { providerId: 0, customerId: 1 },
      { providerId: 0, customerId: 3 },
    ],
    'historical',
    NOW,
  )
  await markDirty(db, [{ providerId: 0, customerId: 3 }], 'event', NOW)
  await refreshSegments(db, later(2))
  expect((await transitions()).slice(3)).toEqual(['-1 historical', '-3 event'])
})

test('who was put in or taken out by hand stays so, until not known any more', async () => {
  for (const [customer, isIn] of [
    [3, true],
    [2, false],
  ] as const) {
    await execute(
      db,
      `INSERT INTO segment_overrides (segment_id, provider_id, customer_id, is_in, decided_at)
       SELECT id, 0, ?, ?, ? FROM segments`,
      [customer, isIn, NOW],
    )
  }
  await markDirty(db, [{ providerId: 0, customerId: 3 }], 'event', NOW)
  await refreshSegments(db, later(1))
  await recomputeSegment(db, 'booked', later(2))
  expect(await members()).toEqual([1, 3])
  await execute(db, 'UPDATE customers SET known = 0 WHERE id IN (1, 3)')
  await markDirty(
    db,
    [
      { providerId: 0, customerId: 1 },
      { providerId: 0, customerId: 3 },
    ],
    'event',
    NOW,
  )
  await refreshSegments(db, later(3))
  expect(await members()).toEqual([])
})

test('many large segments are more than one statement holds, and live all the same', async () => {
  const rule = (from: number) => ({
    any: Array.from({ length: 190 }, (_, index) => ({
      fact: 'booking_count',
      within: { last: { days: 30 } },
      is: '>=',
      value: from + index,
    })),
  })
  for (let index = 1; index <= 4; index += 1) {
    await createSegment(db, { name: `Large ${index}`, rule: rule(index) }, 'test', NOW)
    await recomputeSegment(db, `large-${index}`, NOW)
  }
  await book(1, 'event')
  await refreshSegments(db, later(1))
  const sizes = async () =>
    (
      await rows<{ key: string; count: number }>(
        db,
        `SELECT s.\`key\`, COUNT(m.customer_id) AS count FROM segments s
         LEFT JOIN segment_members m ON m.segment_id = s.id GROUP BY s.id ORDER BY s.id`,
      )
    ).map(({ count }) => count)
  expect(await sizes()).toEqual([2, 2, 2, 0, 0])
  // the window is left 31 days after the bookings
  let { nextFlip } = await refreshSegments(db, later(2))
  for (let looks = 0; nextFlip !== null && looks < 10; looks += 1) ({ nextFlip } = await refreshSegments(db, nextFlip))
  expect(nextFlip).toBeNull()
  expect(await sizes()).toEqual([2, 0, 0, 0, 0])
}, 120_000)
