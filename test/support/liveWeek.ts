import type { Campaign } from '../../api/contract/campaigns.ts'
import { type Database, rows } from '../../domain/database.ts'
import type { Channel } from '../../domain/deliveries/channels/channel.ts'
import { addDays, startOfDay } from '../../rules/time.ts'
import type { TestApi } from './api.ts'
import { settle } from './automations.ts'
import { type Clock, playCampaign } from './playCampaign.ts'
import { type Random, randomFrom } from './random.ts'
import type { TakenMail } from './sending.ts'

const ZONE = 'Europe/Berlin'
const HOUR = 3_600_000
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

type Parts = {
  db: Database
  api: TestApi
  clock: Clock
  channel: Channel
  /** All mails that were handed over, in their order. */
  taken: readonly TakenMail[]
}

type Due = { id: string; customer: string; provider: string; price: number; minutes: number }

/**
 * Days of the demo business as they might go on: what its booking system, its till, its customers, its providers and an
 * admin do, all of it through the API and the links in the mails. In between automations, campaigns and segments go on.
 */
export class LiveWeek {
  readonly #parts: Parts
  readonly #random: Random = randomFrom(20261125)
  #read = 0
  #made = 0
  #redeemed: string[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @param day a local day */
  async liveDay(day: string): Promise<void> {
    await this.#until(day, 10.1)
    await this.engine()
    await this.read()
    await this.#until(day, 15)
    await this.book(8)
    await this.engine()
    await this.#until(day, 21.6)
    await this.tellOfDay(day)
    await this.read()
    await this.engine()
  }

  async #until(day: string, hour: number): Promise<void> {
    const at = new Date(startOfDay(day, ZONE).getTime() + hour * HOUR)
    if (at > this.#parts.clock.now) this.#parts.clock.now = at
  }

  /** Automations, segments and campaigns do what is due. */
  async engine(): Promise<void> {
    const { db, clock, channel } = this.#parts
    await settle(db, { clock, channel })
  }

