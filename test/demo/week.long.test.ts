/**
 * A week of the demo business with the time skipped: afterwards what the pages and the API say, the ledger, and a recount of
 * the raw rows are the same numbers.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import type { Automation } from '../../api/contract/automations.ts'
import type { AutomationSteps } from '../../api/contract/enrolments.ts'
import type { Report } from '../../api/contract/reports.ts'
import type { TimelineEntry } from '../../api/contract/timeline.ts'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import { type Database, rows } from '../../domain/database.ts'
import { STUDIO } from '../../domain/demo/studio.ts'
import { stepsOf } from '../../rules/automations/steps.ts'
import { addDays } from '../../rules/time.ts'
import { buildUi } from '../../scripts/parts/ui.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { openBrowser } from '../support/browser.ts'
import type { TestDatabase } from '../support/database.ts'
import { createDemoDatabase, DEMO_NOW } from '../support/demoDatabase.ts'
import { startLifecycles } from '../support/lifecycles.ts'
import { LiveWeek } from '../support/liveWeek.ts'
import {
  attributionsOf,
  automationOf,
  type Business,
  discountsOf,
  funnelOf,
  loadBusiness,
  revenueOf,
  rewardCounts,
  sharesOf,
} from '../support/naive/business.ts'
import { NaiveEvaluation } from '../support/naive/evaluation.ts'
import { loadWorld } from '../support/naive/loadWorld.ts'
import type { NaiveRule, NaiveWorld } from '../support/naive/things.ts'
import type { Clock } from '../support/playCampaign.ts'
import { recordingChannel, SENT } from '../support/sending.ts'
import { ADMIN, signIn } from '../support/signIn.ts'

const FIRST = '2026-11-26'
const LAST = addDays(FIRST, 6)
const clock: Clock = { now: DEMO_NOW }

let database: TestDatabase
let db: Database
let api: TestApi
let business: Business
let world: NaiveWorld
let mailings: number[] = []
let attributions: ReturnType<typeof attributionsOf>

beforeAll(async () => {
  database = await createDemoDatabase()
  db = database.db
  api = await startApi(db, undefined, () => clock.now, { uiDir: await buildUi() })
  await createFirstAdmin(db, clock.now, ADMIN)
  const { channel, taken } = recordingChannel(({ to }) =>
    to.endsWith('@bounce.test') ? { state: 'bounced', reason: '550 5.1.1 The address does not exist' } : SENT,
  )
  const week = new LiveWeek({ db, api, clock, channel, taken })
  for (let day = FIRST; day < LAST; day = addDays(day, 1)) {
    await week.liveDay(day)
    if (day === addDays(FIRST, 1)) {
      mailings = [await week.mail('p-01', 'loyalty-loyal'), await week.mail('p-05', 'loyalty-top')]
      await week.read()
    }
    if (day === addDays(FIRST, 2)) await week.administer()
  }
  // the last day goes on Temporal
  const worker = await startLifecycles(db, { clock, channel })
  try {
    clock.now = new Date(`${LAST}T09:06:00Z`)
    await week.book(4)
    await worker.playUntil(clock.now)
    await week.read()
    clock.now = new Date(`${LAST}T20:40:00Z`)
    await week.tellOfDay(LAST)
    await worker.playUntil(clock.now)
  } finally {
    await worker.stop()
  }
  business = await loadBusiness(db)
  attributions = attributionsOf(business, 14)
  world = await loadWorld(db, STUDIO.timeZone)
}, 240_000)
afterAll(async () => {
  await api.close()
  await database.drop()
})

const get = async <Body>(path: string): Promise<Body> => {
  // while everything is counted anew, the server ends connections that nobody uses
  const { status, body } = await api.call<Body>('get', path, undefined, { connection: 'close' })
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body
}

test('the week was a full one', async () => {
  const since = "'2026-11-25 10:00:01'"
  const count = async (from: string) => (await rows<{ n: number }>(db, `SELECT COUNT(*) AS n FROM ${from}`))[0]?.n ?? 0
  expect(await count(`deliveries WHERE sent_at > ${since} AND automation_id IS NOT NULL`)).toBeGreaterThan(50)
  expect(await count(`deliveries WHERE sent_at > ${since} AND automation_id IS NULL`)).toBeGreaterThan(50)
  expect(await count(`delivery_events WHERE at > ${since} AND type = 'clicked' AND machine IS NULL`)).toBeGreaterThan(
    10,
  )
  expect(await count(`delivery_events WHERE at > ${since} AND machine IS NOT NULL`)).toBeGreaterThan(10)
  expect(await count(`survey_answers WHERE answered_at > ${since}`)).toBeGreaterThan(0)
  expect(await count(`redemptions WHERE redeemed_at > ${since} AND standing = 1`)).toBeGreaterThan(5)
  expect(await count(`redemptions WHERE taken_back_at > ${since}`)).toBeGreaterThan(2)
  expect(await count(`ledger_entries WHERE created_at > ${since} AND kind = 'loyalty_reward'`)).toBeGreaterThan(5)
  expect(await count(`enrolments WHERE ended_at > ${since} AND state = 'goal'`)).toBeGreaterThan(5)
})

describe('mailings', () => {
  test('each report is what its messages, their events and the bookings say', async () => {
    const ids = [...business.campaigns.values()].filter(({ kind }) => kind !== 'automation').map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(mailings))
    for (const id of ids) {
      const { funnel, revenue } = await get<Report>(`/campaigns/${id}/report`)
      const own = funnelOf(business, id)
      expect({ id, ...funnel, cancelled: sumOf(funnel.cancelled) }).toMatchObject({ id, ...own })
      const discounts = discountsOf(business)
        .filter(({ reward }) => reward.campaign_id === id)
        .reduce((sum, { discount }) => sum + discount, 0)
      const brought = revenueOf(business, attributions, ({ campaign_id: campaign }) => campaign === id)
      expect({ id, ...revenue }).toEqual({ id, days: 14, ...brought, discounts })
    }
  })

  test('a booking belongs to the message that the rules name', async () => {
    const kept = await rows<{ booking_id: number; delivery_id: number; clicked: number }>(
      db,
      'SELECT booking_id, delivery_id, clicked FROM attributions ORDER BY booking_id',
    )
    const told = [...attributions].map(([booking, { delivery, clicked }]) => `${booking} ${delivery.id} ${clicked}`)
    expect(kept.map((one) => `${one.booking_id} ${one.delivery_id} ${one.clicked === 1}`)).toEqual(
      told.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
    )
  })
})

const sumOf = (counts: readonly { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0)

test('automations: everybody is where their rows say, at each step, and what they brought', async () => {
  const { items } = await get<{ items: Automation[] }>('/automations?limit=50')
  expect(items.filter(({ numbers }) => numbers.entered > 0).length).toBeGreaterThanOrEqual(4)
  for (const { id: key, definition, numbers } of items) {
    const [row] = await rows<{ id: number }>(db, 'SELECT id FROM automations WHERE `key` = ?', [key])
    const own = automationOf(business, row?.id ?? 0, clock.now)
    expect({ key, ...numbers }).toMatchObject({ key, ...own.numbers })
    expect(numbers.entered).toBe(numbers.inside + numbers.finished + numbers.exited + numbers.failed)
    if (definition === null) continue
    const { steps, ...all } = await get<AutomationSteps>(`/automations/${key}/steps`)
    expect({ key, ...all }).toMatchObject({ key, ...own.numbers })
    expect(steps.map(({ step }) => step)).toEqual(stepsOf(definition as never).map(({ step }) => step.id))
    for (const step of steps) expect({ key, ...step }).toMatchObject({ key, ...own.step(step.step) })
    const revenue = await get<Report['revenue']>(`/revenue?automation=${key}`)
    const discounts = discountsOf(business)
      .filter(({ reward }) => automationOfReward(reward) === key)
      .reduce((sum, { discount }) => sum + discount, 0)
    const brought = revenueOf(business, attributions, ({ automation_id: automation }) => automation === key)
    expect({ key, ...revenue }).toEqual({ key, days: 14, ...brought, discounts })
  }
})

/** A reward is an automation's when it gave it, or one of its messages brought it. */
function automationOfReward({
  automation_id,
  campaign_id,
}: {
  automation_id: string | null
  campaign_id: number | null
}) {
  if (automation_id !== null) return automation_id
  return business.deliveries.find(({ campaign_id: id }) => id === campaign_id)?.automation_id ?? null
}

