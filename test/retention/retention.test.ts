import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Erasure } from '../../api/contract/erasures.ts'
import type { Retention, RetentionPreview, RetentionRun } from '../../api/contract/retention.ts'
import { execute, rows } from '../../domain/database.ts'
import { linksOf } from '../../domain/reports/links.ts'
import { eraseSilent } from '../../domain/retention/eraseSilent.ts'
import { removePast } from '../../domain/retention/removePast.ts'
import { finishRun, kindsOfRun, startDueRetention } from '../../domain/retention/runs.ts'
import { silentAfter } from '../../domain/retention/silentCustomers.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { uploadFile } from '../support/uploadFile.ts'

/** The clocks go forward on 29 March 2026: by a period of 6 months, that is the first day that is kept. */
const NIGHT = new Date('2026-09-29T01:00:00Z')
const KEPT = '2026-03-29'
const KEPT_FROM = new Date('2026-03-28T23:00:00Z')
const JUST_BEFORE = new Date(KEPT_FROM.getTime() - 1)
const LONG_AGO = new Date('2025-01-10T12:00:00Z')
const clock = { now: LONG_AGO }

let database: TestDatabase
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => clock.now)
  await api.call('put', '/settings', { time_zone: 'Europe/Zurich', currency: 'CHF' })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const plant = async (table: string, cells: Record<string, unknown>): Promise<number> =>
  ((await database.db(table).insert(cells)) as number[])[0] ?? 0

async function people(...ids: string[]): Promise<Map<string, number>> {
  clock.now = LONG_AGO
  const customers = ids.map((id) => ({
    id,
    first_name: id,
    email: `${id}@mail.test`,
    joined_at: LONG_AGO.toISOString(),
  }))
  expect((await api.call('post', '/ingest', { customers })).status).toBe(200)
  clock.now = NIGHT
  const found = await rows<{ id: number; name: string }>(
    database.db,
    'SELECT id, external_id AS name FROM customers WHERE external_id IN (?)',
    [ids],
  )
  return new Map(found.map(({ id, name }) => [name, id]))
}

const when = (at: Date) => ({ created_at: at, updated_at: at })
let campaign = 0
const message = async (customer: number, cells: Record<string, unknown>) => {
  const one = { kind: 'one_off', channel: 'email', criteria: '{}', document: '{}', created_at: LONG_AGO }
  const news = { name: 'News', subject: 'News', html: 'x', text: 'x', state: 'sent', template_id: 'news' }
  campaign ||= await plant('campaigns', { ...one, ...news })
  const { n } = (await rows<{ n: number }>(database.db, 'SELECT COUNT(*) AS n FROM deliveries'))[0] ?? { n: 0 }
  return plant('deliveries', {
    ...{ campaign_id: campaign, customer_id: customer, channel: 'email', address: `d${customer}@mail.test`, turn: n },
    ...{ state: 'delivered', queued_at: LONG_AGO, due_at: LONG_AGO, sent_at: LONG_AGO, message_id: `m${n}` },
    ...cells,
  })
}

const day = (at: Date) => (at < KEPT_FROM ? '2026-03-28' : KEPT)
let made = 0
const fact = () => `f${++made}`