  async #call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const headers = { 'idempotency-key': `week-${++this.#made}` }
    const answer = await this.#parts.api.call<Body>(method, path, body, method === 'get' ? {} : headers)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  /** What became of the bookings of a day, with what was paid and used at the till. */
  async tellOfDay(day: string): Promise<void> {
    const { db, clock } = this.#parts
    const random = this.#random
    const due = await rows<Due>(
      db,
      `SELECT b.external_id AS id, c.external_id AS customer, p.external_id AS provider, b.price, b.minutes
       FROM bookings b JOIN customers c ON c.id = b.customer_id JOIN providers p ON p.id = b.provider_id
       WHERE b.starts_on = ? AND b.starts_at <= ? AND b.state = 'booked' AND b.deleted = 0 ORDER BY b.id`,
      [day, clock.now],
    )
    const came = due.map((one) => {
      const dice = random.next()
      return { ...one, state: dice < 0.85 ? 'attended' : dice < 0.93 ? 'no_show' : 'cancelled' }
    })
    const attended = came.filter(({ state }) => state === 'attended')
    await this.#call('post', '/ingest', {
      bookings: came.map(({ id, state }) => ({ id, state })),
      payments: attended
        .filter(({ price }) => price > 0)
        .map(({ id, customer, provider, price }) => {
          return { id: `paid-${id}`, customer, provider, amount: price, paid_at: clock.now.toISOString() }
        }),
      reviews: attended
        .filter(() => random.chance(0.1))
        .map(({ id, customer, provider }) => {
          const said = { booking: id, rating: random.int(2, 5), created_at: clock.now.toISOString() }
          return { id: `said-${id}`, customer, provider, ...said }
        }),
    })
    for (const one of attended) await this.#redeem(one)
    await this.#changeMinds()
  }

  /** At the till: what would it cost, and is there a reward? */
  async #redeem({ id, customer, provider, price, minutes }: Due): Promise<void> {
    if (price === 0 || !this.#random.chance(0.8)) return
    const asked = { customer, provider, price, minutes, starts_at: this.#parts.clock.now.toISOString() }
    const quote = await this.#call<{ reward?: unknown; discount: number }>('post', '/quotes', asked)
    if (quote.discount === 0) return
    const redemption = await this.#call<{ discount: number }>('post', '/redemptions', { booking: id })
    if (redemption.discount !== quote.discount) throw new Error(`${id} was quoted ${quote.discount}`)
    this.#redeemed.push(id)
  }

  /** Of what was used: one is taken back by hand, one booking was none after all, one costs another price. */
  async #changeMinds(): Promise<void> {
    const [back, none, other] = this.#redeemed.splice(0, 3)
    if (back !== undefined) await this.#call('delete', `/redemptions/${back}`)
    if (none !== undefined) await this.#call('post', '/ingest', { bookings: [{ id: none, state: 'cancelled' }] })
    if (other !== undefined) await this.#call('post', '/ingest', { bookings: [{ id: other, price: 1_550 }] })
  }

  /** New bookings: by those who got a mail lately, and by anybody. */
  async book(count: number): Promise<void> {
    const { db, clock } = this.#parts
    const random = this.#random
    const people = await rows<{ id: string; provider: string }>(
      db,
      `(SELECT c.external_id AS id, 'p-01' AS provider FROM enrolments e JOIN customers c ON c.id = e.customer_id
        WHERE e.state = 'active' ORDER BY e.id DESC LIMIT 120)
       UNION ALL (SELECT c.external_id, p.external_id FROM rewards r JOIN customers c ON c.id = r.customer_id
        JOIN providers p ON p.id = r.provider_id WHERE r.state = 'active' ORDER BY r.id DESC LIMIT 120)
       UNION ALL (SELECT external_id, 'p-05' FROM customers WHERE known = 1 ORDER BY id LIMIT 120)`,
    )
    const bookings = Array.from({ length: count * 3 }, () => {
      const { id: customer, provider } = random.pick(people)
      const soon = random.chance(0.5) ? 3 * HOUR : random.int(20, 200) * HOUR
      return {
        ...{ id: `week-${++this.#made}`, customer, provider, service: 'Vinyasa yoga', minutes: 60, state: 'booked' },
        ...{ price: random.int(10, 90) * 95, created_at: clock.now.toISOString() },
        starts_at: new Date(clock.now.getTime() + soon).toISOString(),
      }
    })
    await this.#call('post', '/ingest', { bookings })
  }

  /** Customers open and click what has come since, answer what they are asked, unsubscribe; machines look, too. */
  async read(): Promise<void> {
    const { taken, api, clock } = this.#parts
    const random = this.#random
    const fresh = taken.slice(this.#read)
    this.#read = taken.length
    clock.now = new Date(clock.now.getTime() + 60_000)
    const visit = (path: string | undefined, init: RequestInit = {}) =>
      path === undefined
        ? Promise.resolve(null)
        : fetch(`${api.url}${path}`, { redirect: 'manual', headers: { 'user-agent': BROWSER }, ...init })
    for (const { html } of fresh) {
      const [pixel] = html.match(/\/t\/o\/[\w.-]+/) ?? []
      const [link] = html.match(/\/t\/c\/[\w.-]+/) ?? []
      const [answer] = html.match(/\/s\/[\w.-]+/) ?? []
      const [leave] = html.match(/\/u\/[\w.-]+/) ?? []
      if (random.chance(0.2)) await visit(pixel, { headers: { 'user-agent': 'Mozilla/5.0' } })
      if (!random.chance(0.6)) continue
      await visit(pixel)
      if (random.chance(0.5)) await visit(link)
      if (random.chance(0.1)) await visit(link, { method: 'HEAD' })
      if (random.chance(0.7)) await visit(answer, { method: 'POST', body: new URLSearchParams({ comment: 'Hm' }) })
      if (random.chance(0.05)) await visit(leave, { method: 'POST', body: new URLSearchParams() })
    }
  }

  /** A provider writes to one of their segments, with a voucher. @returns the id of the mailing */
  async mail(provider: string, segment: string): Promise<number> {
    const { db, clock, channel } = this.#parts
    const { id } = await this.#call<Campaign>('post', '/campaigns', {
      ...{ kind: 'loyalty', provider, segment, reward: { kind: 'voucher', percent: 15, valid_days: 20 } },
      content: {
        subject: 'A week full of room',
        html: '<p>Come by. <a href="https://studio-wolkenhof.test/week">Our week</a></p>',
      },
    })
    await playCampaign(db, Number(id), { clock, channel })
    return Number(id)
  }

  /**
   * An admin makes some people VIP, hands one back to the rules and goes on with what was paused; a membership is cancelled;
   * a customer is new.
   */
  async administer(): Promise<void> {
    const { db, clock, channel } = this.#parts
    for (const { id } of await rows<{ id: number }>(db, "SELECT id FROM campaigns WHERE state = 'paused'")) {
      await this.#call('post', `/campaigns/${id}/resume`)
      await playCampaign(db, id, { clock, channel })
    }
    await this.#call('post', '/customers/status', { customers: ['c-0003', 'c-0900', 'c-1500'], status: 'vip' })
    await this.#call('post', '/customers/status', { customers: ['c-0900'], status: 'automatic' })
    const [membership] = await rows<{ id: string }>(
      db,
      `SELECT external_id AS id FROM memberships WHERE recurring = 1 AND valid_to IS NULL AND cancelled_on IS NULL
       ORDER BY id LIMIT 1`,
    )
    const today = clock.now.toISOString().slice(0, 10)
    await this.#call('post', '/ingest', {
      customers: [{ id: 'c-new', first_name: 'Neue', email: 'neue@web.test', consents: { email: true } }],
      bookings: [
        {
          ...{ id: 'first', customer: 'c-new', provider: 'p-01', minutes: 60, price: 1_900, state: 'booked' },
          ...{ starts_at: `${addDays(today, 2)}T09:00:00Z`, created_at: clock.now.toISOString() },
        },
      ],
      memberships: [{ id: membership?.id, cancelled_at: today, valid_to: addDays(today, 30) }],
    })
  }
}
