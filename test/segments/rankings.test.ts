/** Places among all customers: kept as numbers, right whatever moved them. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Database, execute, rows } from '../../domain/database.ts'
import { changeSegment } from '../../domain/segments/changeSegment.ts'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { drawUpRankings } from '../../domain/segments/drawUpRankings.ts'
import { type DirtyCause, markDirty } from '../../domain/segments/markDirty.ts'
import { momentIn } from '../../domain/segments/moment.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const DAY = 86_400_000
const NOW = new Date('2026-06-10T10:00:00.000Z')
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY)
const dayOf = (at: Date) => at.toISOString().slice(0, 10)

const month = { last: { days: 30 } }
const topBooked = (value: number) => ({ fact: 'rank', by: 'booking_count', within: month, is: 'top', value })

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

/** Five customers and one provider; nobody has booked anything. */
beforeEach(async () => {
  const tables = ['segments', 'rankings', 'dirty_relationships', 'bookings', 'payments', 'customers', 'providers']
  for (const table of tables) await execute(db, `DELETE FROM ${table}`)
  await execute(db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  await execute(
    db,
    `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
     VALUES (1, 'Studio', 'UTC', 'EUR', 'en', 'Studio', 'a@b.test', ?) ON DUPLICATE KEY UPDATE time_zone = 'UTC'`,
    [NOW],
  )
  await execute(
    db,
    "INSERT INTO providers (id, external_id, known, name, created_at, updated_at) VALUES (1, 'p', 1, 'P', ?, ?)",
    [NOW, NOW],
  )
  for (const id of [1, 2, 3, 4, 5]) {
    await execute(db, 'INSERT INTO customers (id, external_id, known, created_at, updated_at) VALUES (?, ?, 1, ?, ?)', [
      id,
      `c${id}`,
      NOW,
      NOW,
    ])
  }
})

/** Bookings of a customer with the provider, some days from now. */
async function book(customer: number, days: readonly number[], cause: DirtyCause = 'event', now = NOW): Promise<void> {
  await db.transaction(async (trx) => {
    for (const day of days) {
      const at = inDays(day)
      await execute(
        trx,
        `INSERT INTO bookings (external_id, customer_id, provider_id, starts_at, starts_on, state, created_at, updated_at)
         SELECT CONCAT('b', COUNT(*)), ?, 1, ?, ?, 'attended', ?, ? FROM bookings`,
        [customer, at, dayOf(at), now, now],
      )
    }
    await markDirty(trx, [{ providerId: 1, customerId: customer }], cause, now)
  })
}

async function make(name: string, rule: unknown, scope: 'business' | 'provider' = 'business'): Promise<string> {
  const key = await createSegment(db, { name, rule, scope }, 'test', NOW)
  await recomputeSegment(db, key, NOW)
  return key
}

const members = async (key: string) =>
  (
    await rows<{ id: number }>(
      db,
      `SELECT m.customer_id AS id FROM segment_members m JOIN segments s ON s.id = m.segment_id
       WHERE s.\`key\` = ? ORDER BY m.customer_id`,
      [key],
    )
  ).map(({ id }) => id)
const changes = async (key: string) =>
  (
    await rows<{ id: number; entered: number; cause: string }>(
      db,
      `SELECT t.customer_id AS id, t.entered, t.cause FROM segment_transitions t JOIN segments s ON s.id = t.segment_id
       WHERE s.\`key\` = ? AND t.cause <> 'initial' ORDER BY t.customer_id, t.id`,
      [key],
    )
  ).map(({ id, entered, cause }) => `${entered ? '+' : '-'}${id} ${cause}`)

test.each(['business', 'provider'] as const)(
  'in scope %s equals share a place, and nothing has none',
  async (scope) => {
    await book(1, [-1, -2])
    await book(2, [-1])
    await book(3, [-1])
    const first = await make('First', topBooked(1), scope)
    const second = await make('Second', topBooked(2), scope)
    const hundred = await make('Hundred', topBooked(100), scope)
    expect([await members(first), await members(second), await members(hundred)]).toEqual([[1], [1, 2, 3], [1, 2, 3]])
    await book(4, [-1, -2, -3])
    await refreshSegments(db, NOW)
    expect([await members(first), await members(second), await members(hundred)]).toEqual([[4], [1, 4], [1, 2, 3, 4]])
    expect(await changes(second)).toEqual(['-2 event', '-3 event', '+4 event'])
  },
)

test('whom others overtake leaves for their reason, but is moved by time for its own', async () => {
  const fresh = { fact: 'last_booking', is: 'within_last', value: { days: 2 } }
  await book(1, [-1])
  const first = await make('First', topBooked(1))
  const recent = await make('Recent', fresh)
  await book(2, [-1, -3], 'historical')
  // both at once: somebody's history overtakes the first, whose booking is three days old by now
  await refreshSegments(db, inDays(2))
  expect(await changes(first)).toEqual(['-1 historical', '+2 historical'])
  expect(await changes(recent)).toEqual(['-1 time'])
})

test('a provider’s segment follows a place that somebody else has taken in the whole business', async () => {
  await book(1, [-1])
  await make('First', topBooked(1))
  const theirs = await make('Theirs', { fact: 'segment', is: 'in', value: 'first' }, 'provider')
  expect(await members(theirs)).toEqual([1])
  await book(2, [-1, -2])
  await refreshSegments(db, NOW)
  expect(await members(theirs)).toEqual([2])
})

test('whoever is overtaken when their own time has come as well is brought up to date', async () => {
  // the first one's next booking begins when the second one's counts; the rollup of both must move on
  await book(1, [-1, 1])
  await book(2, [-2, -3, 1])
  const first = await make('First', { all: [topBooked(1), { fact: 'next_booking', is: 'not_set' }] })
  const { nextFlip } = await refreshSegments(db, inDays(1))
  expect(await members(first)).toEqual([2])
  expect(nextFlip?.getTime()).toBeGreaterThan(inDays(1).getTime())
})

test('a ranking that was out of use for a while is right when it is asked for again', async () => {
  await book(1, [-25, -26])
  await book(2, [-1])
  const key = await make('First', topBooked(1))
  expect(await members(key)).toEqual([1])
  await changeSegment(db, key, { rule: { any: [] } }, 'test', NOW)
  await recomputeSegment(db, key, NOW)
  // the first one's bookings leave the window while nobody asks
  await refreshSegments(db, inDays(10))
  await changeSegment(db, key, { rule: topBooked(1) }, 'test', inDays(10))
  await recomputeSegment(db, key, inDays(10))
  expect(await members(key)).toEqual([2])
})

test('a segment that is recalculated by hand finds the places of that moment', async () => {
  await book(1, [-25, -26])
  await book(2, [-1])
  const key = await createSegment(
    db,
    { name: 'First', rule: topBooked(1), recalculation: { mode: 'by_hand' } },
    'test',
    NOW,
  )
  await recomputeSegment(db, key, NOW)
  expect(await members(key)).toEqual([1])
  await refreshSegments(db, inDays(10))
  expect(await members(key)).toEqual([1])
  await recomputeSegment(db, key, inDays(10))
  expect(await members(key)).toEqual([2])
})

test('a recompute that died after it had drawn up the ranking leaves none behind that grows stale', async () => {
  await book(1, [-25, -26])
  await book(2, [-1])
  const key = await createSegment(db, { name: 'First', rule: topBooked(1) }, 'test', NOW)
  const dies = recomputeSegment(db, key, NOW, () => {
    throw new Error('killed')
  })
  await expect(dies).rejects.toThrow('killed')
  await refreshSegments(db, inDays(10))
  await recomputeSegment(db, key, inDays(10))
  expect(await members(key)).toEqual([2])
})

test('numbers are never those of a moment before the last refresh', async () => {
  await book(1, [-25, -26])
  await make('Any', { fact: 'booking_count', within: month, is: '>', value: 0 })
  await refreshSegments(db, inDays(10))
  await createSegment(db, { name: 'First', rule: topBooked(1) }, 'test', NOW)
  await execute(
    db,
    `INSERT INTO segment_recomputations (segment_id, version, started_at) SELECT id, 1, ? FROM segments WHERE \`key\` = 'first'`,
    [NOW],
  )
  // a recompute that began before that refresh
  await drawUpRankings(db, momentIn('UTC', NOW))
  expect(await rows(db, 'SELECT * FROM rank_values')).toEqual([])
})

test('when more is due than one batch takes, nobody loses a place between batches', async () => {
  await execute(
    db,
    `INSERT INTO customers (id, external_id, known, created_at, updated_at)
     SELECT n, CONCAT('c', n), 1, ?, ? FROM (
       SELECT 10 + a.id + 5 * b.id + 25 * c.id + 125 * d.id + 625 * e.id + 3125 * f.id AS n
       FROM customers a JOIN customers b JOIN customers c JOIN customers d JOIN customers e
         JOIN (SELECT 0 AS id UNION SELECT 1) f
     ) numbered`,
    [NOW, NOW],
  )
  const [early, late] = [inDays(-20), inDays(-1)]
  const pay = (customers: string, amount: number, at: Date) =>
    execute(
      db,
      `INSERT INTO payments (external_id, customer_id, amount, paid_at, paid_on, created_at, updated_at)
       SELECT CONCAT(external_id, ?), id, ?, ?, ?, ?, ? FROM customers WHERE ${customers}`,
      [`.${amount}`, amount, at, dayOf(at), NOW, NOW],
    )
  // at one midnight the last one loses all, and the first one what was paid back
  await pay('id = 1', 1000, late)
  await pay('id = 1', -900, early)
  await pay('id = 2', 500, late)
  await pay('id > 10', 1, early)
  await execute(db, 'UPDATE payments SET amount = 5000 WHERE customer_id > 10 ORDER BY customer_id DESC LIMIT 1')
  await execute(
    db,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at) SELECT 0, id, 'event', ? FROM customers`,
    [NOW],
  )
  const key = await make('Second', { fact: 'rank', by: 'payment_total', within: month, is: 'top', value: 2 })
  const [last] = await rows<{ id: number; count: number }>(db, 'SELECT MAX(id) AS id, COUNT(*) AS count FROM customers')
  expect(last?.count).toBeGreaterThan(5_000)
  expect(await members(key)).toEqual([2, last?.id])
  await refreshSegments(db, inDays(15))
  expect(await members(key)).toEqual([1, 2])
  expect(await changes(key)).toEqual(['+1 time', `-${last?.id} time`])
}, 300_000)