/** Everything by which somebody was heard of, at an instant. */
const HEARD: Record<string, (customer: number, at: Date) => Promise<unknown>> = {
  booking: (customer_id, at) =>
    plant('bookings', {
      external_id: fact(),
      customer_id,
      starts_at: at,
      starts_on: day(at),
      state: 'cancelled',
      ...when(LONG_AGO),
    }),
  booked: (customer_id, at) =>
    plant('bookings', {
      ...{
        external_id: fact(),
        customer_id,
        starts_at: LONG_AGO,
        starts_on: '2025-01-10',
        state: 'no_show',
        booked_at: at,
      },
      ...when(LONG_AGO),
    }),
  payment: (customer_id, at) =>
    plant('payments', {
      external_id: fact(),
      customer_id,
      amount: 1,
      paid_at: at,
      paid_on: day(at),
      ...when(LONG_AGO),
    }),
  review: (customer_id, at) =>
    plant('reviews', { external_id: fact(), customer_id, rating: 5, reviewed_at: at, ...when(LONG_AGO) }),
  interaction: (customer_id, at) =>
    plant('interactions', {
      external_id: fact(),
      customer_id,
      direction: 'inbound',
      at,
      happened_on: day(at),
      ...when(LONG_AGO),
    }),
  membership: (customer_id, at) =>
    plant('memberships', {
      external_id: fact(),
      customer_id,
      valid_from: '2025-01-01',
      valid_to: day(at),
      ...when(LONG_AGO),
    }),
  event: (customer_id, at) =>
    plant('customer_events', { external_id: fact(), customer_id, name: 'n', at, received_at: at }),
  note: (customer_id, at) =>
    plant('customer_notes', {
      customer_id,
      provider_id: 0,
      text: 'n',
      written_by: 'b',
      created_at: LONG_AGO,
      edited_at: at,
    }),
  answer: (customer_id, at) =>
    plant('survey_answers', { customer_id, survey: 's', answer: 'a', question: 'q', label: 'l', answered_at: at }),
  consent: (customer_id, at) => plant('consents', { customer_id, channel: 'sms', given: 0, at, source: 's' }),
  unsubscription: (customer_id, at) =>
    plant('suppressions', { customer_id, channel: 'email', reason: 'unsubscribed', source: 's', created_at: at }),
  opened: (customer_id, at) => message(customer_id, { opened_at: at }),
  clicked: (customer_id, at) => message(customer_id, { clicked_at: at }),
  // no activity of theirs
  machine: (customer_id) => message(customer_id, { machine_opened_at: NIGHT, sent_at: NIGHT, queued_at: NIGHT }),
}

test('whatever was heard of somebody last: one millisecond before the first day that is kept they go, at its beginning they stay', async () => {
  const { db } = database
  const kinds = Object.keys(HEARD)
  const known = await people(
    ...kinds.flatMap((kind) => [`${kind}-before`, `${kind}-on`]),
    'silent',
    'joined',
    'deleted',
  )
  for (const [kind, plantOne] of Object.entries(HEARD)) {
    await plantOne(known.get(`${kind}-before`) ?? 0, JUST_BEFORE)
    await plantOne(known.get(`${kind}-on`) ?? 0, KEPT_FROM)
  }
  await execute(db, "UPDATE customers SET joined_at = ? WHERE external_id = 'joined'", [KEPT_FROM])
  await HEARD.booking?.(known.get('deleted') ?? 0, NIGHT)
  await execute(db, 'UPDATE bookings SET deleted = 1 WHERE customer_id = ?', [known.get('deleted') ?? 0])
  // their whole history was loaded yesterday
  clock.now = new Date('2026-09-28T12:00:00Z')
  await api.call('post', '/ingest', { customers: [{ id: 'loaded', joined_at: LONG_AGO.toISOString() }] })
  clock.now = NIGHT

  const { silent } = await silentAfter(db, 0, { on: KEPT, at: KEPT_FROM }, { now: NIGHT, today: '2026-09-29' })
  const expected = [...kinds.map((kind) => `${kind}-before`), 'machine-on', 'silent', 'deleted']
  expect(silent.map(({ customer }) => customer).sort()).toEqual(expected.sort())
  expect(silent.filter(({ holds }) => holds.length > 0)).toEqual([])
})

