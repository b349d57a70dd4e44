import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../support/random.ts'
import type { Answer, Client } from './client.ts'

/** Who is loaded before anything is killed. */
export const CUSTOMERS = 3_000
export const PROVIDERS = ['anna', 'ben', 'carla'] as const
const SUBJECT = 'To each of you once'
/** How many ask for one reward at a time, and for the one mailing of the week. */
const AT_ONCE = 6
const RACERS = 40
const DAY = 86_400_000

const customerOf = (n: number) => `c${n}`
const providerOf = (n: number) => PROVIDERS[n % PROVIDERS.length] as string

type Booking = { id: string; customer: string; provider: string; starts_at: string } & Reading
type Reading = { minutes: number; price: number; state: 'booked' | 'attended' | 'cancelled' }

/** What callers were told is done: what the business has to say of itself in the end. */
export type Told = {
  bookings: Map<string, Booking>
  /** Bookings at which a reward was asked for, with how often somebody was told that it is used. */
  tills: Map<string, number>
  /** How many of a race for a mailing of the week were told that it is theirs. */
  slots: Map<string, number>
}

/** A business with its customers, each of whom has a voucher from their provider. */
export async function fill(client: Client): Promise<void> {
  await client.need('POST', '/ingest', { providers: PROVIDERS.map((id) => ({ id, name: id })) })
  const all = Array.from({ length: CUSTOMERS }, (_, n) => n)
  for (let from = 0; from < CUSTOMERS; from += 500) {
    const some = all.slice(from, from + 500)
    const at = new Date(Date.now() - 20 * DAY).toISOString()
    await client.need('POST', '/ingest', {
      customers: some.map((n) => ({
        ...{
          id: customerOf(n),
          first_name: `First${n}`,
          email: `${customerOf(n)}@mail.test`,
          consents: { email: true },
        },
      })),
      reviews: some.map((n) => ({
        ...{ id: `r${n}`, customer: customerOf(n), provider: providerOf(n), rating: 5, created_at: at },
      })),
    })
  }
  // the first hundreds have something to use at a till
  const until = new Date(Date.now() + 60 * DAY).toISOString().slice(0, 10)
  for (let n = 0; n < 300; n++) {
    const reward = { kind: 'voucher', amount: 500 + n, valid_from: '2026-01-01', valid_to: until }
    await client.need('POST', '/rewards', { provider: providerOf(n), customer: customerOf(n), ...reward })
  }
}

/** Everything that people and machines do to a business at once, until it is over. */
export class Load {
  readonly #client: Client
  readonly #random: Random
  readonly told: Told = { bookings: new Map(), tills: new Map(), slots: new Map() }
  #over = false
  #count = 0

  constructor(client: Client, random: Random) {
    this.#client = client
    this.#random = random
  }

  /** Begins; what it gives settles when `stop` was called and what was begun is through. */
  async run(): Promise<void> {
    await Promise.all([
      ...[0, 1].map(() => this.#again(150, () => this.#report())),
      this.#again(700, () => this.#till()),
      this.#races(),
      ...[0, 1, 2].map(() => this.#again(150, () => this.#look())),
    ])
  }

  stop(): void {
    this.#over = true
  }

  /** Orders the campaign to everybody. Returns its id; made anew under another key only where it was not made. */
  async order(): Promise<string> {
    const content = { subject: SUBJECT, html: '<p>{{ customer.first_name }}</p>' }
    const order = { customers: Array.from({ length: CUSTOMERS }, (_, n) => customerOf(n)), content }
    for (let attempt = 0; ; attempt++) {
      await this.#client.call('POST', '/campaigns', order, { key: `order-${attempt}`, patience: 5_000 })
      const { items } = await this.#client.need<{ items: { id: string; subject: string }[] }>('GET', '/campaigns')
      const found = items.find(({ subject }) => subject === SUBJECT)
      if (found !== undefined) return found.id
    }
  }

  async #again(pause: number, act: () => Promise<void>): Promise<void> {
    while (!this.#over) {
      await act()
      await sleep(pause)
    }
  }

  /** A booking system reports some readings, a few of them old ones that ended otherwise. */
  async #report(): Promise<void> {
    const fresh = Array.from({ length: 5 }, (): Booking => {
      const n = this.#random.int(0, CUSTOMERS - 1)
      const starts = Date.now() - this.#random.int(1, 50) * DAY
      const reading = { minutes: 60, price: this.#random.int(1_000, 9_000), state: 'attended' as const }
      const whose = { customer: customerOf(n), provider: providerOf(n), starts_at: new Date(starts).toISOString() }
      return { id: `b${this.#count++}`, ...whose, ...reading }
    })
    const earlier = [...this.told.bookings.values()].filter(({ id }) => !this.told.tills.has(id))
    const changed = earlier.length < 20 ? [] : [{ ...this.#random.pick(earlier), state: 'cancelled' as const }]
    const bookings = [...fresh, ...changed.filter(({ id }) => this.#mine(id))]
    await this.#client.need('POST', '/ingest', { bookings })
    for (const booking of bookings) {
      this.told.bookings.set(booking.id, booking)
      this.#inHand.delete(booking.id)
    }
  }

  /** What another reporter is changing at the moment: which of two changes stands would be anybody's guess. */
  readonly #inHand = new Set<string>()
  #mine(id: string): boolean {
    return !this.#inHand.has(id) && this.#inHand.add(id) !== undefined
  }

  /** A customer is at the till, and several ask for the reward of that booking at once. */
  async #till(): Promise<void> {
    const n = this.#random.int(0, 299)
    const whose = { customer: customerOf(n), provider: providerOf(n), starts_at: new Date().toISOString() }
    const booking: Booking = { id: `t${this.#count++}`, ...whose, minutes: 30, price: 4_000, state: 'booked' }
    this.told.tills.set(booking.id, 0)
    await this.#client.need('POST', '/ingest', { bookings: [booking] })
    this.told.bookings.set(booking.id, booking)
    const answers = await this.#atOnce(AT_ONCE, () =>
      this.#client.call('POST', '/redemptions', { booking: booking.id }),
    )
    this.told.tills.set(booking.id, answers.filter(({ status }) => status === 200 || status === 201).length)
  }

  /** For each provider many ask for the one mailing of the week, one race after the other. */
  async #races(): Promise<void> {
    for (const provider of PROVIDERS) {
      await sleep(8_000)
      if (this.#over) return
      const at = new Date(Date.now() + 25 * DAY).toISOString()
      const order = { kind: 'loyalty', provider, segment: 'loyalty-new', send_at: at }
      const content = { subject: `For those of ${provider}`, html: '<p>Thank you</p>' }
      const ask = () => this.#client.call('POST', '/campaigns', { ...order, content }, { patience: 5_000 })
      const answers = await this.#atOnce(RACERS, ask)
      this.told.slots.set(provider, answers.filter(({ status }) => status === 201).length)
    }
  }

  async #atOnce(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
    return Promise.all(Array.from({ length: count }, ask))
  }

  /** Somebody looks at pages. */
  async #look(): Promise<void> {
    const n = this.#random.int(0, CUSTOMERS - 1)
    const pages = [
      ...[
        `/customers/${customerOf(n)}`,
        '/customers?limit=50',
        '/segments',
        '/segments/loyalty-new/members?provider=anna&limit=50',
      ],
      ...['/campaigns', '/deliveries?limit=50', `/customers/${customerOf(n)}/timeline?limit=20`],
    ]
    await this.#client.read(this.#random.pick(pages))
  }
}
