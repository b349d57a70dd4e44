import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Delivery } from '../../api/contract/customers.ts'
import type { Report } from '../../api/contract/reports.ts'
import { dayOf } from '../../rules/time.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { at, clicked, LINKS, NOW, type Person, person, populate, ZONE } from '../support/reportedCampaign.ts'

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
      await populate(database.db, people)
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
        await populate(database.db, people)
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