test('a membership without an end, and a booking to come, keep somebody; so does what is still open with them', async () => {
  const { db } = database
  await execute(db, 'UPDATE customers SET known = 0')
  const known = await people('member', 'booked', 'rewarded', 'ledger', 'waiting', 'used', 'free')
  const id = (name: string) => known.get(name) ?? 0
  const provider = await plant('providers', { external_id: 'p', name: 'P', ...when(LONG_AGO) })
  await plant('memberships', {
    external_id: fact(),
    customer_id: id('member'),
    valid_from: '2025-01-01',
    ...when(LONG_AGO),
  })
  await HEARD.booking?.(id('booked'), new Date('2026-12-01T10:00:00Z'))
  const reward = { provider_id: provider, kind: 'voucher', valid_from: '2025-01-01', created_at: LONG_AGO, amount: 1 }
  await plant('rewards', { ...reward, customer_id: id('rewarded'), state: 'active', valid_to: '2026-09-29' })
  await plant('rewards', { ...reward, customer_id: id('free'), state: 'active', valid_to: '2026-09-28' })
  await plant('rewards', { ...reward, customer_id: id('used'), state: 'used', valid_to: '2027-01-01' })
  const entry = {
    kind: 'use',
    provider_id: provider,
    booking_id: 1,
    reward_id: 1,
    price: 1,
    currency: 'CHF',
    created_at: LONG_AGO,
  }
  await plant('ledger_entries', { ...entry, reference: 'a', customer_id: id('ledger'), booked_on: '2026-08-01' })
  await plant('ledger_entries', { ...entry, reference: 'b', customer_id: id('free'), booked_on: '2026-07-31' })
  await message(id('waiting'), { state: 'unconfirmed' })

  clock.now = new Date('2026-09-28T12:00:00Z')
  const { body } = await api.call<RetentionPreview>('post', '/retention/preview', { customers: 6 })
  expect(body).toMatchObject({ at: NIGHT.toISOString() })
  expect(body.items.find(({ kind }) => kind === 'customers')).toEqual({
    ...{ kind: 'customers', before: KEPT, count: 2, more: false },
    customers: {
      a_night: 2_000,
      held: { reward: 1, ledger: 1, delivery: 1 },
      examples: [
        { id: 'free', name: 'free' },
        { id: 'used', name: 'used' },
      ],
    },
  })
  // nothing was saved
  expect((await api.call<Retention>('get', '/retention')).body.periods.customers).toBe(null)
})

/** A night's work, as the workflow does it; its worker is killed after every batch. */
async function work(run: number): Promise<void> {
  for (const kind of await kindsOfRun(database.db, run)) {
    const dies = () => {
      throw new Error('killed')
    }
    for (let tries = 0; tries < 60; tries++) {
      const hasEnded = await removePast(database.db, run, kind, () => clock.now, dies).then(
        () => true,
        (error) => {
          if ((error as Error).message !== 'killed') throw error
          return false
        },
      )
      if (hasEnded) break
    }
  }
  await finishRun(database.db, run, clock.now)
}

