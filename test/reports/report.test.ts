import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Delivery } from '../../api/contract/customers.ts'
import type { Report } from '../../api/contract/reports.ts'
import { insertEvents } from '../../domain/deliveries/events.ts'
import { dayOf } from '../../rules/time.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const ZONE = 'Asia/Kolkata'
const STARTED = new Date('2026-06-01T17:10:00Z')
const NOW = new Date('2026-06-09T12:00:00Z')
const HOUR = 3_600_000
const LINKS = ['https://studio.test/plan', 'https://studio.test/plan?a=1', 'https://studio.test/ü']
const DOMAINS = ['gmail.test', 'GMAIL.test', 'web.test']
const LEFT_OUT = ['unsubscribed', 'no_address', 'same_address', 'holdout', null, null, null, null] as const

/** Somebody who was asked for, and what became of that; hours count from the beginning. */
type Person = {
  leftOut: (typeof LEFT_OUT)[number]
  state: 'queued' | 'sending' | 'unconfirmed' | 'sent' | 'delivered' | 'bounced' | 'failed' | 'cancelled'
  variant: 'a' | 'b' | null
  domain: string
  sent: number
  opened: number | null
  clicks: { at: number; link: number; machine: boolean }[]
  machineOpened: boolean
  bounce: 'bad_address' | 'mailbox_full' | null
  wish: 'unsubscribed' | 'complained' | null
  came: number | null
}

const person: fc.Arbitrary<Person> = fc.record({
  leftOut: fc.constantFrom(...LEFT_OUT),
  state: fc.constantFrom('queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'bounced', 'failed', 'cancelled'),
  variant: fc.constantFrom('a', 'b', null),
  domain: fc.constantFrom(...DOMAINS),
  sent: fc.integer({ min: 0, max: 3 }),
  opened: fc.option(fc.integer({ min: 0, max: 120 })),
  clicks: fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 120 }), link: fc.integer({ min: 0, max: 2 }), machine: fc.boolean() }),
    { maxLength: 3 },
  ),
  machineOpened: fc.boolean(),
  bounce: fc.constantFrom('bad_address', 'mailbox_full', null),
  wish: fc.constantFrom('unsubscribed', 'complained', null),
  came: fc.option(fc.integer({ min: -48, max: 400 })),
})

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
  await api.call('put', '/settings', { time_zone: ZONE })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const at = (hours: number) => new Date(STARTED.getTime() + hours * HOUR)
const clicked = (one: Person) => one.clicks.filter(({ machine }) => !machine)

async function populate(people: readonly Person[], holdout = 10): Promise<void> {
  const { db } = database
  for (const table of ['campaigns', 'bookings', 'customers']) await db(table).delete()
  await db('campaigns').insert({
    ...{ id: 1, name: 'M', kind: 'one_off', channel: 'email', state: 'sent', subject: 'S', html: '', text: '' },
    ...{ criteria: '{}', document: '{}', created_at: STARTED, started_at: STARTED, holdout },
  })
  await db('campaign_links').insert(LINKS.map((url, position) => ({ campaign_id: 1, position, url })))
  const leftOut: Record<string, number> = {}
  for (const one of people) if (one.leftOut !== null) leftOut[one.leftOut] = (leftOut[one.leftOut] ?? 0) + 1
  await db('audiences').insert({
    ...{ id: 1, campaign_id: 1, name: 'M', type: 'email', criteria: '{}', created_at: STARTED },
    ...{ total: people.length, left_out: JSON.stringify(leftOut) },
  })
  const base = { known: true, created_at: STARTED, updated_at: STARTED }
  await db('customers').insert(people.map((_, index) => ({ id: index + 1, external_id: `p${index}`, ...base })))
  await db('audience_contacts').insert(
    people.map((one, index) => ({ audience_id: 1, customer_id: index + 1, left_out: one.leftOut })),
  )
  const recipients = people.flatMap((one, index) => (one.leftOut === null ? [{ ...one, id: index + 1 }] : []))
  if (recipients.length > 0) {
    await db('deliveries').insert(
      recipients.map((one) => ({
        ...{ id: one.id, campaign_id: 1, customer_id: one.id, channel: 'email', address: `p${one.id}@${one.domain}` },
        ...{ state: one.state, variant: one.variant, due_at: STARTED, queued_at: STARTED, sent_at: at(one.sent) },
        opened_at: one.opened === null ? null : at(one.opened),
        clicked_at: clicked(one).length === 0 ? null : at(Math.min(...clicked(one).map((click) => click.at))),
        machine_opened_at: one.machineOpened ? STARTED : null,
        bounce_class: one.state === 'bounced' ? one.bounce : null,
        reason:
          one.state === 'bounced'
            ? `550 no <p${one.id}@${one.domain}> here`
            : one.state === 'cancelled'
              ? 'bounced'
              : null,
      })),
    )
    for (const one of recipients) {
      for (const click of one.clicks) {
        await db('delivery_events').insert({
          ...{ delivery_id: one.id, type: 'clicked', at: at(click.at), machine: click.machine ? 'scanner' : null },
          // an event of an older version says the place only
          detail: JSON.stringify(one.id % 2 === 0 ? { url: LINKS[click.link] } : { link: click.link }),
        })
      }
      if (one.wish !== null) await insertEvents(db, [{ delivery: one.id, type: one.wish }], at(5))
    }
  }
  const came = people.flatMap((one, index) => (one.came === null ? [] : [{ index, hours: one.came }]))
  if (came.length === 0) return
  await db('bookings').insert(
    came.map(({ index, hours }) => ({
      ...{ external_id: `b${index}`, customer_id: index + 1, starts_at: at(hours), starts_on: '2026-06-01' },
      ...{
        state: index % 5 === 0 ? 'no_show' : 'attended',
        booked_at: at(hours - 30),
        created_at: STARTED,
        updated_at: STARTED,
      },
    })),
  )
}

