import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CustomerSummary } from '../../api/contract/customers.ts'
import type { Flows, SizeOverTime, Transition } from '../../api/contract/segmentHistory.ts'
import type { Member, Segment } from '../../api/contract/segments.ts'
import { STUDIO } from '../../domain/demo/studio.ts'
import { addDays, dayOf, startOfDay } from '../../rules/time.ts'
import { startApi, type TestApi } from '../support/api.ts'
import type { TestDatabase } from '../support/database.ts'
import { createDemoDatabase, DEMO_NOW as NOW } from '../support/demoDatabase.ts'

const TODAY = dayOf(NOW, STUDIO.timeZone)
const STUDIO_SEGMENTS = ['new-leads', 'new-customers', 'slipping-away', 'active-customers']

type List<Item> = { items: Item[]; next: string | null; total: number }
type Problem = { status: number; errors: { path: string }[] }

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createDemoDatabase()
  api = await startApi(database.db, undefined, () => NOW)
}, 240_000)
afterAll(async () => {
  await api.close()
  await database.drop()
})

const get = async <Body>(path: string) => (await api.call<Body>('get', path)).body

/** Every part of a list, one after another. */
async function all<Item>(path: string): Promise<Item[]> {
  const items: Item[] = []
  let cursor = ''
  do {
    const part = await get<List<Item>>(`${path}${path.includes('?') ? '&' : '?'}limit=173${cursor}`)
    items.push(...part.items)
    cursor = part.next === null ? '' : `&cursor=${part.next}`
  } while (cursor !== '')
  return items
}

const transitionsOf = (segment: string) => all<Transition>(`/segments/${segment}/transitions`)

/** Who was in just before an instant: what happened, told again from the beginning. */
function replayed(transitions: readonly Transition[], before: Date): Set<string> {
  const inside = new Set<string>()
  for (const { customer, provider, entered, at } of [...transitions].reverse()) {
    if (new Date(at) >= before) break
    const pair = provider === null ? customer.id : `${provider} ${customer.id}`
    if (entered) inside.add(pair)
    else inside.delete(pair)
  }
  return inside
}

