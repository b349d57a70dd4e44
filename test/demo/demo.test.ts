import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { fillDemo } from '../../domain/demo/fillDemo.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createDemoDatabase, DEMO_NOW as NOW } from '../support/demoDatabase.ts'

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createDemoDatabase()
  db = database.db
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
  ["campaigns WHERE kind = 'one_off'", 4, 4],
  ["campaigns WHERE kind = 'loyalty'", 7, 7],
  ["campaigns WHERE kind = 'automation'", 6, 16],
  ['loyalty_slots', 7, 7],
  ["rewards WHERE state = 'active'", 300, 1_200],
  ["rewards WHERE state = 'given_back'", 1, 150],
  ['deliveries', 2_000, 4_500],
  ["deliveries WHERE state = 'bounced' AND reason LIKE '550 %'", 3, 60],
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
    // those that were lived through, and the evening before, when the automations were switched on
    expect(days).toHaveLength(22)
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
      `deliveries d JOIN consents k ON k.customer_id = d.customer_id AND k.channel = 'email' AND k.given = 0
        WHERE d.state <> 'cancelled'`,
    ),
  ).toBe(0)
  expect(
    await count(`deliveries d JOIN suppressions s ON s.customer_id = d.customer_id AND s.provider_id = 0
      WHERE d.queued_at > s.created_at AND d.state <> 'cancelled'`),
  ).toBe(0)
})

describe('automations', () => {
  test.each([
    ['some wait', "state = 'active' AND stands = 'waiting'", 50],
    ['some have reached the goal', "state = 'goal'", 50],
    ['some have left', "state = 'exited' AND reason = 'gone'", 1],
    ['some have come to the end', "state = 'finished'", 20],
    ['some were held out', "state = 'held_out'", 10],
  ])('%s', async (_, where, least) => {
    expect(await count(`enrolments WHERE ${where}`)).toBeGreaterThanOrEqual(least)
  })

  test('one failed and says why; of the six of the gallery four are at work', async () => {
    const failed = await rows<{ reason: string }>(db, "SELECT reason FROM enrolments WHERE stands = 'failed'")
    expect(failed).toEqual([{ reason: '554 5.7.1 Message refused: the mailbox takes no automatic mail' }])
    expect(await count("automations WHERE state = 'live'")).toBe(4)
    expect(await count("automations WHERE state = 'draft'")).toBe(2)
  })

  test('somebody has said why they leave, and got what the answer asks for', async () => {
    expect(await count('survey_answers WHERE replaced_at IS NULL')).toBeGreaterThan(1)
    expect(await count("enrolment_steps WHERE step = 'reason'")).toBeGreaterThan(1)
  })

  test('nothing of the past is still to be done: nobody gets a mail because the demo was filled', async () => {
    const now = NOW.toISOString().slice(0, 23).replace('T', ' ')
    expect(await count(`enrolments WHERE state = 'active' AND due_at <= '${now}'`)).toBe(0)
    expect(await count("enrolments WHERE state = 'active' AND stands NOT IN ('waiting', 'failed')")).toBe(0)
    expect(await count('automation_arrivals')).toBe(0)
    const open =
      "deliveries d JOIN campaigns c ON c.id = d.campaign_id WHERE d.state NOT IN ('sent', 'delivered', 'bounced', 'cancelled')"
    expect(await count(`${open} AND c.state <> 'paused'`)).toBe(0)
    expect(await count(open)).toBeGreaterThan(0)
  })

  test('each cohort with somebody inside is left to a workflow, and no other', async () => {
    const waiting = await rows<{ id: string }>(db, 'SELECT workflow_id AS id FROM workflow_outbox')
    const inside = await rows<{ id: string }>(
      db,
      `SELECT DISTINCT CONCAT('lifecycle-', cohort_id) AS id FROM enrolments WHERE state = 'active'
       UNION SELECT CONCAT('campaign-', id) FROM campaigns WHERE state = 'paused'`,
    )
    expect(waiting.map(({ id }) => id).sort()).toEqual(inside.map(({ id }) => id).sort())
  })
})

