/**
 * What the numbers of a business are, told anew from raw rows by what docs/rewards.md and docs/automations.md say, one row
 * after the other. Shares no code with what it checks.
 */
import { type Database, rows } from '../../../domain/database.ts'

type Booking = {
  id: number
  customer_id: number
  provider_id: number | null
  state: string
  deleted: number
  price: number | null
  minutes: number | null
  starts_at: Date
  starts_on: string
  booked_at: Date | null
  created_at: Date
}
type Delivery = {
  id: number
  campaign_id: number
  customer_id: number
  automation_id: string | null
  state: string
  reason: string | null
  test: number
  sent_at: Date | null
}
type Event = { delivery_id: number; type: string; at: Date; machine: string | null }
type Campaign = { id: number; kind: string; provider_id: number }
type Reward = {
  id: number
  customer_id: number
  provider_id: number
  campaign_id: number | null
  automation_id: string | null
  kind: string
  state: string
  amount: number | null
  percent: number | null
  ceiling: number | null
  minutes: number | null
  minutes_used: number
  valid_from: string
  valid_to: string
  activated_at: Date | null
}
type Use = { booking_id: number; reward_id: number; provider_id: number; minutes: number; standing: number | null }
type Enrolment = {
  id: number
  automation_id: number
  version: number
  state: string
  stands: string | null
  step: string | null
  reason: string | null
}
type Step = { enrolment_id: number; step: string; left_at: Date; outcome: string }

export type Business = {
  bookings: Map<number, Booking>
  deliveries: readonly Delivery[]
  events: Map<number, Event[]>
  campaigns: Map<number, Campaign>
  rewards: Map<number, Reward>
  uses: readonly Use[]
  enrolments: readonly Enrolment[]
  steps: readonly Step[]
}

const DAY = 86_400_000

/** The raw rows. */
export async function loadBusiness(db: Database): Promise<Business> {
  const byId = <Row extends { id: number }>(found: readonly Row[]) => new Map(found.map((row) => [row.id, row]))
  return {
    bookings: byId(await rows<Booking>(db, 'SELECT * FROM bookings WHERE customer_id IS NOT NULL')),
    deliveries: await rows<Delivery>(db, 'SELECT * FROM deliveries ORDER BY id'),
    events: Map.groupBy(await rows<Event>(db, 'SELECT * FROM delivery_events'), (one) => one.delivery_id),
    campaigns: byId(await rows<Campaign>(db, 'SELECT id, kind, provider_id FROM campaigns')),
    rewards: byId(await rows<Reward>(db, 'SELECT * FROM rewards ORDER BY id')),
    uses: await rows<Use>(db, 'SELECT * FROM redemptions ORDER BY id'),
    enrolments: await rows<Enrolment>(db, 'SELECT * FROM enrolments'),
    steps: await rows<Step>(db, 'SELECT * FROM enrolment_steps'),
  }
}

/** By booking: the message that it belongs to, and whether the customer clicked in it. */
export function attributionsOf(
  business: Business,
  days: number,
): Map<number, { delivery: Delivery; clicked: boolean }> {
  const received = Map.groupBy(
    business.deliveries.filter(({ test, state }) => test === 0 && (state === 'sent' || state === 'delivered')),
    (one) => one.customer_id,
  )
  const found = new Map<number, { delivery: Delivery; clicked: boolean }>()
  for (const booking of business.bookings.values()) {
    if (booking.deleted === 1) continue
    const made = booking.booked_at?.getTime() ?? Math.min(booking.created_at.getTime(), booking.starts_at.getTime())
    let best: { delivery: Delivery; click: number; sent: number } | null = null
    for (const delivery of received.get(booking.customer_id) ?? []) {
      const provider = business.campaigns.get(delivery.campaign_id)?.provider_id
      const sent = delivery.sent_at?.getTime() ?? Number.POSITIVE_INFINITY
      if (sent > made || (provider !== 0 && provider !== booking.provider_id)) continue
      const clicks = (business.events.get(delivery.id) ?? [])
        .filter(({ type, machine, at }) => type === 'clicked' && machine === null && at.getTime() <= made)
        .map(({ at }) => at.getTime())
        .filter((at) => at >= made - days * DAY)
      const click = Math.max(Number.NEGATIVE_INFINITY, ...clicks)
      if (clicks.length === 0 && sent < made - days * DAY) continue
      const isBetter =
        best === null ||
        click > best.click ||
        (click === best.click && (sent > best.sent || (sent === best.sent && delivery.id > best.delivery.id)))
      if (isBetter) best = { delivery, click, sent }
    }
    if (best !== null) found.set(booking.id, { delivery: best.delivery, clicked: best.click > 0 })
  }
  return found
}

/** What the messages that a test picks have brought. */
export function revenueOf(
  business: Business,
  attributions: ReturnType<typeof attributionsOf>,
  isMeant: (delivery: Delivery) => boolean,
) {
  const sums = { bookings: 0, attended: 0, revenue: 0, ahead: 0, clicked: { bookings: 0, revenue: 0 } }
  for (const [id, { delivery, clicked }] of attributions) {
    const booking = business.bookings.get(id)
    if (booking === undefined || booking.state === 'cancelled' || !isMeant(delivery)) continue
    const price = booking.price ?? 0
    const earned = booking.state === 'attended' ? price : 0
    sums.bookings += 1
    if (booking.state === 'attended') sums.attended += 1
    if (booking.state === 'booked') sums.ahead += price
    sums.revenue += earned
    if (clicked) {
      sums.clicked.bookings += 1
      sums.clicked.revenue += earned
    }
  }
  return sums
}