const endOf = (day: string) => startOfDay(addDays(day, 1), STUDIO.timeZone)
const providerWithMost = async () => {
  const counts = new Map<string, number>()
  for (const { provider } of await transitionsOf('loyalty-inactive')) {
    if (provider !== null) counts.set(provider, (counts.get(provider) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

describe('the transitions of a segment', () => {
  test('come newest first, each once, and lead to the members of now', async () => {
    const transitions = await transitionsOf('slipping-away')
    const instants = transitions.map(({ at }) => at)
    expect(instants).toEqual([...instants].sort().reverse())
    const members = await all<Member>('/segments/slipping-away/members')
    expect([...replayed(transitions, endOf(TODAY))].sort()).toEqual(members.map(({ id }) => id).sort())
  })

  test('are narrowed by cause, direction, days and provider', async () => {
    const every = await transitionsOf('loyalty-inactive')
    const provider = await providerWithMost()
    const [from, to] = [addDays(TODAY, -9), addDays(TODAY, -2)]
    const wanted = every.filter(
      (one) =>
        ['event', 'time'].includes(one.cause) &&
        one.entered &&
        one.provider === provider &&
        new Date(one.at) >= startOfDay(from, STUDIO.timeZone) &&
        new Date(one.at) < endOf(to),
    )
    expect(wanted.length).toBeGreaterThan(0)
    const query = `cause=event,time&entered=true&provider=${provider}&from=${from}&to=${to}`
    expect(await all(`/segments/loyalty-inactive/transitions?${query}`)).toEqual(wanted)
  })
})

describe('size over time', () => {
  test.each(['slipping-away', 'new-leads', 'loyalty-inactive'])('of %s is what its transitions say', async (id) => {
    const transitions = await transitionsOf(id)
    const { days, causes, from, to } = await get<SizeOverTime>(`/segments/${id}/series`)
    expect([days[0]?.day, days.at(-1)?.day, days.length]).toEqual([from, to, 22])
    for (const { day, members } of days) expect([day, members]).toEqual([day, replayed(transitions, endOf(day)).size])
    const { last_days } = (
      await get<List<Segment & { last_days: { day: string; members: number }[] }>>('/segments')
    ).items.find((segment) => segment.id === id) ?? { last_days: [] }
    expect(days.slice(-8).map(({ day, members }) => ({ day, members }))).toEqual(last_days)
    for (const [index, { members, entered, left }] of days.entries()) {
      expect(members).toBe((days[index - 1]?.members ?? 0) + entered - left)
    }
    const noNews = transitions.filter(({ cause }) => ['initial', 'rule_change', 'historical'].includes(cause))
    for (const { day, computed } of days) {
      const ofDay = noNews.filter(({ at }) => dayOf(new Date(at), STUDIO.timeZone) === day)
      expect([day, computed.entered, computed.left]).toEqual([
        day,
        ofDay.filter((one) => one.entered).length,
        ofDay.filter((one) => !one.entered).length,
      ])
    }
    for (const { cause, entered, left } of causes) {
      const ours = transitions.filter((one) => one.cause === cause)
      expect([cause, entered, left]).toEqual([
        cause,
        ours.filter((one) => one.entered).length,
        ours.filter((one) => !one.entered).length,
      ])
    }
  })

  test('of one provider and some days has the number at the end of each', async () => {
    const provider = await providerWithMost()
    const [from, to] = [addDays(TODAY, -6), addDays(TODAY, -3)]
    const { days } = await get<SizeOverTime>(
      `/segments/loyalty-inactive/series?provider=${provider}&from=${from}&to=${to}`,
    )
    const ours = (await transitionsOf('loyalty-inactive')).filter((one) => one.provider === provider)
    expect(days.map(({ day, members }) => [day, members])).toEqual(
      [from, addDays(from, 1), addDays(from, 2), to].map((day) => [day, replayed(ours, endOf(day)).size]),
    )
    expect(days.some(({ members }) => members > 0)).toBe(true)
  })

  test('refuses a period that ends before it begins', async () => {
    const { status, body } = await api.call<Problem>('get', '/segments/new-leads/series?from=2026-11-20&to=2026-11-10')
    expect([status, body.errors[0]?.path]).toEqual([400, '/query/from'])
  })
})

describe('flows between segments', () => {
  /** Who was in which, the first of the picked that they were in. */
  const places = async (segments: readonly string[], at: Date, provider = '') => {
    const of = new Map<string, string>()
    for (const segment of [...segments].reverse()) {
      const ours = (await transitionsOf(segment)).filter((one) => provider === '' || one.provider === provider)
      for (const pair of replayed(ours, at)) of.set(pair, segment)
    }
    return of
  }

  const naive = (began: Map<string, string>, ended: Map<string, string>) => {
    const counts = new Map<string, number>()
    for (const pair of new Set([...began.keys(), ...ended.keys()])) {
      const way = `${began.get(pair) ?? null} → ${ended.get(pair) ?? null}`
      counts.set(way, (counts.get(way) ?? 0) + 1)
    }
    return Object.fromEntries(counts)
  }
  const shown = ({ flows }: Flows) =>
    Object.fromEntries(flows.map(({ start, end, customers }) => [`${start} → ${end}`, customers]))

  test.each([
    [STUDIO_SEGMENTS, addDays(TODAY, -10), addDays(TODAY, -2)],
    [[...STUDIO_SEGMENTS].reverse(), addDays(TODAY, -7), TODAY],
    [['active-members', 'slipping-away'], addDays(TODAY, -30), addDays(TODAY, -1)],
  ])('between %j are who was in which at both ends', async (segments, from, to) => {
    const answer = await get<Flows>(`/flows?segments=${segments}&from=${from}&to=${to}`)
    const began = await places(segments, startOfDay(from, STUDIO.timeZone))
    const ended = await places(segments, endOf(to))
    expect(answer.segments.map(({ id }) => id)).toEqual(segments)
    expect(shown(answer)).toEqual(naive(began, ended))
    expect(answer.flows.length).toBeGreaterThan(1)
  })

  test('of a provider are those of its own customers', async () => {
    const provider = await providerWithMost()
    const segments = ['loyalty-new', 'loyalty-top', 'loyalty-loyal', 'loyalty-inactive']
    const from = addDays(TODAY, -8)
    const answer = await get<Flows>(`/flows?segments=${segments}&from=${from}&provider=${provider}`)
    const began = await places(segments, startOfDay(from, STUDIO.timeZone), provider)
    expect(shown(answer)).toEqual(naive(began, await places(segments, endOf(TODAY), provider)))
    const without = await api.call<Problem>('get', `/flows?segments=${segments}`)
    expect([without.status, without.body.errors[0]?.path]).toEqual([400, '/query/provider'])
  })

  test('each lead to their customers', async () => {
    const period = `segments=${STUDIO_SEGMENTS}&from=${addDays(TODAY, -10)}`
    const { flows } = await get<Flows>(`/flows?${period}`)
    for (const { start, end, customers } of flows) {
      const way = `${start === null ? '' : `&start=${start}`}${end === null ? '' : `&end=${end}`}`
      const found = await all<CustomerSummary>(`/flows/customers?${period}${way}`)
      expect(new Set(found.map(({ id }) => id)).size).toBe(customers)
      expect((await get<List<CustomerSummary>>(`/flows/customers?${period}${way}&limit=1`)).total).toBe(customers)
    }
  })

  test('need segments of one kind that are there', async () => {
    for (const segments of ['new-leads,loyalty-new', 'new-leads,nowhere']) {
      const { status, body } = await api.call<Problem>('get', `/flows?segments=${segments}`)
      expect([status, body.errors[0]?.path]).toEqual([400, '/query/segments'])
    }
  })
})

describe('a segment of providers', () => {
  test('is counted for all of them together or for one', async () => {
    const provider = await providerWithMost()
    const query = `?provider=${provider}`
    const together = (await get<Segment>('/segments/loyalty-inactive')).members
    const { members } = await get<Segment>(`/segments/loyalty-inactive${query}`)
    expect(members).toBeLessThan(together)
    const listed = (await get<List<Segment>>(`/segments${query}`)).items
    expect(listed.find(({ id }) => id === 'loyalty-inactive')?.members).toBe(members)
    const business = (await get<List<Segment>>('/segments')).items.filter(({ scope }) => scope === 'business')
    expect(listed.filter(({ scope }) => scope === 'business')).toEqual(business)
    expect((await get<List<Member>>(`/segments/loyalty-inactive/members${query}`)).total).toBe(members)
    expect((await api.call('get', '/segments/loyalty-inactive/members')).status).toBe(400)
  })

  test('shows and filters by the bookings with that provider', async () => {
    const path = `/segments/loyalty-inactive/members?provider=${await providerWithMost()}`
    const members = await all<Member>(path)
    const few = members.filter(({ bookings }) => bookings <= 5)
    expect(few.length).toBeGreaterThan(0)
    expect(few.length).toBeLessThan(members.length)
    expect((await get<List<Member>>(`${path}&bookings_max=5`)).total).toBe(few.length)
    const [one] = members.filter(({ bookings }) => bookings > 0)
    const profile = await get<CustomerSummary>(`/customers/${one?.id}`)
    expect(profile.bookings).toBeGreaterThanOrEqual(one?.bookings ?? Number.NaN)
  })
})
