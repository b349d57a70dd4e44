import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { AttentionItem, Home } from '../../api/contract/home.ts'
import { execute, rows } from '../../domain/database.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'
import { frozenCampaign } from '../support/sending.ts'

/** Half past one in the night of a Monday in Berlin: yesterday began 25.5 hours ago, and in UTC it is still Sunday. */
const now = new Date('2026-11-30T00:30:00Z')
const YESTERDAY = '2026-11-28T23:00:00.000Z'
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

let database: TestDatabase
let api: TestApi
let clock = now

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  api = await startApi(db, undefined, () => clock)
  await installStandardSegments(db, new Date('2026-10-01T00:00:00Z'))
  await api.call('put', '/settings', { time_zone: 'Europe/Berlin' })
  // what was known before is no news
  clock = new Date('2026-10-01T00:00:00Z')
  await api.call('post', '/ingest', {
    historical: true,
    providers: [
      { id: 'ben', name: 'Ben' },
      { id: 'eva', name: 'Eva' },
    ],
    customers: [{ id: 'old', consents: { email: true }, email: 'old@mail.test' }],
    bookings: [
      { id: 'long-ago', customer: 'old', provider: 'ben', state: 'attended', starts_at: '2026-10-20T10:00:00Z' },
      { id: 'lately', customer: 'old', provider: 'eva', state: 'attended', starts_at: '2026-11-20T10:00:00Z' },
    ],
  })
  await refreshSegments(db, new Date('2026-11-27T10:00:00Z'))
  clock = now
  const made = at(-20)
  await api.call('post', '/ingest', {
    customers: [{ id: 'new' }, { id: 'other' }],
    bookings: [
      // one that came yesterday, one who didn't, one later today, and one that was called off
      { id: 'b1', customer: 'new', provider: 'ben', state: 'attended', starts_at: at(-24), created_at: made },
      { id: 'b2', customer: 'other', provider: 'eva', state: 'no_show', starts_at: at(-2), created_at: made },
      { id: 'b3', customer: 'new', provider: 'ben', state: 'booked', starts_at: at(9), created_at: made },
      { id: 'b4', customer: 'other', provider: 'ben', state: 'cancelled', starts_at: at(90), created_at: at(-400) },
      // tomorrow, made long ago
      { id: 'b5', customer: 'old', provider: 'ben', state: 'booked', starts_at: at(30), created_at: at(-400) },
    ],
  })
  await refreshSegments(db, now)
  for (const [customer, hours, cause] of [
    ['new', -1, 'event'],
    ['other', -30, 'event'],
    ['old', -2, 'rule_change'],
  ] as const) {
    await execute(
      db,
      `INSERT INTO status_changes (customer_id, from_status, to_status, cause, at)
       SELECT id, 'lead', 'customer', ?, ? FROM customers WHERE external_id = ?`,
      [cause, new Date(at(hours)), customer],
    )
  }
}, 60_000)
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const home = async (query = '') => (await api.call<Home>('get', `/home${query}`)).body

describe('what has changed since yesterday', () => {
  test('begins with yesterday in the business’s time zone', async () => {
    expect((await home()).since).toBe(YESTERDAY)
  })

  test('counts customers, bookings and statuses, and names the segments that moved', async () => {
    const { customers, bookings, statuses, segments } = await home()
    expect(customers).toBe(2)
    expect(bookings).toEqual({ made: 3, cancelled: 1, attended: 1, no_show: 1, today: 1 })
    expect(statuses).toEqual([{ from: 'lead', to: 'customer', count: 1 }])
    expect(segments.find(({ id }) => id === 'new-customers')).toMatchObject({ entered: 2, left: 0 })
    expect(segments.map(({ id }) => id)).not.toContain('loyalty-new')
  })

  test('of a provider is what is theirs', async () => {
    const { customers, bookings, statuses, active, visits } = await home('?provider=ben')
    expect(customers).toBe(1)
    expect(bookings).toEqual({ made: 2, cancelled: 1, attended: 1, no_show: 0, today: 1 })
    expect([statuses, active]).toEqual([[], null])
    expect([visits.total, visits.before]).toEqual([1, 1])
  })
})

