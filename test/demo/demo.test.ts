import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { fillDemo } from '../../domain/demo/fillDemo.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-11-25T09:30:00Z')

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  expect(await fillDemo(db, NOW)).toBe(true)
}, 240_000)
afterAll(() => database.drop())

const one = async <Row>(sql: string): Promise<Row> => {
  const [row] = await rows<Row>(db, sql)
  if (row === undefined) throw new Error('no row')
  return row
}
const count = async (from: string) => (await one<{ n: number }>(`SELECT COUNT(*) AS n FROM ${from}`)).n

/** Sizes that a demo may have before its lists and lines look odd. */
test.each([
  ['customers', 2_900, 3_100],
  ['providers', 12, 12],
  ['bookings', 57_000, 63_000],
  ['memberships', 800, 1_500],
  ['payments', 25_000, 45_000],
  ['reviews', 2_500, 5_000],
  ['interactions', 2_000, 5_000],
  ['consents', 2_500, 4_500],
  ['customer_tags', 1_000, 3_500],
  ['suppressions', 15, 100],
  ['favourites', 120, 168],
  ['campaigns', 8, 8],
  ["campaigns WHERE kind = 'loyalty'", 4, 4],
  ['loyalty_slots', 4, 4],
  ["rewards WHERE state = 'active'", 100, 800],
  ["rewards WHERE state = 'given_back'", 1, 30],
  ['deliveries', 1_100, 3_500],
  ["deliveries WHERE state = 'bounced' AND reason LIKE '550 %'", 3, 40],
  ["customers WHERE email LIKE '%@bounce.test'", 20, 45],
  ["customers WHERE email LIKE '%@later.test'", 8, 25],
  ["customers WHERE email LIKE '%@late-bounce.test'", 8, 25],
  ["settings WHERE bounce_domain LIKE 'bounces.%.test'", 1, 1],
  ["customers WHERE email NOT LIKE '%.test'", 0, 0],
  ['customers WHERE customer_group IS NULL', 100, 600],
  ['customers WHERE aggregator IS NOT NULL', 800, 1_600],
])('%s: %i to %i', async (from, least, most) => {
  const found = await count(from)
  expect(found).toBeGreaterThanOrEqual(least)
  expect(found).toBeLessThanOrEqual(most)
})

describe('segments', () => {
  test.each([
    ['new-leads', 45, 80],
    ['new-customers', 120, 180],
    ['active-customers', 800, 1_000],
    ['active-members', 520, 680],
    ['terminating-members', 25, 60],
    ['slipping-away', 500, 750],
    ['loyalty-new', 35, 80],
    ['loyalty-top', 400, 650],
    ['loyalty-inactive', 250, 450],
    ['loyalty-loyal', 450, 700],
    ['loyalty-favourites', 120, 168],
  ])('%s has %i to %i members', async (key, least, most) => {
    const members = await count(`segment_members WHERE segment_id = (SELECT id FROM segments WHERE \`key\` = '${key}')`)
    expect(members).toBeGreaterThanOrEqual(least)
    expect(members).toBeLessThanOrEqual(most)
  })

  test('they have moved on each of the last days, and nothing is left to do', async () => {
    const days = await rows<{ day: string }>(
      db,
      "SELECT DISTINCT DATE(at) AS day FROM segment_transitions WHERE cause <> 'initial'",
    )
    expect(days).toHaveLength(14)
    expect(await count('dirty_relationships')).toBe(0)
    const before = await count('segment_transitions')
    await refreshSegments(db, NOW)
    expect(await count('segment_transitions')).toBe(before)
  })

  test('nothing that happened is in the future, and what is ahead is only booked', async () => {
    const now = NOW.toISOString().slice(0, 23).replace('T', ' ')
    expect(await count(`bookings WHERE starts_at > '${now}' AND state IN ('attended', 'no_show')`)).toBe(0)
    expect(await count(`bookings WHERE created_at > '${now}' OR booked_at >= starts_at`)).toBe(0)
    expect(await count(`payments WHERE paid_at > '${now}'`)).toBe(0)
    expect(await count(`delivery_events WHERE at > '${now}'`)).toBe(0)
    expect(await count(`bookings WHERE starts_at > '${now}'`)).toBeGreaterThan(500)
  })
})

