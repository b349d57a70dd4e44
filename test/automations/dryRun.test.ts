import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DryRun } from '../../api/contract/automationPlay.ts'
import { runDryRun } from '../../domain/automations/dryRun/runDryRun.ts'
import { execute } from '../../domain/database.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { installGallery } from '../../domain/templates/gallery/installGallery.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** Noon in Berlin. */
const NOW = new Date('2026-11-30T11:00:00Z')
const daysAgo = (days: number, hour = 17) => {
  const at = new Date(NOW.getTime() - days * 86_400_000)
  at.setUTCHours(hour, 0, 0, 0)
  return at
}

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  api = await startApi(db, undefined, () => NOW, { smtpUrl: 'smtp://127.0.0.1:9' })
  await api.call('put', '/settings', { time_zone: 'Europe/Berlin', currency: 'EUR' })
  await installStandardSegments(db, daysAgo(60))
  await installGallery(db, 'en', NOW)
  const booking = (id: string, customer: string, days: number, more: object = {}) => ({
    id,
    customer,
    provider: 'mara',
    service: 'Yoga',
    starts_at: daysAgo(days).toISOString(),
    created_at: daysAgo(days + 2).toISOString(),
    minutes: 60,
    price: 1800,
    state: 'attended',
    ...more,
  })
  const { body } = await api.call('post', '/ingest', {
    historical: true,
    providers: [{ id: 'mara', name: 'Mara' }],
    customers: ['gone', 'back', 'mute', 'here'].map((id) => ({
      id,
      first_name: id,
      email: `${id}@example.test`,
      birthdate: '1990-11-20',
      joined_at: daysAgo(80).toISOString(),
      ...(id === 'mute' ? {} : { consents: { email: true } }),
    })),
    bookings: [
      booking('b1', 'gone', 40),
      booking('b2', 'back', 40),
      booking('b3', 'mute', 40),
      booking('b4', 'here', 2),
      booking('b5', 'here', 10),
      booking('b6', 'here', 20),
      booking('b7', 'here', 30),
      // three days after slipping away
      booking('b8', 'back', -3, { created_at: daysAgo(22).toISOString(), state: 'booked' }),
    ],
  })
  expect(body).toMatchObject({ errors: [] })
  // consents as of then
  await execute(db, 'UPDATE consents SET at = ?', [daysAgo(80)])
  await refreshSegments(db, NOW)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const MINUTES = { kind: 'free_minutes', minutes: 30, days: 30, provider: 'mara' }
const SLIPPING = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: 'never',
  goal: { on: { on: 'booking_made' } },
  then: [
    { id: 'morning', wait_until: { at: '10:00' } },
    { id: 'mail', send: { channel: 'email', template: 'we-miss-you' } },
    { id: 'week', wait: { days: 7 } },
    {
      id: 'fork',
      branch: [{ if: { fact: 'booking_count', is: '>=', value: 1 }, then: [] }],
      else: [{ id: 'never', end: true }],
    },
    { id: 'gift', send: { channel: 'email', template: 'free-minutes', reward: MINUTES } },
  ],
}

type Ways = {
  items: {
    customer: { id: string }
    entered_at: string
    reason: string | null
    events: { at: string; what: string; step: string | null; way: string | null }[]
  }[]
}

async function replay(definition: object): Promise<{ run: DryRun; ways: Ways['items'] }> {
  const started = await api.call<DryRun>('post', '/automations/dry-run', { definition, days: 60 })
  expect([started.status, started.body]).toMatchObject([201, { state: 'running', progress: 0 }])
  await runDryRun(database.db, Number(started.body.id), () => NOW)
  const { body: run } = await api.call<DryRun>('get', `/dry-runs/${started.body.id}`)
  const { body } = await api.call<Ways>('get', `/dry-runs/${started.body.id}/customers`)
  return { run, ways: body.items }
}