/** The same counts by the plainest reading. */
function naive(people: readonly Person[]) {
  const recipients = people.filter(({ leftOut }) => leftOut === null)
  const count = (isMeant: (one: Person) => boolean) => recipients.filter(isMeant).length
  const among = (...states: string[]) => count(({ state }) => states.includes(state))
  const tally = (values: readonly string[]) => {
    const counts: Record<string, number> = {}
    for (const value of values) counts[value] = (counts[value] ?? 0) + 1
    return counts
  }
  const links = LINKS.map((url, link) => ({
    url,
    people: count((one) => clicked(one).some((click) => click.link === link)),
    clicks: recipients.flatMap(clicked).filter((click) => click.link === link).length,
  }))
  return {
    funnel: {
      asked: people.length,
      recipients: recipients.length,
      waiting: among('queued', 'sending'),
      sent: among('sent', 'delivered'),
      delivered: among('delivered'),
      opened: count(({ opened }) => opened !== null),
      clicked: count((one) => clicked(one).length > 0),
      unsubscribed: count(({ wish }) => wish === 'unsubscribed'),
      complained: count(({ wish }) => wish === 'complained'),
      bounced: among('bounced'),
      failed: among('failed'),
      unconfirmed: among('unconfirmed'),
      machines: { opened: count(({ machineOpened, opened }) => machineOpened && opened === null), clicked: 0 },
    },
    leftOut: tally(people.flatMap(({ leftOut }) => leftOut ?? [])),
    links,
    bounces: tally(recipients.flatMap(({ state, bounce }) => (state === 'bounced' ? [bounce ?? 'other'] : []))),
    domains: tally(recipients.map(({ domain }) => domain.toLowerCase())),
    days: (step: 'sent' | 'opened') =>
      tally(
        recipients.flatMap((one) => {
          const hours = one[step]
          return hours === null || at(hours) >= new Date('2026-06-09T18:30:00Z') ? [] : [dayOf(at(hours), ZONE)]
        }),
      ),
  }
}

const byKey = <Item>(items: readonly Item[], keyOf: (item: Item) => string, of: (item: Item) => number) => {
  const sums: Record<string, number> = {}
  for (const item of items) sums[keyOf(item)] = (sums[keyOf(item)] ?? 0) + of(item)
  return sums
}
const read = async (query = '') => (await api.call<Report>('get', `/campaigns/1/report${query}`)).body
const peopleOf = async (query: string) => {
  const { body } = await api.call<{ items: Delivery[]; total: number }>(
    'get',
    `/deliveries?campaign=1&limit=500&${query}`,
  )
  expect(body.items).toHaveLength(body.total)
  return body.total
}

test('random campaigns are counted as by hand, nothing is lost between asked and clicked, and each number has its customers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 25 }), async (people) => {
      await populate(people)
      const report = await read()
      const expected = naive(people)
      const { funnel } = report
      expect(funnel).toMatchObject(expected.funnel)
      const sum = (items: readonly { count: number }[]) => items.reduce((total, { count }) => total + count, 0)
      expect(funnel.asked).toBe(funnel.recipients + sum(funnel.left_out))
      expect(funnel.recipients).toBe(
        funnel.waiting + funnel.unconfirmed + funnel.sent + funnel.bounced + funnel.failed + sum(funnel.cancelled),
      )
      expect(Object.fromEntries(funnel.left_out.map(({ reason, count }) => [reason, count]))).toEqual(expected.leftOut)
      expect([...report.links].sort((a, b) => (a.url < b.url ? -1 : 1))).toEqual(
        [...expected.links].sort((a, b) => (a.url < b.url ? -1 : 1)),
      )
      const bounces = byKey(
        report.bounces,
        (one) => one.class,
        (one) => one.count,
      )
      expect(bounces).toEqual(expected.bounces)
      // addresses differ, the sentence is one
      expect(new Set(report.bounces.map(({ reason }) => reason)).size).toBeLessThanOrEqual(1)
      expect(
        byKey(
          report.domains,
          (one) => one.domain,
          (one) => one.recipients,
        ),
      ).toEqual(expected.domains)
      for (const step of ['sent', 'opened'] as const) {
        const days = report.over_time.days.filter((one) => one[step] > 0)
        expect(
          byKey(
            days,
            (one) => one.day,
            (one) => one[step],
          ),
        ).toEqual(expected.days(step))
      }
      for (const { variant, recipients } of report.variants) {
        expect(recipients).toBe(people.filter((one) => one.leftOut === null && one.variant === variant).length)
        expect(await peopleOf(`variant=${variant}`)).toBe(recipients)
      }
      for (const { url, people } of report.links) expect(await peopleOf(`link=${encodeURIComponent(url)}`)).toBe(people)
      for (const [kind, count] of Object.entries(bounces))
        expect(await peopleOf(`bounce=${kind}&state=bounced`)).toBe(count)
      for (const { domain, recipients } of report.domains) expect(await peopleOf(`domain=${domain}`)).toBe(recipients)
      expect(await peopleOf('wish=unsubscribed')).toBe(funnel.unsubscribed)
      expect(await peopleOf('wish=complained')).toBe(funnel.complained)
    }),
    { numRuns: 25 },
  )
})