describe('money', () => {
  test('rewards are counted as they are, and cost what they took off', async () => {
    const summary = await get<{ counts: Record<string, number>; cost: number }>('/rewards/summary')
    expect(summary.counts).toEqual(rewardCounts(business, LAST))
    expect(summary.cost).toBe(discountsOf(business).reduce((sum, { discount }) => sum + discount, 0))
  })

  test('the ledger sums to zero, entry by entry', async () => {
    const odd = await rows(db, 'SELECT entry_id FROM ledger_lines GROUP BY entry_id HAVING SUM(amount) <> 0')
    expect(odd).toEqual([])
  })

  test('statement, CSV, ledger and a recount of bookings and rewards are one number for each provider', async () => {
    const providers = await rows<{ id: number; key: string }>(db, 'SELECT id, external_id AS `key` FROM providers')
    const seen = { discounts: 0, loyalty_rewards: 0 }
    for (const { id, key } of providers) {
      type Ledger = { opening: number; closing: number; total: number; totals: typeof seen }
      const { totals, closing, total } = await get<Ledger>(`/providers/${key}/ledger`)
      const counted = {
        discounts: -discountsOf(business)
          .filter(({ use }) => use.provider_id === id)
          .reduce((sum, { discount }) => sum + discount, 0),
        loyalty_rewards: [...sharesOf(business).values()]
          .filter(({ provider }) => provider === id)
          .reduce((sum, { amount }) => sum + amount, 0),
      }
      // a sum of nothing has no sign
      counted.discounts += 0
      expect({ key, ...totals }).toEqual({ key, ...counted })
      expect(closing).toBe(totals.discounts + totals.loyalty_rewards)
      const [lines] = await rows<{ sum: number | null; count: number }>(
        db,
        `SELECT SUM(l.amount) AS sum, COUNT(*) AS count FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
         WHERE e.provider_id = ? AND l.account = 'provider'`,
        [id],
      )
      expect(lines?.sum ?? 0).toBe(closing)
      const csv = (await get<string>(`/providers/${key}/ledger/export`)).trim().split('\n').slice(1)
      expect(csv).toHaveLength(total)
      const { items } = await get<{ items: { month: string; sum: number }[] }>(`/providers/${key}/ledger/months`)
      expect(items.reduce((sum, month) => sum + month.sum, 0)).toBe(closing)
      let opening = 0
      for (const { month, sum } of items.toReversed()) {
        const statement = await get<Ledger>(`/providers/${key}/ledger?month=${month}`)
        expect(statement).toMatchObject({ opening, closing: opening + sum })
        opening += sum
      }
      expect(opening).toBe(closing)
      seen.discounts += totals.discounts
      seen.loyalty_rewards += totals.loyalty_rewards
    }
    expect(seen.discounts).toBeLessThan(0)
    expect(seen.loyalty_rewards).toBeGreaterThan(0)
  })
})