test('a replay says who would have entered, what each would have got and when, and what it would have cost', async () => {
  const { run, ways } = await replay(SLIPPING)
  expect(run).toMatchObject({
    state: 'done',
    progress: 1,
    from: '2026-10-02',
    to: '2026-11-30',
    entered: 3,
    customers: 3,
    inside: 0,
    messages: 3,
    not_sent: 2,
    rewards: 1,
    // thirty of the sixty minutes that cost 18.00
    cost_at_most: 900,
    not_replayed: [],
    error: null,
  })
  expect(run.ends).toEqual([
    { reason: 'finished', count: 2 },
    { reason: 'goal', count: 1 },
  ])
  expect(run.steps).toMatchObject([
    { step: 'morning', arrived: 3 },
    { step: 'mail', arrived: 3 },
    { step: 'week', arrived: 3 },
    { step: 'fork', arrived: 2, ways: { 0: 2 } },
    { step: 'never', arrived: 0 },
    { step: 'gift', arrived: 2 },
  ])
  // come forty days ago, gone fifteen days later
  expect(run.days.filter(({ entered }) => entered > 0)).toMatchObject([{ day: '2026-11-05', entered: 3 }])
  const gone = ways.find(({ customer }) => customer.id === 'gone')
  expect(gone?.events.map(({ at, what, step }) => [at, what, step])).toEqual([
    ['2026-11-04T23:00:00.000Z', 'entered', null],
    ['2026-11-04T23:00:00.000Z', 'waits', 'morning'],
    ['2026-11-05T09:00:00.000Z', 'goes_on', 'morning'],
    ['2026-11-05T09:00:00.000Z', 'sent', 'mail'],
    ['2026-11-05T09:00:00.000Z', 'waits', 'week'],
    ['2026-11-12T09:00:00.000Z', 'goes_on', 'week'],
    ['2026-11-12T09:00:00.000Z', 'way', 'fork'],
    ['2026-11-12T09:00:00.000Z', 'sent', 'gift'],
    ['2026-11-12T09:00:00.000Z', 'gave', 'gift'],
    ['2026-11-12T09:00:00.000Z', 'finished', null],
  ])
  const back = ways.find(({ customer }) => customer.id === 'back')
  expect(back?.events.at(-1)).toMatchObject({ what: 'goal', at: daysAgo(22).toISOString() })
  const mute = ways.find(({ customer }) => customer.id === 'mute')
  expect(mute?.events.filter(({ what }) => what === 'not_sent').length).toBe(2)
})

test('dates and bookings are replayed to the instant', async () => {
  const mail = { id: 'mail', send: { channel: 'email', template: 'birthday' } }
  const birthday = {
    scope: 'business',
    when: { on: 'date', of: 'birthday', days: -1, at: '09:00' },
    again: 'each',
    then: [mail],
  }
  const dates = await replay(birthday)
  expect(dates.run).toMatchObject({ entered: 4, messages: 3, not_sent: 1 })
  expect(new Set(dates.ways.map(({ entered_at }) => entered_at))).toEqual(new Set(['2026-11-19T08:00:00.000Z']))
  const attended = { ...birthday, when: { on: 'booking_attended', services: ['Yoga'] }, again: { after: { days: 15 } } }
  const { ways } = await replay(attended)
  expect(ways.filter(({ customer }) => customer.id === 'here').map(({ entered_at }) => entered_at)).toEqual(
    [30, 10].map((days) => daysAgo(days, 18).toISOString()),
  )
  const other = await replay({ ...attended, when: { on: 'booking_attended', services: ['Pilates'] } })
  expect(other.run).toMatchObject({ entered: 0, messages: 0 })
})

test('who enters a segment meanwhile leaves, or has been waited for, at that instant', async () => {
  const mail = SLIPPING.then[1]
  const waits = {
    ...{ id: 'back', wait_for: { on: 'leaves_segment', segment: 'slipping-away' } },
    ...{ at_most: { days: 30 }, then: [{ id: 'welcome', end: true }], else: [] },
  }
  const { goal: _, ...open } = SLIPPING
  const away = { id: 'again', on: { on: 'enters_segment', segment: 'slipping-away' } }
  const { run, ways } = await replay({
    ...open,
    when: { on: 'booking_attended' },
    unless: [away],
    then: [mail, waits],
  })
  expect(run.not_replayed).toEqual([])
  const of = (id: string) =>
    ways.filter(({ customer }) => customer.id === id).map(({ reason, events }) => [reason, events.at(-1)?.at])
  // a fortnight after the day on which they came, at its beginning
  expect(of('gone')).toEqual([['again', '2026-11-04T23:00:00.000Z']])
})