test('random campaigns with a holdout compare those drawn to get it with those drawn to get nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('attended' as const, 'booked' as const),
      async (people, days, goal) => {
        await populate(people)
        const { holdout } = await read(`?days=${days}&goal=${goal}`)
        const group = (leftOut: string | null) => {
          const own = people.flatMap((one, index) => (one.leftOut === leftOut ? [{ ...one, index }] : []))
          const did = own.filter(({ came, index }) => {
            if (came === null) return false
            const hours = goal === 'attended' ? came : came - 30
            return hours > 0 && hours <= days * 24 && (goal === 'booked' || index % 5 !== 0)
          })
          return { did: did.length, of: own.length }
        }
        if (group('holdout').of === 0) return expect(holdout).toBeNull()
        expect(holdout).toMatchObject({
          goal,
          days,
          recipients: group(null),
          held_out: group('holdout'),
          verdict: 'too_few',
        })
        expect(holdout?.until).toBe(at(days * 24).toISOString())
      },
    ),
    { numRuns: 25 },
  )
})

describe('one campaign', () => {
  const plain: Person = {
    ...{ leftOut: null, state: 'delivered', variant: null, domain: 'web.test', sent: 0, opened: null, clicks: [] },
    ...{ machineOpened: false, bounce: null, wish: null, came: null },
  }

  test('has hours and days without gaps, in the business’s own calendar', async () => {
    await populate([
      { ...plain, opened: 30 },
      { ...plain, clicks: [{ at: 100, link: 0, machine: false }] },
    ])
    const { hours, days } = (await read()).over_time
    expect(hours).toHaveLength(48)
    expect(hours[0]).toEqual({ at: '2026-06-01T17:00:00.000Z', sent: 2, opened: 0, clicked: 0 })
    expect(hours[30]).toMatchObject({ opened: 1 })
    // 22:40 on 1 June there, so the next day begins an hour and twenty minutes later
    expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 9 }, (_, index) => `2026-06-0${index + 1}`))
    expect(days.find(({ clicked }) => clicked > 0)?.day).toBe('2026-06-06')
  })

  test('that was not sent yet has a report, too', async () => {
    await database.db('campaigns').delete()
    await database.db('campaigns').insert({
      ...{ id: 1, name: 'M', kind: 'one_off', channel: 'email', state: 'scheduled', subject: 'S', html: '', text: '' },
      ...{ criteria: '{}', document: '{}', created_at: STARTED },
    })
    expect(await read()).toMatchObject({ funnel: { asked: 0 }, over_time: { hours: [], days: [] }, holdout: null })
  })

  test('comes as CSV in four languages, the addresses of links no formulas', async () => {
    await populate([plain, { ...plain, state: 'bounced', bounce: 'mailbox_full' }])
    await database.db('campaign_links').insert({ campaign_id: 1, position: 9, url: '=cmd()' })
    for (const [language, head] of [
      ['en', 'Part,Of,What,Number'],
      ['de', 'Teil,Von,Was,Zahl'],
      ['fr', 'Partie,De,Quoi,Nombre'],
      ['it', 'Parte,Di,Cosa,Numero'],
    ]) {
      const reply = await api.call<string>('get', `/campaigns/1/report/export?language=${language}`)
      expect(reply.headers.get('content-type')).toContain('text/csv')
      expect(reply.body.split('\r\n')[0]).toBe(head)
      expect(reply.body).toContain(`,'=cmd(),`)
    }
  })

  test.each([
    ['/campaigns/99/report', 404],
    ['/campaigns/x/report', 400],
    ['/campaigns/1/report?days=0', 400],
    ['/campaigns/1/report?days=91', 400],
    ['/campaigns/1/report?goal=love', 400],
    ['/campaigns/99/report/export', 404],
    ['/deliveries?variant=a', 400],
    ['/deliveries?campaign=1&variant=c', 400],
    ['/deliveries?campaign=1&bounce=%27', 400],
  ])('%s is refused', async (path, status) => {
    expect((await api.call('get', path)).status).toBe(status)
  })
})