test('a night removes what the preview has said, whatever is killed on the way; counts, money and suppressions stay', async () => {
  const { db } = database
  clock.now = LONG_AGO
  await api.call('put', '/suppressions/free', { source: 'desk' })
  clock.now = JUST_BEFORE
  const file = await uploadFile((method, path, body) => api.call(method, path, body).then((reply) => reply.body), {
    name: 'list.csv',
    bytes: Buffer.from('id,email\nx,x@mail.test\n'),
  })
  clock.now = NIGHT
  const reader = (await people('reader')).get('reader') ?? 0
  await HEARD.booking?.(reader, NIGHT)
  const old = await message(reader, { state: 'bounced', reason: '550 no reader here', clicked_at: JUST_BEFORE })
  const recent = await message(reader, { queued_at: KEPT_FROM, clicked_at: KEPT_FROM })
  const clicks = (delivery: number, at: Date, url: string, machine: string | null = null) =>
    plant('delivery_events', { delivery_id: delivery, type: 'clicked', at, detail: JSON.stringify({ url }), machine })
  await clicks(old, JUST_BEFORE, 'https://a.test')
  await clicks(old, JUST_BEFORE, 'https://a.test')
  await clicks(old, JUST_BEFORE, 'https://b.test')
  await clicks(old, KEPT_FROM, 'https://b.test')
  await clicks(old, JUST_BEFORE, 'https://m.test', 'scanner')
  await clicks(recent, KEPT_FROM, 'https://a.test')
  await plant('delivery_events', { delivery_id: old, type: 'opened', at: JUST_BEFORE })
  await plant('delivery_events', {
    delivery_id: old,
    type: 'bounced',
    at: JUST_BEFORE,
    detail: '{"words":"550 no reader"}',
  })
  const hook = { type: 'status.changed', data: '{}' }
  const told = await plant('webhook_events', { ...hook, at: LONG_AGO, distributed: 1 })
  const untold = await plant('webhook_events', { ...hook, at: LONG_AGO })
  const links = await linksOf(db, campaign)
  expect(links.links.find(({ url }) => url === 'https://b.test')).toEqual({
    url: 'https://b.test',
    people: 1,
    clicks: 2,
  })

  const periods = { customers: 6, messages: 6, tracking: 6, audit: 12, imports: 180, webhooks: 7 }
  expect((await api.call<Retention>('put', '/retention', periods)).body.periods).toEqual(periods)
  const { body: preview } = await api.call<RetentionPreview>('post', '/retention/preview', {})
  const foretold = Object.fromEntries(preview.items.map(({ kind, count }) => [kind, count]))
  expect(foretold).toMatchObject({ customers: 2, tracking: 5, imports: 1, webhooks: 1 })

  const begun = await api.call<RetentionRun>('post', '/retention/runs')
  expect(begun).toMatchObject({ status: 202, body: { state: 'running' } })
  expect(await api.call('post', '/retention/runs')).toMatchObject({ status: 409 })
  await work(Number(begun.body.id))
  const { body: list } = await api.call<{ items: RetentionRun[] }>('get', '/retention/runs?limit=1')
  const [run] = list.items
  expect(run).toMatchObject({ state: 'done', finished_at: NIGHT.toISOString() })
  const removed = Object.fromEntries(run?.parts.map((part) => [part.kind, part.removed]) ?? [])
  // to those who were erased first, messages had no address any more
  expect({ ...removed, messages: 0 }).toMatchObject({ ...foretold, messages: 0 })
  expect(run?.parts.map(({ state, error }) => [state, error])).toEqual(run?.parts.map(() => ['done', null]))
  expect(run?.parts.find(({ kind }) => kind === 'customers')?.held).toBe(3)

  // who is erased is unknown from now on; nobody writes to the address, whoever brings it
  expect(await rows(db, "SELECT first_name, known FROM customers WHERE external_id IN ('free', 'used')")).toEqual([
    { first_name: null, known: 0 },
    { first_name: null, known: 0 },
  ])
  expect(await rows(db, "SELECT COUNT(*) AS n FROM ledger_entries WHERE reference = 'b'")).toEqual([{ n: 1 }])
  await api.call('post', '/ingest', { customers: [{ id: 'again', email: 'FREE@mail.test' }] })
  const suppressed = `SELECT s.source FROM suppressions s JOIN customers c ON c.id = s.customer_id WHERE c.external_id = `
  expect(await rows(db, `${suppressed}'again'`)).toEqual([{ source: 'erased before' }])
  expect(await rows(db, `${suppressed}'free'`)).toHaveLength(1)

  const kept = await rows(
    db,
    'SELECT id, address, reason, state, clicked_at FROM deliveries WHERE id IN (?) ORDER BY id',
    [[old, recent]],
  )
  expect(kept).toEqual([
    { id: old, address: '', reason: null, state: 'bounced', clicked_at: JUST_BEFORE },
    { id: recent, address: `d${reader}@mail.test`, reason: null, state: 'delivered', clicked_at: KEPT_FROM },
  ])
  expect(
    await rows(db, "SELECT detail FROM delivery_events WHERE delivery_id = ? AND type <> 'clicked'", [old]),
  ).toEqual([{ detail: null }])
  expect(await linksOf(db, campaign)).toEqual(links)
  expect(await rows(db, 'SELECT id FROM webhook_events WHERE id IN (?)', [[told, untold]])).toEqual([{ id: untold }])
  expect((await api.call('get', `/imports/${file.id}`)).status).toBe(404)
  expect(await rows(db, 'SELECT 1 FROM audit_entries WHERE at < ?', ['2025-09-29'])).toEqual([])
  await expect(execute(db, 'DELETE FROM audit_entries')).rejects.toThrow('only ever added to')
  const figures = await (await fetch(`${api.url}/metrics`)).text()
  expect(figures).toContain('perennial_retention_removed{kind="customers"} 2')
  expect(figures).toContain(`perennial_retention_finished_timestamp_seconds ${NIGHT.getTime() / 1_000}`)
  const { body: trail } = await api.call<{ items: unknown[] }>('get', '/audit?entity=retention&limit=1')
  expect(trail.items).toMatchObject([{ actor: { name: 'retention' }, after: { removed: { customers: 2 } } }])
})