test('the last four weeks day by day, with the four before', async () => {
  const { visits, active, messages } = await home()
  expect(visits.days).toHaveLength(28)
  expect([visits.days[0]?.day, visits.days.at(-1)?.day]).toEqual(['2026-11-03', '2026-11-30'])
  expect(visits.days.filter(({ attended }) => attended > 0)).toEqual([
    { day: '2026-11-20', attended: 1 },
    { day: '2026-11-29', attended: 1 },
  ])
  expect([visits.total, visits.before]).toEqual([2, 1])
  expect(active?.days.at(-1)).toEqual({ day: '2026-11-30', members: 1 })
  expect(messages).toMatchObject({ sent: 0, returned: 0, opened: 0, clicked: 0 })
})

describe('what needs somebody', () => {
  const attention = async (query = '') =>
    (await api.call<{ items: AttentionItem[] }>('get', `/home/attention${query}`)).body.items

  test('is nothing as long as nothing waits', async () => {
    expect(await attention()).toEqual([])
  })

  test('are messages that nobody can be sure of, faults of our own, mailings that wait, failed or stand still', async () => {
    const { db } = database
    const [unclear = 0, waiting = 0, failed = 0, paused = 0] = [
      await frozenCampaign(db, { customers: ['old'] }, now),
      await frozenCampaign(db, { customers: ['old'] }, now),
      await frozenCampaign(db, { customers: ['old'] }, now),
      await frozenCampaign(db, { customers: ['old'] }, now),
    ]
    const ben = "(SELECT id FROM providers WHERE external_id = 'ben')"
    await execute(db, `UPDATE campaigns SET provider_id = ${ben} WHERE id = ?`, [unclear])
    await execute(db, "UPDATE deliveries SET state = 'unconfirmed' WHERE campaign_id = ?", [unclear])
    await execute(db, "UPDATE campaigns SET state = 'awaiting_approval' WHERE id = ?", [waiting])
    await execute(db, "UPDATE campaigns SET state = 'failed' WHERE id = ?", [failed])
    await execute(db, "UPDATE campaigns SET state = 'paused' WHERE id = ?", [paused])
    const fault = "UPDATE deliveries SET state = 'bounced', bounce_class = ? WHERE campaign_id = ?"
    await execute(db, fault, ['configuration', paused])
    await execute(db, fault, ['bad_address', failed])
    const items = await attention()
    expect(items.map(({ kind, id, count }) => [kind, Number(id), count])).toEqual([
      ['unconfirmed', unclear, 1],
      ['own_fault', paused, 1],
      ['approval', waiting, 1],
      ['failed_mailing', failed, 1],
      ['paused', paused, 1],
    ])
    // a provider hears of their own only
    expect((await attention('?provider=ben')).map(({ id }) => Number(id))).toEqual([unclear])
    const [row] = await rows<{ id: number }>(db, "SELECT id FROM providers WHERE external_id = 'eva'")
    await addPerson(db, 'eva@studio.test', 'provider', row?.id ?? null)
    const asEva = await callAs(api, 'eva@studio.test')
    expect((await asEva('get', '/home/attention')).body).toEqual({ items: [] })
    expect((await asEva('get', '/home?provider=ben')).status).toBe(404)
    expect((await asEva('get', '/home')).body).toMatchObject({ bookings: { no_show: 1, attended: 0 } })
    // what failed and came back long ago is over; what is unclear stays so
    clock = new Date(now.getTime() + 30 * 86_400_000)
    expect((await attention()).map(({ kind }) => kind)).toEqual(['unconfirmed', 'approval', 'paused'])
    clock = now
  })
})

test('mailings are asked for by their states', async () => {
  const list = async (states: string) =>
    (await api.call<{ items: { state: string }[] }>('get', `/campaigns?state=${states}`)).body.items
  expect((await list('paused,failed')).map(({ state }) => state).sort()).toEqual(['failed', 'paused'])
  expect(await list('sent')).toEqual([])
  expect((await api.call('get', '/campaigns?state=gone')).status).toBe(400)
})