/** What a reward takes off a booking: rounded down, never more than the price. */
function discountOf(reward: Reward, booking: Booking, minutes: number): number {
  const price = booking.price ?? 0
  if (reward.kind === 'free_minutes') {
    return minutes >= (booking.minutes ?? 0) ? price : Math.floor((price * minutes) / (booking.minutes ?? 1))
  }
  const off = reward.amount ?? Math.min(Math.floor((price * (reward.percent ?? 0)) / 100), reward.ceiling ?? price)
  return Math.min(price, off)
}

/** Discounts of the rewards that are used, as they are now. */
export function discountsOf(business: Business): { use: Use; reward: Reward; discount: number }[] {
  return business.uses.flatMap((use) => {
    const [reward, booking] = [business.rewards.get(use.reward_id), business.bookings.get(use.booking_id)]
    if (use.standing !== 1 || reward === undefined || booking === undefined) return []
    return [{ use, reward, discount: discountOf(reward, booking, use.minutes) }]
  })
}

/** Shares of readings that loyalty mails with a voucher brought about, by booking: a tenth, a half goes up. */
export function sharesOf(business: Business): Map<number, { provider: number; amount: number }> {
  const vouchers = Map.groupBy(
    [...business.rewards.values()].filter(
      ({ kind, state, campaign_id: campaign }) =>
        kind === 'voucher' &&
        (state === 'active' || state === 'used') &&
        campaign !== null &&
        business.campaigns.get(campaign)?.kind === 'loyalty',
    ),
    ({ customer_id: customer, provider_id: provider }) => `${customer} ${provider}`,
  )
  const shares = new Map<number, { provider: number; amount: number }>()
  for (const {
    id,
    customer_id,
    provider_id: provider,
    state,
    deleted,
    price,
    starts_at,
    starts_on,
  } of business.bookings.values()) {
    if (provider === null || state !== 'attended' || deleted === 1 || price === null || price <= 0) continue
    const caused = (vouchers.get(`${customer_id} ${provider}`) ?? []).some(
      ({ activated_at: at, valid_from: from, valid_to: to }) =>
        at !== null && at <= starts_at && from <= starts_on && starts_on <= to,
    )
    const amount = Math.floor(price / 10 + 0.5)
    if (caused && amount > 0) shares.set(id, { provider, amount })
  }
  return shares
}

/** How many rewards are how on a day. */
export function rewardCounts(business: Business, today: string): Record<string, number> {
  const counts: Record<string, number> = { reserved: 0, upcoming: 0, usable: 0, used: 0, expired: 0, given_back: 0 }
  const add = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1
  }
  for (const { state, valid_from: from, valid_to: to, minutes_used: used } of business.rewards.values()) {
    if (state !== 'active') add(state)
    else if (from > today) add('upcoming')
    else if (to >= today) add('usable')
    else add(used > 0 ? 'used' : 'expired')
  }
  return counts
}

/** The funnel of a campaign, from its messages and what happened to each. */
export function funnelOf(business: Business, campaign: number) {
  const own = business.deliveries.filter((one) => one.campaign_id === campaign && one.test === 0)
  const state = (...names: string[]) => own.filter((one) => names.includes(one.state)).length
  const has = (type: string) => (one: Delivery) =>
    (business.events.get(one.id) ?? []).some((event) => event.type === type && event.machine === null)
  return {
    recipients: own.length,
    waiting: state('queued', 'sending'),
    sent: state('sent', 'delivered'),
    delivered: state('delivered'),
    opened: own.filter(has('opened')).length,
    clicked: own.filter(has('clicked')).length,
    unsubscribed: own.filter(has('unsubscribed')).length,
    bounced: state('bounced'),
    failed: state('failed'),
    unconfirmed: state('unconfirmed'),
    cancelled: state('cancelled'),
  }
}

/** Where those are who entered an automation, and how many passed each of its steps. */
export function automationOf(business: Business, automation: number, now: Date) {
  const own = business.enrolments.filter((one) => one.automation_id === automation)
  const ids = new Set(own.map(({ id }) => id))
  // who left the automation at a step went no further
  const passed = business.steps.filter(
    ({ enrolment_id: id, outcome }) => ids.has(id) && !['exited', 'goal', 'stopped'].includes(outcome),
  )
  const active = own.filter(({ state }) => state === 'active')
  const since = (days: number) => (one: Step) => one.left_at.getTime() > now.getTime() - days * DAY
  const among = (...states: string[]) => own.filter(({ state }) => states.includes(state)).length
  return {
    numbers: {
      entered: own.length,
      inside: active.filter(({ stands }) => stands !== 'failed').length,
      failed: active.filter(({ stands }) => stands === 'failed').length,
      finished: among('finished', 'goal', 'held_out'),
      exited: among('exited', 'stopped'),
      goal: among('goal'),
      held_out: among('held_out'),
    },
    step: (name: string) => {
      const lines = passed.filter(({ step }) => step === name)
      const here = active.filter(({ step }) => step === name)
      return {
        inside: here.filter(({ stands }) => stands !== 'failed').length,
        failed: here.filter(({ stands }) => stands === 'failed').length,
        passed: {
          all: lines.length,
          last_30_days: lines.filter(since(30)).length,
          last_7_days: lines.filter(since(7)).length,
        },
        outcomes: Object.fromEntries(
          [...Map.groupBy(lines, ({ outcome }) => outcome)].map(([outcome, those]) => [outcome, those.length]),
        ),
      }
    },
  }
}