test('segments have the members that their rules mean', async () => {
  const naive = new NaiveEvaluation(world, clock.now)
  const { items } = await get<{ items: { id: string; members: number }[] }>('/segments')
  expect(items).toHaveLength(world.segments.size)
  for (const { id, members } of items) {
    const segment = world.segments.get(id)
    if (segment === undefined) throw new Error(`There is no segment ${id}`)
    let counted = 0
    for (const provider of segment.scope === 'business' ? [null] : world.providers) {
      for (const customer of world.people.keys()) if (naive.isMember(segment, provider, customer)) counted += 1
    }
    expect({ id, members }).toEqual({ id, members: counted })
  }
})

test('statuses are what hands and rules say', async () => {
  const naive = new NaiveEvaluation(world, clock.now)
  const { rules } = await get<{ rules: { enabled: boolean; from: string; to: string; rule: NaiveRule }[] }>(
    '/status-automation',
  )
  const on = rules.filter(({ enabled }) => enabled)
  const byHand = new Map(
    (await rows<{ id: number; status: string }>(db, 'SELECT id, status FROM customers WHERE status_by_hand = 1')).map(
      ({ id, status }) => [id, status],
    ),
  )
  const counts: Record<string, number> = { lead: 0, customer: 0, vip: 0 }
  for (const [id, { customer }] of world.people) {
    if (!customer.known) continue
    const rule = on.find((one) => one.from === 'lead' && naive.holds(one.rule, null, id))
    const status = byHand.get(id) ?? rule?.to ?? 'lead'
    counts[status] = (counts[status] ?? 0) + 1
  }
  for (const [status, count] of Object.entries(counts)) {
    const { total } = await get<{ total: number }>(`/customers?status=${status}&limit=1`)
    expect({ status, total }).toEqual({ status, total: count })
  }
})

test('a timeline has everything that happened to its customer', async () => {
  const busiest = await rows<{ id: number; key: string }>(
    db,
    `SELECT c.id, c.external_id AS \`key\` FROM customers c JOIN (SELECT customer_id, COUNT(*) AS n FROM redemptions
       GROUP BY customer_id ORDER BY n DESC, customer_id LIMIT 3) q ON q.customer_id = c.id`,
  )
  for (const { id, key } of busiest) {
    const found: TimelineEntry[] = []
    let cursor = ''
    do {
      type Page = { items: TimelineEntry[]; next: string | null }
      const page: Page = await get<Page>(`/customers/${key}/timeline?limit=100${cursor}`)
      found.push(...page.items)
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    const count = (kind: string) => found.filter((one) => one.kind === kind).length
    const person = world.people.get(id)
    const there = (those: readonly { deleted: boolean }[] = []) => those.filter(({ deleted }) => !deleted).length
    expect({ key, bookings: count('booking'), payments: count('payment'), reviews: count('review') }).toEqual({
      ...{ key, bookings: there(person?.bookings), payments: there(person?.payments) },
      reviews: there(person?.reviews),
    })
  }
})

describe('the pages', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('rewards and a statement show these numbers', async () => {
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })
    await signIn(page, `${api.url}/rewards`)
    const euros = (minor: number) => (Math.abs(minor) / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })
    const cost = discountsOf(business).reduce((sum, { discount }) => sum + discount, 0)
    const shown = page.getByTestId('rewards-cost')
    await shown.waitFor()
    expect(await shown.textContent()).toContain(euros(cost))
    await page.goto(`${api.url}/statement?provider=p-01&month=all`)
    const { closing } = await get<{ closing: number }>('/providers/p-01/ledger')
    await page.getByText(euros(closing)).first().waitFor()
  })
})
