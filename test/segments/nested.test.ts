/** Segments that ask for segments: in one pass, in both scopes, whatever is computed meanwhile. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Database, execute, rows } from '../../domain/database.ts'
import { changeSegment } from '../../domain/segments/changeSegment.ts'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { deleteSegment } from '../../domain/segments/deleteSegment.ts'
import { explain } from '../../domain/segments/explain.ts'
import { markDirty } from '../../domain/segments/markDirty.ts'
import { previewRule } from '../../domain/segments/previewRule.ts'
import { recomputeSegment, recomputeSegments } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const booked = { fact: 'booking_count', is: '>=', value: 1 }
const twice = { fact: 'booking_count', is: '>=', value: 2 }
const isIn = (value: string) => ({ fact: 'segment', is: 'in', value })

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())

/** Two customers and two providers, and nothing between them. */
beforeEach(async () => {
  for (const table of ['segments', 'dirty_relationships', 'bookings', 'customers', 'providers']) {
    await execute(db, `DELETE FROM ${table}`)
  }
  await execute(db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  for (const id of [1, 2]) {
    await execute(db, 'INSERT INTO customers (id, external_id, known, created_at, updated_at) VALUES (?, ?, 1, ?, ?)', [
      id,
      `c${id}`,
      NOW,
      NOW,
    ])
    await execute(
      db,
      'INSERT INTO providers (id, external_id, known, name, created_at, updated_at) VALUES (?, ?, 1, ?, ?, ?)',
      [id, `p${id}`, `P${id}`, NOW, NOW],
    )
  }
})

async function book(customer: number, provider: number, startsAt = new Date('2026-06-01T10:00:00Z')): Promise<void> {
  await db.transaction(async (trx) => {
    await execute(
      trx,
      `INSERT INTO bookings (external_id, customer_id, provider_id, starts_at, starts_on, state, created_at, updated_at)
       SELECT CONCAT('b', COUNT(*)), ?, ?, ?, ?, 'attended', ?, ? FROM bookings`,
      [customer, provider, startsAt, startsAt.toISOString().slice(0, 10), NOW, NOW],
    )
    await markDirty(trx, [{ providerId: provider, customerId: customer }], 'event', NOW)
  })
}

async function make(name: string, rule: unknown, scope: 'business' | 'provider' = 'business'): Promise<void> {
  await recomputeSegment(db, await createSegment(db, { name, rule, scope }, 'test', NOW), NOW)
}

const members = async (key: string) =>
  (
    await rows<{ pair: string }>(
      db,
      `SELECT CONCAT('p', m.provider_id, ' c', m.customer_id) AS pair FROM segment_members m
       JOIN segments s ON s.id = m.segment_id WHERE s.\`key\` = ? ORDER BY pair`,
      [key],
    )
  ).map(({ pair }) => pair)
const causes = async (key: string) =>
  (
    await rows<{ cause: string }>(
      db,
      `SELECT t.cause FROM segment_transitions t JOIN segments s ON s.id = t.segment_id
       WHERE s.\`key\` = ? ORDER BY t.id`,
      [key],
    )
  ).map(({ cause }) => cause)

test('a booking goes through three levels and both scopes in one refresh', async () => {
  await make('Twice with one', twice, 'provider')
  await make('Twice with any', isIn('twice-with-one'))
  await make('Ours are theirs', isIn('twice-with-any'), 'provider')
  await make('Nobody else’s', { not: isIn('ours-are-theirs') })
  await book(1, 1)
  await book(1, 1)
  await book(1, 2)
  await book(2, 2)
  await refreshSegments(db, later(1))
  expect(await members('twice-with-one')).toEqual(['p1 c1'])
  expect(await members('twice-with-any')).toEqual(['p0 c1'])
  // who is in a segment of the whole business is in for each provider that they have to do with
  expect(await members('ours-are-theirs')).toEqual(['p1 c1', 'p2 c1'])
  expect(await members('nobody-else-s')).toEqual(['p0 c2'])
  expect(await causes('ours-are-theirs')).toEqual(['event', 'event'])
})

test('time that moves somebody for the whole business moves them for each provider', async () => {
  await make('Recent', { fact: 'last_booking', is: 'within_last', value: { days: 30 } })
  await make('Recent here', isIn('recent'), 'provider')
  await book(1, 1)
  await book(1, 2, new Date('2026-05-20T10:00:00Z'))
  const { nextFlip } = await refreshSegments(db, later(1))
  expect(await members('recent-here')).toEqual(['p1 c1', 'p2 c1'])
  let next = nextFlip
  for (let looks = 0; next !== null && looks < 10; looks += 1) next = (await refreshSegments(db, next)).nextFlip
  expect(await members('recent-here')).toEqual([])
  expect((await causes('recent-here')).slice(2)).toEqual(['time', 'time'])
})

test('another rule of a segment changes those that ask for it, with the cause rule_change', async () => {
  await book(1, 1)
  await book(2, 1)
  await book(2, 1)
  await make('Asked', booked)
  await make('Asking', isIn('asked'))
  await changeSegment(db, 'asked', { rule: twice }, 'test', later(1))
  await recomputeSegment(db, 'asked', later(1))
  await refreshSegments(db, later(2))
  expect(await members('asking')).toEqual(['p0 c2'])
  expect(await causes('asking')).toEqual(['initial', 'initial', 'rule_change'])
})

test('a segment that is computed while what it asks for is refreshed is right at its end', async () => {
  await make('Asked', booked)
  await createSegment(db, { name: 'Asking', rule: isIn('asked') }, 'test', NOW)
  await recomputeSegment(db, 'asking', NOW, async () => {
    await book(1, 1)
    await refreshSegments(db, later(1))
  })
  expect(await members('asking')).toEqual(['p0 c1'])
})

test('a segment that is computed while what it asks for is computed is right with the next refresh', async () => {
  await book(1, 1)
  await make('Asked', { any: [] })
  await createSegment(db, { name: 'Asking', rule: isIn('asked') }, 'test', NOW)
  await changeSegment(db, 'asked', { rule: booked }, 'test', NOW)
  let once = true
  await recomputeSegment(db, 'asking', NOW, async () => {
    if (once) await recomputeSegment(db, 'asked', NOW)
    once = false
  })
  await refreshSegments(db, later(1))
  expect(await members('asking')).toEqual(['p0 c1'])
})

test('segments that are computed together are right together at their end, whatever happened meanwhile', async () => {
  await createSegment(db, { name: 'Asked', rule: booked }, 'test', NOW)
  await createSegment(db, { name: 'Asking', rule: isIn('asked') }, 'test', NOW)
  await recomputeSegments(db, ['asked', 'asking'], NOW, async () => {
    if ((await rows(db, 'SELECT 1 FROM bookings')).length === 0) await book(1, 1)
    await refreshSegments(db, later(1))
  })
  expect(await members('asking')).toEqual(['p0 c1'])
  expect(await causes('asking')).toEqual(['initial'])
})

test('thirty segments that each ask twice for the one before are no more than thirty, at any moment', async () => {
  await book(1, 1)
  await make('S0', booked)
  for (let level = 1; level <= 30; level += 1) {
    const before = isIn(`s${level - 1}`)
    await make(`S${level}`, { any: [before, { not: { not: before } }] })
  }
  expect(await members('s30')).toEqual(['p0 c1'])
  const ahead = await previewRule(db, { rule: isIn('s30'), asOf: later(60) }, NOW)
  expect(ahead.count).toBe(1)
  const explained = await explain(db, 's30', { customer: 'c1' }, NOW)
  expect(explained.member).toBe(true)
})

test('what is asked for cannot be deleted, until nobody asks', async () => {
  await make('Asked', booked)
  await make('Asking', isIn('asked'))
  await expect(deleteSegment(db, 'asked')).rejects.toThrow('“Asked” is asked for by “Asking”')
  await deleteSegment(db, 'asking')
  await deleteSegment(db, 'asked')
  expect(await rows(db, 'SELECT * FROM segments')).toEqual([])
})

test('a provider who goes takes their customers along, and brings them back', async () => {
  await make('Here', booked, 'provider')
  await make('Anywhere', isIn('here'))
  await book(1, 1)
  await refreshSegments(db, later(1))
  for (const [known, expected] of [
    [false, []],
    [true, ['p0 c1']],
  ] as const) {
    await execute(db, 'UPDATE providers SET known = ? WHERE id = 1', [known])
    await markDirty(db, [{ providerId: 1, customerId: 1 }], 'event', later(2))
    await refreshSegments(db, later(2))
    expect(await members('anywhere')).toEqual(expected)
  }
})
