/** Two customers who are one person: what the one has, the other gets; nothing is lost, counted twice, or sent twice. */
import { expect, test } from '@jest/globals'
import type { MergePreview } from '../../api/contract/merges.ts'
import type { TimelineEntry } from '../../api/contract/timeline.ts'
import { execute, rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { eraseCustomer } from '../../domain/erasure/eraseCustomer.ts'
import { MOVES } from '../../domain/merge/tables.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { automationOf } from '../support/automations.ts'
import { mergeBusiness, NOW } from '../support/mergeBusiness.ts'
import { moneyFaults } from '../support/moneyFaults.ts'
import { addPerson, callAs } from '../support/people.ts'
import { attempt, frozenCampaign, recordingChannel } from '../support/sending.ts'

const business = mergeBusiness()
const { idOf, countOf, merge } = business

const booking = (id: string, customer: string) => ({
  ...{ id, customer, provider: 'anna', starts_at: '2026-11-20T10:00:00Z', price: 5_000, minutes: 60 },
  state: 'attended',
})

test('every table that names a customer has its treatment: whoever adds one decides whose its rows are', async () => {
  const tables = await rows<{ name: string }>(
    business.database.db,
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND column_name = 'customer_id' ORDER BY table_name`,
  )
  expect(Object.keys(MOVES).sort()).toEqual(tables.map(({ name }) => name).sort())
})

test('everything of the one who goes is the other’s, and the ledger sums to what it did', async () => {
  const { db } = business.database
  const eva = { first_name: 'Eva', last_name: 'Berg', phone: '+41 79 1', joined_at: '2025-03-01T00:00:00Z' }
  await business.api.call('post', '/ingest', {
    customers: [
      { id: 'e-1', ...eva, email: 'eva@new.test', attributes: { mat: 'blue', size: 38 }, consents: { email: true } },
      { id: 'e-2', ...eva, email: 'eva@old.test', joined_at: '2024-01-01T00:00:00Z', birthdate: '1990-05-06' },
    ],
  })
  const old = { attributes: { mat: 'red', knee: true }, consents: { email: false, sms: true } }
  await business.api.call('post', '/ingest', {
    customers: [{ id: 'e-2', ...old }],
    bookings: [booking('eb-1', 'e-1'), booking('eb-2', 'e-2'), booking('eb-3', 'e-2')],
    payments: [{ id: 'ep-1', customer: 'e-2', amount: 700, paid_at: '2026-11-01T00:00:00Z' }],
    reviews: [{ id: 'er-1', customer: 'e-2', provider: 'anna', rating: 5, created_at: '2026-11-21T00:00:00Z' }],
  })
  await refreshSegments(db, NOW)
  const reward = { provider: 'anna', kind: 'voucher', amount: 1_500, valid_from: '2026-01-01', valid_to: '2027-12-31' }
  for (const customer of ['e-1', 'e-2', 'e-2']) await business.api.call('post', '/rewards', { ...reward, customer })
  expect((await business.api.call('post', '/redemptions', { booking: 'eb-2' })).status).toBe(201)
  await business.api.call('post', '/customers/tag', { customers: ['e-1', 'e-2'], add: ['yoga'] })
  await business.api.call('post', '/customers/tag', { customers: ['e-2'], add: ['sauna'] })
  await business.api.call('post', '/customers/e-2/notes', { text: 'Likes mornings' })
  await business.api.call('post', '/customers/status', { customers: ['e-2'], status: 'vip' })
  await business.api.call('put', '/suppressions/e-2?provider=anna', { source: 'said so' })
  await business.api.call('put', '/segments/active-customers/members/e-2', { decision: 'out' })
  const sums = () => rows(db, 'SELECT account, SUM(amount) AS sum FROM ledger_lines GROUP BY account ORDER BY account')
  const before = await sums()
  const bookings = await rows(db, 'SELECT COUNT(*) AS n, SUM(price) AS sum FROM bookings')

  const twins = await business.api.call<{ items: { id: string; because: string[] }[] }>('get', '/customers/e-1/twins')
  expect(twins.body.items).toMatchObject([{ id: 'e-2', because: ['phone'] }])
  const asked = { other: 'e-2', fields: { birthdate: 'goes', email: 'goes' } }
  const seen = await business.api.call<MergePreview>('post', '/customers/e-1/merge/preview', asked)
  expect(seen.body).toMatchObject({
    suggested: 'e-2',
    status: 'vip',
    counts: { bookings: 2, payments: 1, reviews: 1, rewards: 2, notes: 1, tags: 1, suppressions: 1 },
    attributes: [{ name: 'mat', stays: 'blue', goes: 'red', takes: 'stays' }],
    consents: [
      { channel: 'email', stays: true, goes: false, result: false },
      { channel: 'sms', stays: null, goes: true, result: true },
    ],
  })
  expect(seen.body.fields).toContainEqual({
    ...{ field: 'joined_at', stays: '2025-03-01T00:00:00.000Z', goes: '2024-01-01T00:00:00.000Z', takes: 'goes' },
  })
  expect((await business.api.call('get', '/customers/e-2')).body).toMatchObject({ id: 'e-2' })

  const done = await merge('e-1', 'e-2', asked.fields)
  expect(done).toMatchObject({ status: 200, body: { stays: 'e-1', went: 'e-2', counts: seen.body.counts } })
  // once more says what was done, and does nothing
  expect(await merge('e-1', 'e-2')).toMatchObject({ status: 200, body: done.body })
  await refreshSegments(db, NOW)

  const profile = await business.api.call('get', '/customers/e-2')
  expect(profile.body).toMatchObject({
    ...{ id: 'e-1', email: 'eva@old.test', birthdate: '1990-05-06', bookings: 3, paid: 700, status: 'vip' },
    ...{
      tags: ['sauna', 'yoga'],
      attributes: { mat: 'blue', size: 38, knee: true },
      joined_at: '2024-01-01T00:00:00.000Z',
    },
    consents: { email: { given: false }, sms: { given: true } },
    suppressions: [{ provider: 'anna', reason: expect.any(String) }],
  })
  expect(await sums()).toEqual(before)
  expect(await rows(db, 'SELECT COUNT(*) AS n, SUM(price) AS sum FROM bookings')).toEqual(bookings)
  expect(await moneyFaults(db)).toEqual([])
  const { body: timeline } = await business.api.call<{ items: TimelineEntry[] }>('get', '/customers/e-1/timeline')
  expect(timeline.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['note', 'review', 'payment']))
  const { body: ledger } = await business.api.call<{ items: { customer: { id: string } }[] }>(
    'get',
    '/providers/anna/ledger',
  )
  expect(ledger.items.map(({ customer }) => customer?.id)).toContain('e-1')
  const went = await idOf('e-2')
  const left = await Promise.all(Object.keys(MOVES).map(async (table) => [table, await countOf(table, went)] as const))
  const kept = new Set(['ledger_entries', 'segment_transitions', 'webhook_events', 'dirty_relationships'])
  expect(left.filter(([table, count]) => count > 0 && !kept.has(table)).map(([table]) => table)).toEqual([
    'relationships',
  ])
})

test('a source that knows nothing of it goes on naming both: facts arrive, decisions stand', async () => {
  const { db } = business.database
  const stays = { id: 'e-1', email: 'eva@new.test', attributes: { mat: 'green' }, consents: { sms: true } }
  const goes = { id: 'e-2', email: 'other@x.test', first_name: 'Wrong', consents: { sms: false, email: true } }
  const { status } = await business.api.call('post', '/ingest', {
    customers: [stays, goes],
    bookings: [booking('eb-9', 'e-2')],
  })
  expect(status).toBe(200)
  await refreshSegments(db, NOW)
  const { body } = await business.api.call('get', '/customers/e-1')
  expect(body).toMatchObject({
    // what was decided against is not taken again; what is new is; a withdrawal counts, whoever brings it
    ...{ email: 'eva@old.test', first_name: 'Eva', bookings: 4, attributes: { mat: 'green' } },
    consents: { email: { given: false }, sms: { given: false } },
  })
  await business.api.call('post', '/ingest', { customers: [{ id: 'e-1', email: 'eva@third.test' }] })
  expect((await business.api.call('get', '/customers/e-1')).body).toMatchObject({ email: 'eva@third.test' })
  expect(
    (await business.api.call('post', '/customers/tag', { customers: ['e-1', 'e-2'], add: ['both'] })).body,
  ).toMatchObject({
    customers: 1,
  })
  const event = { id: 'ev-1', customer: 'e-2', name: 'called' }
  expect((await business.api.call('post', '/events', { events: [event] })).body).toMatchObject({ recorded: 1 })
})

test('what can’t become one is refused, with the reason', async () => {
  await business.api.call('post', '/ingest', {
    customers: [{ id: 'r-1' }, { id: 'r-2' }, { id: 'r-3', first_name: 'Rea' }],
  })
  await merge('r-1', 'r-2')
  expect((await merge('r-1', 'r-1')).status).toBe(400)
  expect((await merge('r-1', 'nobody')).status).toBe(404)
  expect(await merge('r-3', 'r-2')).toMatchObject({ status: 409, body: { detail: 'r-2 was merged into r-1 already' } })
  expect((await merge('r-2', 'r-3')).status).toBe(409)
  expect((await merge('r-1', 'r-3', { email: 'both' })).status).toBe(400)
  expect((await business.api.call('post', '/customers/r-1/merge/preview', { other: 'r-2' })).status).toBe(409)
  await business.api.call('post', '/erasures', { customer: 'r-3', name: 'Rea' })
  expect(await merge('r-1', 'r-3')).toMatchObject({ status: 409, body: { detail: 'r-3 is being erased' } })
  await addPerson(business.database.db, 'anna@x.test', 'provider', 1)
  await addPerson(business.database.db, 'reader@x.test', 'read_only')
  for (const who of ['anna@x.test', 'reader@x.test']) {
    const call = await callAs(business.api, who)
    expect((await call('post', '/customers/r-1/merge', { other: 'e-1' })).status).toBeGreaterThanOrEqual(403)
  }
})

test('who went into one who goes leads to the last one at once', async () => {
  await business.api.call('post', '/ingest', { customers: [{ id: 'k-1' }, { id: 'k-2' }, { id: 'k-3' }] })
  await merge('k-2', 'k-1')
  await merge('k-3', 'k-2')
  expect((await business.api.call('get', '/customers/k-1')).body).toMatchObject({ id: 'k-3' })
})

test('in one automation who entered first goes on; a campaign that waits for both goes once, to the address kept', async () => {
  const { db } = business.database
  const consents = { email: true }
  await business.api.call('post', '/ingest', {
    customers: [
      { id: 'a-1', email: 'a1@mail.test', consents },
      { id: 'a-2', email: 'a2@mail.test', consents },
    ],
  })
  const automation = await automationOf(
    db,
    { scope: 'business', when: { on: 'by_hand' }, again: 'each', then: [{ id: 'w', wait: { days: 9 } }] },
    NOW,
    'waits',
  )
  const enrol = {
    version: 1,
    provider_id: 0,
    state: 'active',
    inside: 1,
    step: 'w',
    stands: 'waiting',
    cause: 'by_hand',
  }
  for (const [customer, at] of [
    ['a-1', '2026-11-29T00:00:00Z'],
    ['a-2', '2026-11-28T00:00:00Z'],
  ] as const) {
    const since = new Date(at)
    const who = { automation_id: automation, customer_id: await idOf(customer), since, entered_at: since }
    await db('enrolments').insert({ ...enrol, ...who })
  }
  const campaign = await frozenCampaign(db, { kind: 'one_off', customers: ['a-1', 'a-2'] } as never, NOW)
  const seen = await business.api.call<MergePreview>('post', '/customers/a-1/merge/preview', { other: 'a-2' })
  expect(seen.body).toMatchObject({ automations: [{ automation: 'waits', goes_on: 'goes' }], cancelled_messages: 1 })
  await merge('a-1', 'a-2', { email: 'goes' })
  const sql = 'SELECT customer_id, state, reason FROM enrolments WHERE automation_id = ? ORDER BY entered_at'
  const id = await idOf('a-1')
  expect(await rows(db, sql, [automation])).toEqual([
    { customer_id: id, state: 'active', reason: null },
    { customer_id: id, state: 'exited', reason: 'merged' },
  ])
  await execute(db, "UPDATE campaigns SET state = 'sending' WHERE id = ?", [campaign])
  const { channel, taken } = recordingChannel()
  await deliverDue(
    db,
    campaign,
    attempt(channel, () => NOW),
  )
  expect(taken.map(({ to }) => to)).toEqual(['a2@mail.test'])
  const contacts =
    'SELECT COUNT(*) AS n FROM audience_contacts k JOIN audiences a ON a.id = k.audience_id WHERE a.campaign_id = ?'
  expect(await rows(db, contacts, [campaign])).toEqual([{ n: 2 }])
})

test('erasing the one who stays reaches what came from the other, and the other’s identifier, too', async () => {
  const { db } = business.database
  const traces = async () => {
    const sql = `SELECT (SELECT COUNT(*) FROM audit_entries WHERE after_value LIKE '%zebrine%' OR before_value LIKE '%zebrine%')
      + (SELECT COUNT(*) FROM customer_merges WHERE profile LIKE '%zebrine%' OR refused LIKE '%zebrine%') AS n`
    return (await rows<{ n: number }>(db, sql))[0]?.n
  }
  await business.api.call('post', '/ingest', {
    customers: [
      { id: 'z-1', first_name: 'Zoe' },
      { id: 'z-2', first_name: 'Zoe', email: 'zebrine@mail.test' },
    ],
  })
  await business.api.call('post', '/customers/z-2/notes', { text: 'x' })
  await merge('z-1', 'z-2', { email: 'stays' })
  expect(await traces()).toBeGreaterThan(0)
  const data = await fetch(`${business.api.url}/api/v1/exports/customers/z-2`, {
    headers: { authorization: `Bearer ${business.api.key}` },
  })
  expect(data.status).toBe(200)
  const asked = await business.api.call<{ id: string }>('post', '/erasures', { customer: 'z-2', name: 'Zoe' })
  await eraseCustomer(db, Number(asked.body.id), () => NOW)
  expect(await traces()).toBe(0)
  for (const id of ['z-1', 'z-2']) {
    const again = await business.api.call('post', '/ingest', { customers: [{ id, email: 'zebrine@mail.test' }] })
    expect(again).toMatchObject({ status: 400, body: { errors: [{ path: '/customers/0/id' }] } })
  }
})
