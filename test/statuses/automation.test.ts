import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { createSegment } from '../../domain/segments/createSegment.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { installStatusAutomation } from '../../domain/statuses/installStatusAutomation.ts'
import { readStatusChanges } from '../../domain/statuses/readStatusChanges.ts'
import { recomputeStatuses } from '../../domain/statuses/recomputeStatuses.ts'
import { saveStatusRules } from '../../domain/statuses/saveStatusRules.ts'
import { setByHand } from '../../domain/statuses/setByHand.ts'
import { setStatus } from '../../domain/statuses/setStatus.ts'
import { STANDARD_RULES, type StatusRule } from '../../domain/statuses/standardRules.ts'
import { undoSetting } from '../../domain/statuses/undoSetting.ts'
import { send } from '../ingest/support.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
const at = (iso: string) => new Date(iso)
const NOW = at('2026-11-20T12:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

beforeAll(async () => {
  database = await createTestDatabase()
  // makes the row
  await readSettings(database.db)
  await execute(database.db, "UPDATE settings SET time_zone = 'Europe/Berlin' WHERE id = 1")
})
afterAll(() => database.drop())

const db = () => database.db

beforeEach(async () => {
  for (const table of ['status_automation_versions', 'status_changes', 'status_acts', 'dirty_relationships']) {
    await execute(db(), `DELETE FROM ${table}`)
  }
  await execute(db(), 'DELETE FROM segments')
})

let serial = 0
/** Somebody new with these facts, as one call brings them. */
async function arrive(facts: Record<string, object[]> = {}, now = NOW, historical = false): Promise<string> {
  const id = `s${++serial}`
  const own = Object.fromEntries(
    Object.entries(facts).map(([name, items]) => [
      name,
      items.map((item, index) => ({ id: `${id}-${name}-${index}`, customer: id, ...item })),
    ]),
  )
  await send(db(), { customers: [{ id, first_name: id }], ...own, historical }, now)
  return id
}

const attended = { starts_at: '2026-11-19T10:00:00Z', state: 'attended' }
const statusOf = async (id: string) => {
  const [row] = await rows<{ status: string }>(db(), 'SELECT status FROM customers WHERE external_id = ?', [id])
  return row?.status
}
const changesOf = async (id: string) =>
  rows<{ way: string; cause: string; rule_id: string | null; changed_by: string | null }>(
    db(),
    `SELECT CONCAT(from_status, ' > ', to_status) AS way, s.cause, s.rule_id, s.changed_by
     FROM status_changes s JOIN customers c ON c.id = s.customer_id WHERE c.external_id = ? ORDER BY s.id`,
    [id],
  )
const save = async (
  change: (rules: StatusRule[]) => StatusRule[],
  { enabled = true, anew = false } = {},
  now = NOW,
) => {
  const rules = change(STANDARD_RULES.rules.map((rule) => ({ ...rule })))
  await saveStatusRules(db(), { enabled, rules }, { by: 'ada@studio.test', anew }, now)
  await recomputeStatuses(db(), now)
}
const without = (id: string) => (rules: StatusRule[]) =>
  rules.map((rule) => (rule.id === id ? { ...rule, enabled: false } : rule))

describe('leads become customers', () => {
  test.each([
    ['appointment-attended', { bookings: [attended] }],
    ['event-attended', { bookings: [{ ...attended, service: 'Workshop' }] }],
    ['payment-made', { payments: [{ amount: 1900, paid_at: '2026-11-19T10:00:00Z' }] }],
    ['message-exchanged', { interactions: [{ direction: 'inbound', at: '2026-11-19T10:00:00Z' }] }],
  ])('by %s, unless its rule is switched off', async (rule, facts) => {
    await save((rules) => rules.map((one) => ({ ...one, enabled: one.id === rule })))
    const id = await arrive(facts)
    await refreshSegments(db(), later(1))
    expect(await statusOf(id)).toBe('customer')
    expect(await changesOf(id)).toEqual([{ way: 'lead > customer', cause: 'event', rule_id: rule, changed_by: null }])
    await save((rules) =>
      rules.map((one) => ({ ...one, enabled: one.id !== rule && one.id !== 'appointment-attended' })),
    )
    const other = await arrive(facts)
    await refreshSegments(db(), later(2))
    expect(await statusOf(other)).toBe('lead')
  })

  test('not by a booking that was missed or is yet to come, nor where all of it is switched off', async () => {
    await installStatusAutomation(db(), NOW)
    const missed = await arrive({
      bookings: [{ ...attended, state: 'no_show' }, { starts_at: '2026-12-01T10:00:00Z' }],
    })
    await refreshSegments(db(), later(1))
    expect(await statusOf(missed)).toBe('lead')
    await save((rules) => rules, { enabled: false })
    const id = await arrive({ bookings: [attended] })
    await refreshSegments(db(), later(2))
    expect(await statusOf(id)).toBe('lead')
  })

  test('nobody goes back by what happens, or by a rule that is switched off, unless it is asked for', async () => {
    await installStatusAutomation(db(), NOW)
    const id = await arrive({ bookings: [attended] })
    await refreshSegments(db(), later(1))
    await send(db(), { bookings: [{ id: `${id}-bookings-0`, state: 'cancelled' }] }, later(2))
    await refreshSegments(db(), later(2))
    expect(await statusOf(id)).toBe('customer')
    await save(without('appointment-attended'), {}, later(3))
    expect(await statusOf(id)).toBe('customer')
    await save(without('appointment-attended'), { anew: true }, later(4))
    expect(await changesOf(id)).toMatchObject([{ cause: 'event' }, { way: 'customer > lead', cause: 'rule_change' }])
  })

  test('loaded history and the first computation are no news', async () => {
    const before = await arrive({ bookings: [attended] })
    await refreshSegments(db(), later(1))
    expect(await statusOf(before)).toBe('lead')
    await installStatusAutomation(db(), later(1))
    const loaded = await arrive({ bookings: [attended] }, later(2), true)
    await refreshSegments(db(), later(3))
    expect((await changesOf(before)).map(({ cause }) => cause)).toEqual(['initial'])
    expect((await changesOf(loaded)).map(({ cause }) => cause)).toEqual(['historical'])
  })
})

describe('by hand', () => {
  test('it stays whatever happens, and handed back it is what the rules have made of it meanwhile', async () => {
    await installStatusAutomation(db(), NOW)
    const [lead, vip] = [await arrive(), await arrive()]
    await setByHand(db(), { customers: [lead] }, { status: 'lead', by: 'ada' }, NOW)
    await setByHand(db(), { customers: [vip] }, { status: 'vip', by: 'ada' }, NOW)
    const bookings = [lead, vip].map((customer) => ({ id: `b-${customer}`, customer, ...attended }))
    await send(db(), { bookings }, later(1))
    await refreshSegments(db(), later(1))
    expect([await statusOf(lead), await statusOf(vip)]).toEqual(['lead', 'vip'])
    const back = await setByHand(
      db(),
      { customers: [lead, vip, 'nobody'] },
      { status: 'automatic', by: 'bo' },
      later(2),
    )
    expect(back).toMatchObject({ customers: 2, changed: 2, unknown: ['nobody'] })
    expect([await statusOf(lead), await statusOf(vip)]).toEqual(['customer', 'customer'])
    expect(await changesOf(vip)).toEqual([
      { way: 'lead > vip', cause: 'by_hand', rule_id: null, changed_by: 'ada' },
      { way: 'vip > customer', cause: 'by_hand', rule_id: null, changed_by: 'bo' },
    ])
    await undoSetting(db(), back.act ?? 0, 'bo', later(3))
    expect([await statusOf(lead), await statusOf(vip)]).toEqual(['lead', 'vip'])
  })

  test('twice is once; taking it back leaves alone what was set since', async () => {
    const [one, two] = [await arrive(), await arrive()]
    const whom = { customers: [one, two] }
    expect(await setByHand(db(), whom, { status: 'vip', by: 'ada', dryRun: true }, NOW)).toMatchObject({ changed: 2 })
    const act = await setByHand(db(), whom, { status: 'vip', by: 'ada' }, NOW)
    expect(await setByHand(db(), whom, { status: 'vip', by: 'bo' }, NOW)).toMatchObject({ changed: 0, act: null })
    await setByHand(db(), { customers: [two] }, { status: 'customer', by: 'bo' }, later(1))
    expect(await undoSetting(db(), act.act ?? 0, 'ada', later(2))).toBe(1)
    expect(await undoSetting(db(), act.act ?? 0, 'ada', later(2))).toBe(0)
    expect([await statusOf(one), await statusOf(two)]).toEqual(['lead', 'customer'])
  })

  test('an automation sets statuses, but not where a person has; its hand-back undoes its own only', async () => {
    const [free, held] = [await arrive(), await arrive()]
    await setByHand(db(), { customers: [held] }, { status: 'customer', by: 'ada' }, NOW)
    const picked = {
      sql: 'SELECT id AS customer_id FROM customers WHERE external_id IN (?, ?)',
      bindings: [free, held],
    }
    const set = (status: 'vip' | 'automatic') =>
      db().transaction((trx) => setStatus(trx, picked, { status, by: null, automation: 'birthday' }, NOW))
    expect(await set('vip')).toEqual({ changed: 1, act: null })
    expect([await statusOf(free), await statusOf(held)]).toEqual(['vip', 'customer'])
    const news = await readStatusChanges(db(), 0, 10)
    expect(news.at(-1)).toMatchObject({ from: 'lead', to: 'vip', cause: 'by_hand', automation: 'birthday', rule: null })
    expect(await readStatusChanges(db(), news.at(-1)?.id ?? 0, 10)).toEqual([])
    expect(await set('automatic')).toEqual({ changed: 1, act: null })
    expect([await statusOf(free), await statusOf(held)]).toEqual(['lead', 'customer'])
  })
})

describe('a version makes its way through the customers', () => {
  test('those in front are decided about by it, those behind by the one before, and the rest follows as a rule change', async () => {
    await installStatusAutomation(db(), NOW)
    const [first, second] = [await arrive(), await arrive()]
    const rules = STANDARD_RULES.rules.map((rule) => ({ ...rule, enabled: rule.id === 'payment-made' }))
    await saveStatusRules(db(), { enabled: true, rules }, { by: 'ada', anew: false }, NOW)
    await execute(
      db(),
      'UPDATE status_automation_versions SET computed_to = (SELECT id FROM customers WHERE external_id = ?) WHERE version = 2',
      [first],
    )
    const bookings = [first, second].map((customer) => ({ id: `b-${customer}`, customer, ...attended }))
    await send(db(), { bookings }, later(1))
    await refreshSegments(db(), later(1))
    expect([await statusOf(first), await statusOf(second)]).toEqual(['lead', 'customer'])
    expect(await changesOf(second)).toMatchObject([{ cause: 'event', rule_id: 'appointment-attended' }])
    const payments = [first, second].map((customer) => ({
      id: `p-${customer}`,
      customer,
      amount: 1,
      paid_at: attended.starts_at,
    }))
    await send(db(), { payments }, later(2))
    await refreshSegments(db(), later(2))
    expect(await changesOf(first)).toMatchObject([{ cause: 'event', rule_id: 'payment-made' }])
    await recomputeStatuses(db(), later(3))
    const computed = await rows(db(), 'SELECT version FROM status_automation_versions WHERE computed_at IS NULL')
    expect(computed).toEqual([])
    // nothing is left to do, and it does nothing
    await recomputeStatuses(db(), later(4))
  })

  test('the same rules again make no version', async () => {
    await installStatusAutomation(db(), NOW)
    await saveStatusRules(db(), STANDARD_RULES, { by: 'ada', anew: false }, NOW)
    expect(await rows(db(), 'SELECT version FROM status_automation_versions')).toEqual([{ version: 1 }])
  })
})

describe('segments that ask for the status', () => {
  /** Those of a segment who are among these customers: others, of other tests, have their status by hand. */
  const members = (key: string, ...ids: string[]) =>
    rows<{ id: string; cause: string }>(
      db(),
      `SELECT c.external_id AS id, t.cause FROM segment_members m JOIN segments s ON s.id = m.segment_id
       JOIN customers c ON c.id = m.customer_id
       JOIN segment_transitions t ON t.segment_id = m.segment_id AND t.customer_id = m.customer_id AND t.at = m.since
       WHERE s.\`key\` = ? AND c.external_id IN (?) ORDER BY c.id`,
      [key, ids],
    )
  const vips = { fact: 'status', is: 'one_of', value: ['vip'] }
  /** Whoever came twice in 20 days is VIP; with time the way back. */
  const often = { fact: 'booking_count', states: ['attended'], within: { last: { days: 20 } }, is: '>=', value: 2 }
  const vipRules = (rules: StatusRule[]): StatusRule[] => [
    ...rules,
    { id: 'often', enabled: true, from: 'customer', to: 'vip', rule: often },
    { id: 'no-longer', enabled: true, from: 'vip', to: 'customer', rule: { not: often } },
  ]

  test('of the business and of a provider: in the same refresh, and when time alone changes the status', async () => {
    await save(vipRules)
    await send(db(), { providers: [{ id: 'theo', name: 'Théo' }] }, NOW)
    await createSegment(db(), { id: 'vips', name: 'VIPs', rule: vips }, 'ada', NOW)
    await createSegment(db(), { id: 'own-vips', name: 'Own VIPs', scope: 'provider', rule: vips }, 'ada', NOW)
    for (const key of ['vips', 'own-vips']) await recomputeSegment(db(), key, NOW)
    const id = await arrive({
      bookings: [
        { ...attended, provider: 'theo' },
        { ...attended, provider: 'theo', starts_at: '2026-11-18T10:00:00Z' },
      ],
    })
    await refreshSegments(db(), later(1))
    expect(await changesOf(id)).toEqual([{ way: 'lead > vip', cause: 'event', rule_id: 'often', changed_by: null }])
    expect(await members('vips', id)).toEqual([{ id, cause: 'event' }])
    expect(await members('own-vips', id)).toEqual([{ id, cause: 'event' }])
    // looked at again 20 days after the 18th, at the beginning of the day after
    const [next] = await rows<{ flip_on: string }>(
      db(),
      `SELECT r.flip_on FROM relationships r JOIN customers c ON c.id = r.customer_id
       WHERE r.provider_id = 0 AND c.external_id = ?`,
      [id],
    )
    expect(next).toEqual({ flip_on: '2026-12-09' })
    await refreshSegments(db(), at('2026-12-08T22:59:00Z'))
    expect(await statusOf(id)).toBe('vip')
    await refreshSegments(db(), at('2026-12-08T23:00:00Z'))
    expect((await changesOf(id)).at(-1)).toMatchObject({ way: 'vip > customer', cause: 'time', rule_id: 'no-longer' })
    expect([await members('vips', id), await members('own-vips', id)]).toEqual([[], []])
  })

  test('follow a hand with that cause, and a changed rule as no news', async () => {
    await installStatusAutomation(db(), NOW)
    await createSegment(db(), { id: 'vips', name: 'VIPs', rule: vips }, 'ada', NOW)
    await recomputeSegment(db(), 'vips', NOW)
    const [byHand, byRule] = [await arrive(), await arrive({ bookings: [attended, attended] })]
    await refreshSegments(db(), later(1))
    await setByHand(db(), { customers: [byHand] }, { status: 'vip', by: 'ada' }, later(2))
    await refreshSegments(db(), later(2))
    await save(vipRules, {}, later(3))
    await refreshSegments(db(), later(4))
    expect(await members('vips', byHand, byRule)).toEqual([
      { id: byHand, cause: 'by_hand' },
      { id: byRule, cause: 'rule_change' },
    ])
  })
})