test('what the past cannot know is said', async () => {
  const { run } = await replay({
    ...SLIPPING,
    then: [
      ...SLIPPING.then.slice(0, 2),
      { id: 'read', wait_for: { on: 'clicked', step: 'mail' }, at_most: { days: 3 }, then: [], else: [] },
      SLIPPING.then[4],
    ],
  })
  expect(run.not_replayed).toEqual(['clicked'])
  expect(run.steps.find(({ step }) => step === 'read')).toMatchObject({ arrived: 3, ways: { else: 3 } })
})

test('a replay of a wrong definition does not begin, and one that runs is cancelled', async () => {
  const wrong = await api.call('post', '/automations/dry-run', { definition: { ...SLIPPING, then: [] } })
  expect(wrong.status).toBe(400)
  const { body } = await api.call<DryRun>('post', '/automations/dry-run', { definition: SLIPPING })
  expect((await api.call('delete', `/dry-runs/${body.id}`)).status).toBe(204)
  await runDryRun(database.db, Number(body.id), () => NOW)
  expect((await api.call<DryRun>('get', `/dry-runs/${body.id}`)).body).toMatchObject({ state: 'cancelled', entered: 0 })
})

test('one customer is walked through with the time skipped', async () => {
  const walk = async (choices: object[] = [], more: object = {}) =>
    (
      await api.call<{
        events: { at: string; what: string; step: string | null; way: string | null }[]
        ended: boolean
        rules: object[]
      }>('post', '/automations/walk', { definition: SLIPPING, customer: 'gone', choices, ...more })
    ).body
  const alone = await walk()
  expect(alone.rules).toEqual([{ path: '/then/3/branch/0/if', holds: true }])
  expect(alone.events.map(({ what }) => what)).toEqual([
    'entered',
    'waits',
    'goes_on',
    'sent',
    'waits',
    'goes_on',
    'way',
    'sent',
    'gave',
    'finished',
  ])
  const books = await walk([{ after_minutes: 3 * 1440, happening: { on: 'booking_made' } }])
  expect(books.events.at(-1)).toMatchObject({ what: 'goal', at: '2026-12-03T11:00:00.000Z' })
  const never = await walk([{ after_minutes: 0, rule_holds: { path: '/then/3/branch/0/if', holds: false } }])
  expect(never.events.slice(-2)).toMatchObject([{ what: 'way', way: 'else' }, { what: 'finished' }])
  const split = {
    ...SLIPPING,
    then: [
      {
        id: 's',
        split: [
          { percent: 50, then: [] },
          { percent: 50, then: [SLIPPING.then[1]] },
        ],
      },
    ],
  }
  for (const way of ['0', '1']) {
    const { events } = await walk([], { definition: split, ways: { s: way } })
    expect(events[1]).toMatchObject({ what: 'way', way })
  }
  const wrong = await api.call<{ errors: object[] }>('post', '/automations/walk', {
    definition: SLIPPING,
    customer: 'gone',
    choices: [{ after_minutes: 5, happening: { on: 'booking_mad' } }],
  })
  expect([wrong.status, wrong.body.errors]).toMatchObject([400, [{ path: '/choices/0/happening/on' }]])
})

test('switching on says who enters, how many on a usual day, when the first messages go and what it costs', async () => {
  const { body } = await api.call('post', '/automations/preview', { definition: SLIPPING })
  expect(body).toMatchObject({
    enters_now: 3,
    inside_now: 0,
    first_messages_at: '2026-12-01T09:00:00.000Z',
    messages_each: { least: 1, most: 2 },
    liability_each: 900,
    others: [],
  })
  const made = await api.call<{ id: string; draft: { revision: number } }>('post', '/automations', {
    name: 'One',
    definition: SLIPPING,
  })
  await api.call('post', `/automations/${made.body.id}/publish`, { revision: made.body.draft.revision })
  const again = await api.call('post', '/automations/preview', { definition: SLIPPING })
  expect(again.body).toMatchObject({ others: [{ id: 'one', name: 'One' }] })
  const birthday = await api.call('post', '/automations/preview', {
    definition: { ...SLIPPING, when: { on: 'date', of: 'birthday', days: 0, at: '09:00' } },
  })
  expect(birthday.body).toMatchObject({ enters_now: null, usual_day: { customers: 4 / 30, days: 30 } })
})