test('each delivery agrees with its events, and left out are those who may not be written to', async () => {
  const odd = await count(`deliveries d WHERE (d.opened_at IS NOT NULL) <>
    EXISTS (SELECT 1 FROM delivery_events e WHERE e.delivery_id = d.id AND e.type = 'opened' AND e.at = d.opened_at)`)
  expect(odd).toBe(0)
  expect(
    await count(
      `deliveries d JOIN consents k ON k.customer_id = d.customer_id AND k.channel = 'email' AND k.given = 0`,
    ),
  ).toBe(0)
  expect(
    await count(`deliveries d JOIN suppressions s ON s.customer_id = d.customer_id AND s.provider_id = 0
      WHERE d.queued_at > s.created_at`),
  ).toBe(0)
})

test('a mail to the active customers shows what bounces and what is late', async () => {
  for (const domain of ['bounce.test', 'later.test', 'late-bounce.test']) {
    const mailable = await count(`segment_members m
      JOIN segments s ON s.id = m.segment_id AND s.\`key\` = 'active-customers'
      JOIN customers c ON c.id = m.customer_id AND c.email LIKE '%@${domain}'
      JOIN consents k ON k.customer_id = c.id AND k.channel = 'email' AND k.given = 1
      WHERE NOT EXISTS (SELECT 1 FROM suppressions x WHERE x.customer_id = c.id AND x.provider_id = 0)`)
    expect(mailable).toBeGreaterThan(0)
  }
})

test('a second filling touches nothing', async () => {
  expect(await fillDemo(db, NOW)).toBe(false)
  expect(await count('customers')).toBe(3_000)
})

test('a crash in the middle leaves nothing behind, and the same day gives the same demo at any hour', async () => {
  const other = await createTestDatabase()
  try {
    await other.db.raw('RENAME TABLE reviews TO away')
    await expect(fillDemo(other.db, NOW)).rejects.toThrow(/reviews/)
    for (const table of ['customers', 'providers', 'bookings', 'payments', 'relationships', 'segments', 'campaigns']) {
      expect(await rows(other.db, `SELECT 1 FROM ${table} LIMIT 1`)).toEqual([])
    }
    const [settings] = await rows<{ name: string }>(other.db, 'SELECT name FROM settings')
    expect(settings?.name).not.toBe('Studio Wolkenhof')

    await other.db.raw('RENAME TABLE away TO reviews')
    expect(await fillDemo(other.db, new Date('2026-11-25T20:00:00Z'))).toBe(true)
    expect(await digest(other.db)).toEqual(await digest(db))
  } finally {
    await other.drop()
  }
}, 240_000)

/** What all facts and mails say, but for the instants of the filling itself. */
async function digest(from: Database): Promise<Record<string, string>> {
  const columns: Record<string, string> = {
    customers:
      'external_id, email, username, first_name, last_name, phone, birthdate, gender, joined_at, attributes, status',
    bookings: 'external_id, customer_id, provider_id, service, starts_at, starts_on, price, state, booked_at',
    memberships: 'external_id, customer_id, type, valid_from, valid_to, cancelled_on',
    payments: 'external_id, customer_id, amount, paid_at',
    reviews: 'external_id, customer_id, rating, booking_external_id',
    deliveries: 'id, customer_id, address, state, sent_at, opened_at, clicked_at',
    suppressions: 'customer_id, provider_id, reason, created_at',
    favourites: 'provider_id, customer_id, created_at',
  }
  const digests: Record<string, string> = {}
  for (const [table, names] of Object.entries(columns)) {
    const found = await rows(from, `SELECT ${names} FROM ${table} ORDER BY ${names.split(',')[0]}, 2, 3`)
    digests[table] = createHash('sha256').update(JSON.stringify(found)).digest('hex')
  }
  return digests
}