test('what had not come to an end is emptied in the night after it has', async () => {
  const { db } = database
  const state = async () =>
    rows(
      db,
      "SELECT state, address FROM deliveries d JOIN customers c ON c.id = d.customer_id WHERE c.external_id = 'waiting'",
    )
  expect(await state()).toMatchObject([{ state: 'unconfirmed', address: expect.stringContaining('@') }])
  await execute(db, "UPDATE deliveries SET state = 'sent' WHERE state = 'unconfirmed'")
  await api.call('put', '/retention', { customers: null })
  await work(Number((await api.call<RetentionRun>('post', '/retention/runs')).body.id))
  expect(await state()).toEqual([{ state: 'sent', address: '' }])
})

test('no more are erased in one night than can be; the next one goes on', async () => {
  const { db } = database
  const names = ['n1', 'n2', 'n3']
  await people(...names)
  const begin = async () => {
    const run = await plant('retention_runs', { state: 'done', started_at: NIGHT })
    await plant('retention_removals', {
      run_id: run,
      kind: 'customers',
      turn: 0,
      before_at: KEPT_FROM,
      before_on: KEPT,
    })
    const night = { now: NIGHT, today: '2026-09-29' }
    const parts = { run, before: { on: KEPT, at: KEPT_FROM }, night, place: 0, clock: () => NIGHT, onStep: () => {} }
    await eraseSilent(db, parts, 2)
    return rows(db, 'SELECT removed FROM retention_removals WHERE run_id = ?', [run])
  }
  // “waiting” has no open message any more
  expect(await begin()).toEqual([{ removed: 2 }])
  expect(await begin()).toEqual([{ removed: 2 }])
  expect(await begin()).toEqual([{ removed: 0 }])
  const { body } = await api.call<{ items: Erasure[] }>('get', '/erasures?limit=500')
  expect(body.items.filter(({ customer }) => names.includes(customer))).toMatchObject([
    { state: 'done', requested_by: 'retention' },
    { state: 'done', requested_by: 'retention' },
    { state: 'done', requested_by: 'retention' },
  ])
})

test('night comes at three in the business’s own time, also when clocks or the time zone change; two workers begin it once', async () => {
  const { db } = database
  const runs = async () => (await rows<{ n: number }>(db, 'SELECT COUNT(*) AS n FROM retention_runs'))[0]?.n ?? 0
  const begun = await runs()
  clock.now = new Date('2026-10-24T12:00:00Z')
  await api.call('put', '/settings', { time_zone: 'America/New_York' })
  expect((await api.call<Retention>('get', '/retention')).body.next_at).toBe('2026-10-25T07:00:00.000Z')
  await api.call('put', '/settings', { time_zone: 'Europe/Zurich' })
  const night = new Date('2026-10-25T02:00:00Z')
  expect(await startDueRetention(db, new Date(night.getTime() - 1))).toEqual(night)
  expect(await runs()).toBe(begun)
  const next = new Date('2026-10-26T02:00:00Z')
  expect(await Promise.all([1, 2].map(() => startDueRetention(db, night)))).toEqual([next, next])
  expect(await runs()).toBe(begun + 1)
  const asked = "SELECT COUNT(*) AS n FROM workflow_outbox WHERE workflow_type = 'applyRetention' AND created_at = ?"
  expect(await rows(db, asked, [night])).toEqual([{ n: 1 }])
  // a night that has not ended is handed over again, and no second one begun
  await startDueRetention(db, next)
  expect(await runs()).toBe(begun + 1)
  expect(await rows(db, asked, [next])).toEqual([{ n: 1 }])
})

test('what is no period is refused, with what is allowed', async () => {
  const wrong = { customers: 5, messages: 121, tracking: 4.5, webhooks: null, sessions: 3 }
  const refused = await api.call<{ errors: { path: string; message: string }[] }>('put', '/retention', wrong)
  expect(refused.status).toBe(400)
  const places = refused.body.errors.map(({ path }) => path).sort()
  expect(places).toEqual(['/customers', '/messages', '/sessions', '/tracking', '/webhooks'])
})