describe('money', () => {
  test.each(['reserved', 'active', 'used', 'given_back'])('there are rewards that are %s', async (state) => {
    expect(await count(`rewards WHERE state = '${state}'`)).toBeGreaterThan(0)
  })

  test('some rewards are over and were never used', async () => {
    expect(
      await count("rewards WHERE state = 'active' AND valid_to < '2026-11-25' AND minutes_used = 0"),
    ).toBeGreaterThan(10)
  })

  test('the ledger has discounts and loyalty rewards of this month and the last, and sums to zero', async () => {
    const months = await rows<{ kind: string; month: string; providers: number }>(
      db,
      `SELECT kind, LEFT(booked_on, 7) AS month, COUNT(DISTINCT provider_id) AS providers FROM ledger_entries
       GROUP BY kind, month`,
    )
    for (const kind of ['discount', 'loyalty_reward']) {
      for (const month of ['2026-10', '2026-11']) {
        const found = months.find((one) => one.kind === kind && one.month === month)
        expect({ kind, month, providers: found?.providers ?? 0 }).toEqual({
          kind,
          month,
          providers: expect.any(Number),
        })
        expect(found?.providers ?? 0).toBeGreaterThanOrEqual(2)
      }
    }
    expect((await one<{ sum: number }>('SELECT SUM(amount) AS sum FROM ledger_lines')).sum).toBe(0)
    expect(await count('redemptions WHERE standing IS NULL')).toBe(1)
  })

  test('bookings belong to mailings of each kind', async () => {
    const kinds = await rows<{ kind: string }>(
      db,
      'SELECT DISTINCT c.kind FROM attributions a JOIN campaigns c ON c.id = a.campaign_id ORDER BY c.kind',
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['automation', 'loyalty', 'one_off'])
  })
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

/** By which instant of a row it is told whether it had come about before the day of the filling began. */
const SINCE: Readonly<Record<string, string>> = {
  deliveries: 'queued_at',
  enrolments: 'entered_at',
  enrolment_steps: 'left_at',
  rewards: 'created_at',
  redemptions: 'redeemed_at',
  ledger_entries: 'created_at',
  suppressions: 'created_at',
}

const BOOKING = '(SELECT b.external_id FROM bookings b WHERE b.id = booking_id) AS booking'

/** What all facts and mails say, but for what the day itself has brought until the filling. */
async function digest(from: Database): Promise<Record<string, string>> {
  const columns: Record<string, string> = {
    customers:
      'external_id, email, username, first_name, last_name, phone, birthdate, gender, joined_at, attributes, status',
    bookings: 'external_id, customer_id, provider_id, service, starts_at, starts_on, price, state, booked_at',
    memberships: 'external_id, customer_id, type, valid_from, valid_to, cancelled_on',
    payments: 'external_id, customer_id, amount, paid_at',
    reviews: 'external_id, customer_id, rating, booking_external_id',
    deliveries: 'campaign_id, customer_id, address, sent_at',
    enrolments: 'automation_id, customer_id, cause, entered_at',
    enrolment_steps: 'automation_id, enrolment_id, step, left_at, outcome',
    rewards: 'customer_id, provider_id, kind, amount, valid_from, created_at',
    // numbers of our own are left out: a crash has used some up
    redemptions: `${BOOKING}, minutes, discount, redeemed_at`,
    ledger_entries: `${BOOKING}, kind, price, created_at`,
    suppressions: 'customer_id, provider_id, reason, created_at',
    favourites: 'provider_id, customer_id, created_at, created_at AS again',
  }
  const digests: Record<string, string> = {}
  for (const [table, names] of Object.entries(columns)) {
    const before = table in SINCE ? `WHERE ${SINCE[table]} < '2026-11-24 23:00'` : ''
    const found = await rows(from, `SELECT ${names} FROM ${table} ${before} ORDER BY 1, 2, 3, 4`)
    digests[table] = createHash('sha256').update(JSON.stringify(found)).digest('hex')
  }
  return digests
}
