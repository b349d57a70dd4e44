import { type Database, execute, rows } from '../../../domain/database.ts'
import { ingest } from '../../../domain/ingest/ingest.ts'
import type { Items, Kind } from '../../../domain/ingest/items.ts'
import { setByHand } from '../../../domain/statuses/setByHand.ts'
import { suppress, unsuppress } from '../../../domain/suppressions/suppress.ts'
import { tagCustomers } from '../../../domain/tags/tagCustomers.ts'
import type { Random } from '../random.ts'
import { drawProfile } from './draw/profile.ts'
import { drawBooking, drawInteraction, drawMembership, drawPayment, drawReview } from './draw/things.ts'
import { CHANNELS, TAGS } from './draw/words.ts'
import { dayBefore, type Ledger, PastWorld } from './pastWorld.ts'

const CUSTOMERS = [1, 2, 3, 4, 5, 6]
const PROVIDERS = [1, 2, 3]
const DAY = 86_400_000

/**
 * A small business to which things happen step by step, through the ways by which they happen in earnest: ingest, tags,
 * statuses, suppressions. What was known when is written down beside it.
 */
export class LivePast {
  readonly world: PastWorld
  now: Date
  readonly #db: Database
  readonly #random: Random
  #before: Date
  #things = 0
  /** What this step has changed: nothing changes twice at once. */
  readonly #touched = new Set<string>()

  private constructor(db: Database, random: Random, timeZone: string, begin: Date) {
    this.#db = db
    this.#random = random
    this.world = new PastWorld(PROVIDERS, timeZone)
    this.now = begin
    this.#before = begin
  }

  /** An empty business with its providers, of whom the last one comes and goes. */
  static async begin(db: Database, random: Random, timeZone: string, begin: Date): Promise<LivePast> {
    for (const table of [
      'dirty_relationships',
      'relationships',
      'interactions',
      'reviews',
      'payments',
      'memberships',
      'bookings',
      'customers',
      'providers',
    ]) {
      await execute(db, `DELETE FROM ${table}`)
    }
    for (const table of ['customers', 'providers']) await execute(db, `ALTER TABLE ${table} AUTO_INCREMENT = 1`)
    await execute(
      db,
      `INSERT INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
       VALUES (1, 'Studio', ?, 'EUR', 'en', 'Studio', 'studio@studio.test', ?)
       ON DUPLICATE KEY UPDATE time_zone = VALUES(time_zone)`,
      [timeZone, begin],
    )
    const live = new LivePast(db, random, timeZone, begin)
    await live.#send({ providers: PROVIDERS.map((id) => ({ id: `p${id}`, name: `Provider ${id}` })) })
    for (const id of PROVIDERS) live.world.providers.put(String(id), id, begin, null)
    return live
  }

  /** Some days later: a few things happen. */
  async step(): Promise<void> {
    const random = this.#random
    this.#before = this.now
    this.now = new Date(this.now.getTime() + random.int(1, 5) * DAY + random.int(0, DAY))
    this.#touched.clear()
    for (const id of CUSTOMERS) if (random.chance(0.35)) await this.#changeCustomer(id)
    if (random.chance(0.2)) await this.#turnProvider()
    for (let count = random.int(2, 8); count > 0; count -= 1) await this.#changeThing()
    if (random.chance(0.6)) await this.#tag()
    if (random.chance(0.4)) await this.#giveStatus()
    if (random.chance(0.5)) await this.#suppress()
  }

  async #send(items: { [K in Kind]?: Items[K][] }): Promise<void> {
    const placed = Object.fromEntries(
      Object.entries(items).map(([kind, list]) => [kind, list.map((item, index) => ({ index, item }))]),
    )
    const { errors } = await ingest(this.#db, placed, this.now)
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
  }

  /** At times the source says when something changed: since the last step. */
  #said(): { updated_at?: string; at: Date } {
    if (this.#random.chance(0.7)) return { at: this.now }
    const at = new Date(this.#random.int(this.#before.getTime() + 1, this.now.getTime()))
    return { updated_at: at.toISOString(), at }
  }

  /** Whoever is named for the first time gets a row, in the order of their numbers. */
  async #nameCustomers(): Promise<void> {
    for (const { id, created_at } of await rows<{ id: number; created_at: Date }>(
      this.#db,
      'SELECT CAST(SUBSTRING(external_id, 2) AS UNSIGNED) AS id, created_at FROM customers',
    )) {
      this.world.made.set(Number(id), created_at)
    }
  }

  async #changeCustomer(id: number): Promise<void> {
    const random = this.#random
    const { profiles, consents, tags } = this.world
    const there = profiles.at(String(id), this.now)
    const { at, ...version } = this.#said()
    if (there !== undefined && random.chance(0.12)) {
      await this.#send({ customers: [{ id: `c${id}`, deleted: true, ...version }] })
      profiles.end(String(id), at)
      profiles.forget(String(id))
      for (const channel of CHANNELS) consents.forget(`${id} ${channel}`)
      for (const tag of TAGS) tags.forget(`${id} ${tag}`)
      return
    }
    const drawn = drawProfile(random, id, true, this.now, this.world.timeZone)
    const { gender, language, country, customer_group, aggregator, birthdate, joinedAt, attributes, email, phone } =
      drawn
    const named = ['level', 'visits', 'has "a" mat', 'renewal']
    const said = Object.fromEntries(named.map((name) => [name, attributes?.[name] ?? null]))
    const profile = { gender, language, country, customer_group, aggregator, birthdate, email, phone }
    await this.#send({
      customers: [
        {
          id: `c${id}`,
          ...profile,
          joined_at: joinedAt?.toISOString() ?? null,
          attributes: said,
          consents: drawn.consents,
          ...version,
        },
      ],
    })
    await this.#nameCustomers()
    const status = there?.value.status ?? 'lead'
    const stored = Object.values(said).every((value) => value === null) ? null : attributes
    profiles.put(String(id), { ...drawn, attributes: stored, status }, at, null)
    for (const [channel, given] of Object.entries(drawn.consents)) {
      const key = `${id} ${channel}`
      if (consents.at(key, this.now)?.value.given !== given) consents.put(key, { customer: id, channel, given }, at)
    }
  }

  async #turnProvider(): Promise<void> {
    const id = PROVIDERS.at(-1) ?? 0
    const { providers } = this.world
    const there = providers.at(String(id), this.now) !== undefined
    await this.#send({ providers: [{ id: `p${id}`, deleted: there }] })
    if (there) providers.end(String(id), this.now)
    else providers.put(String(id), id, this.now)
  }

  async #changeThing(): Promise<void> {
    const kind = this.#random.pick(['booking', 'booking', 'membership', 'payment', 'review', 'interaction'] as const)
    const { world } = this
    const said = this.#said()
    switch (kind) {
      case 'booking': {
        const { id, value } = this.#draw(world.bookings, (given) => ({ ...drawBooking(given), booked: null }))
        const there = world.bookings.at(id, this.now)?.value
        const fields = { service: value.service, starts_at: value.startsAt.toISOString(), state: value.state }
        const isSaid = this.#random.chance(0.3) && !world.bookings.last.has(id)
        const booked = isSaid
          ? new Date(value.startsAt.getTime() - this.#random.int(1, 30) * DAY)
          : (there?.booked ?? null)
        const item = { ...fields, ...(isSaid ? { created_at: booked?.toISOString() } : {}) }
        const made = { ...value, booked }
        return this.#store('bookings', world.bookings, id, made, item, said, earliest(value.startsAt, booked))
      }
      case 'membership': {
        const { id, value } = this.#draw(world.memberships, drawMembership)
        const { type, validFrom: valid_from, validTo: valid_to, cancelledOn: cancelled_at } = value
        const item = { type, valid_from, valid_to, cancelled_at }
        return this.#store('memberships', world.memberships, id, value, item, said, dayBefore(valid_from))
      }
      case 'payment': {
        const { id, value } = this.#draw(world.payments, drawPayment)
        const item = { amount: value.amount, paid_at: value.paidAt.toISOString() }
        return this.#store('payments', world.payments, id, value, item, said, value.paidAt)
      }
      case 'review': {
        const { id, value } = this.#draw(world.reviews, drawReview)
        const item = { rating: value.rating, created_at: value.at.toISOString() }
        return this.#store('reviews', world.reviews, id, value, item, said, value.at)
      }
      default: {
        const { id, value } = this.#draw(world.interactions, drawInteraction)
        const item = { direction: value.direction, at: value.at.toISOString() }
        return this.#store('interactions', world.interactions, id, value, item, said, value.at)
      }
    }
  }

  /** A new thing, or another version of one that is or was there. */
  #draw<Value extends { id: number }>(
    ledger: Ledger<Value>,
    draw: (with_: Parameters<typeof drawBooking>[0]) => Value,
  ): { id: string; value: Value } {
    const random = this.#random
    const others = [...ledger.last.values()].filter((one) => !this.#touched.has(String(one.id)))
    const old = others.length > 0 && random.chance(0.45) ? random.pick(others) : null
    if (old === null) this.#things += 1
    const number = old?.id ?? this.#things
    this.#touched.add(String(number))
    const { now } = this
    const { timeZone } = this.world
    const value = draw({ random, id: number, customer: random.pick(CUSTOMERS), providers: PROVIDERS, now, timeZone })
    return { id: `t${String(number).padStart(6, '0')}`, value }
  }

  async #store<Value extends { customer: number; provider: number | null }>(
    kind: 'bookings' | 'memberships' | 'payments' | 'reviews' | 'interactions',
    ledger: Ledger<Value>,
    id: string,
    value: Value,
    item: object,
    { at, ...version }: { updated_at?: string; at: Date },
    happened: Date,
  ): Promise<void> {
    if (ledger.at(id, this.now) !== undefined && this.#random.chance(0.25)) {
      await this.#send({ [kind]: [{ id, deleted: true, ...version }] })
      ledger.end(id, at)
      return
    }
    const parties = { customer: `c${value.customer}`, provider: value.provider === null ? null : `p${value.provider}` }
    await this.#send({ [kind]: [{ id, ...parties, ...item, ...version }] })
    await this.#nameCustomers()
    // what arrives is known since it happened; what it is changed to since then
    ledger.put(id, value, ledger.last.has(id) ? at : this.now, happened)
  }

  #knownOnes(): number[] {
    return CUSTOMERS.filter((id) => this.world.profiles.at(String(id), this.now) !== undefined)
  }

  async #tag(): Promise<void> {
    const customers = this.#knownOnes().filter(() => this.#random.chance(0.5))
    if (customers.length === 0) return
    const [add, remove] = [this.#random.pick(TAGS), this.#random.pick(TAGS)]
    const names = customers.map((id) => `c${id}`)
    await tagCustomers(this.#db, { customers: names }, { add: [add], remove: [remove] }, { by: null }, this.now)
    const { tags } = this.world
    for (const customer of customers) {
      tags.end(`${customer} ${remove}`, this.now)
      const key = `${customer} ${add}`
      if (tags.at(key, this.now) === undefined) tags.put(key, { customer, tag: add }, this.now)
    }
  }

  async #giveStatus(): Promise<void> {
    const customers = this.#knownOnes().filter(() => this.#random.chance(0.5))
    if (customers.length === 0) return
    const status = this.#random.pick(['lead', 'customer', 'vip'] as const)
    await setByHand(this.#db, { customers: customers.map((id) => `c${id}`) }, { status, by: null }, this.now)
    const { profiles } = this.world
    for (const id of customers) {
      const there = profiles.at(String(id), this.now)
      if (there !== undefined && there.value.status !== status) {
        profiles.put(String(id), { ...there.value, status }, this.now)
      }
    }
  }

  async #suppress(): Promise<void> {
    const [customer] = this.#knownOnes()
    if (customer === undefined) return
    const random = this.#random
    const provider = random.chance(0.5) ? null : random.pick(PROVIDERS)
    const channel = random.pick(CHANNELS)
    const kind = random.pick(['all', 'all', 'loyalty'] as const)
    const key = { customerId: await this.idOf(customer), providerId: provider ?? 0, channel, kind }
    const name = `${customer} ${provider} ${channel} ${kind}`
    const { suppressions } = this.world
    if (suppressions.at(name, this.now) !== undefined && random.chance(0.6)) {
      await unsuppress(this.#db, key, this.now)
      suppressions.end(name, this.now)
      return
    }
    const reason = random.pick(['unsubscribed', 'bounced', 'by_hand'] as const)
    await suppress(this.#db, key, { reason, source: 'test' }, this.now)
    if (suppressions.at(name, this.now)?.value.reason === reason) return
    suppressions.put(name, { customer, provider, channel, kind, reason, address: null }, this.now)
  }

  /** Our own id of a customer. */
  async idOf(customer: number): Promise<number> {
    const [row] = await rows<{ id: number }>(this.#db, 'SELECT id FROM customers WHERE external_id = ?', [
      `c${customer}`,
    ])
    return row?.id ?? 0
  }
}

const earliest = (one: Date, other: Date | null): Date => (other !== null && other < one ? other : one)
