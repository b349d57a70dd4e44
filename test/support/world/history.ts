import type { DirtyCause } from '../../../domain/segments/markDirty.ts'
import type {
  NaiveCustomer,
  NaiveDelivery,
  NaiveFavourite,
  NaivePerson,
  NaiveReview,
  NaiveSuppression,
} from '../naive/things.ts'
import { type Random, randomFrom } from '../random.ts'
import { drawProfile } from './draw/profile.ts'
import {
  type Answer,
  type Booking,
  type Draw,
  drawAnswer,
  drawBooking,
  drawDelivery,
  drawInteraction,
  drawMembership,
  drawPayment,
  drawReview,
  drawReward,
  drawSuppression,
  type Interaction,
  type Membership,
  type Payment,
  type Reward,
} from './draw/things.ts'
import { CAMPAIGNS } from './draw/words.ts'

/** Providers of a world; the last one arrives late, leaves and comes back. */
export const PROVIDERS = [1, 2, 3] as const
/** The provider that comes and goes. */
export const RESTLESS_PROVIDER = 3
const CUSTOMERS = 3

type Mark = { providerId: number; customerId: number; cause: DirtyCause }

/** What a history consists of. */
export type Rows = {
  customers: NaiveCustomer[]
  bookings: Booking[]
  memberships: Membership[]
  payments: Payment[]
  reviews: NaiveReview[]
  interactions: Interaction[]
  rewards: Reward[]
  favourites: NaiveFavourite[]
  suppressions: NaiveSuppression[]
  deliveries: NaiveDelivery[]
  answers: Answer[]
}

/** What one step changed: the rows to write, those to take away, and the pairs to mark. */
export type Step = {
  written: Rows
  removed: Pick<Rows, 'favourites' | 'suppressions'>
  marks: Mark[]
}

export const noRows = (): Rows => ({
  customers: [],
  bookings: [],
  memberships: [],
  payments: [],
  reviews: [],
  interactions: [],
  rewards: [],
  favourites: [],
  suppressions: [],
  deliveries: [],
  answers: [],
})

/** Things with ids of their own that stay, changed or marked as deleted. */
type Ingested = { id: number; customer: number; provider: number | null; deleted: boolean }

/** A few customers with all that there is about them, changed step by step at random, all from one seed. */
export class History {
  readonly rows = noRows()
  readonly #random: Random
  readonly #first: number
  #step: Step = { written: noRows(), removed: noRows(), marks: [] }
  #cause: DirtyCause = 'event'
  #now = new Date(0)
  #timeZone = 'UTC'

  /** @param first the id of its first row in each table: histories side by side in one database share no ids */
  constructor(seed: number, first: number, now: Date, timeZone: string) {
    this.#random = randomFrom(seed)
    this.#first = first
    for (let index = 0; index < CUSTOMERS; index += 1) {
      this.rows.customers.push(drawProfile(this.#random, first + index, false, now, timeZone))
    }
  }

  /** Changes something, or nothing. */
  step(now: Date, timeZone: string): Step {
    const random = this.#random
    this.#step = { written: noRows(), removed: noRows(), marks: [] }
    this.#cause = random.chance(0.15) ? 'historical' : 'event'
    this.#now = now
    this.#timeZone = timeZone
    for (const [index, customer] of this.rows.customers.entries()) {
      if (!random.chance(customer.known ? 0.06 : 0.5)) continue
      const known = !random.chance(customer.known ? 0.3 : 0.1)
      const changed = drawProfile(random, customer.id, known, now, timeZone)
      this.rows.customers[index] = changed
      this.#step.written.customers.push(changed)
      this.#mark(customer.id, null)
    }
    while (random.chance(0.45)) this.#change('bookings', drawBooking)
    while (random.chance(0.2)) this.#change('memberships', drawMembership)
    while (random.chance(0.25)) this.#change('payments', drawPayment)
    while (random.chance(0.25)) this.#change('reviews', drawReview)
    while (random.chance(0.15)) this.#change('interactions', drawInteraction)
    while (random.chance(0.15)) this.#changeReward()
    if (random.chance(0.1)) this.#changeFavourite()
    if (random.chance(0.12)) this.#changeSuppression()
    if (random.chance(0.12)) this.#changeDelivery()
    if (random.chance(0.12)) this.#changeAnswer()
    return this.#step
  }

  #mark(customerId: number, providerId: number | null): void {
    this.#step.marks.push({ providerId: providerId ?? 0, customerId, cause: this.#cause })
  }

  #draw(id = 0): Draw {
    const customer = this.#first + this.#random.int(0, CUSTOMERS - 1)
    return { random: this.#random, id, customer, providers: PROVIDERS, now: this.#now, timeZone: this.#timeZone }
  }

  /** Makes a thing, or changes one: deleted, come back, about others, or altogether another one. */
  #change<Row extends Ingested>(
    table: 'bookings' | 'memberships' | 'payments' | 'reviews' | 'interactions',
    draw: (draw: Draw) => Row,
  ): void {
    const random = this.#random
    // each table holds rows of the type that its draw makes
    const rows = this.rows[table] as unknown as Row[]
    const written = this.#step.written[table] as unknown as Row[]
    const before = random.chance(0.5) || rows.length === 0 ? undefined : random.pick(rows)
    if (before === undefined) {
      const made = draw(this.#draw(this.#first * 10 + rows.length))
      rows.push(made)
      written.push(made)
      this.#mark(made.customer, made.provider)
      return
    }
    const fresh = draw(this.#draw(before.id))
    const { id, customer, provider, deleted } = before
    const after = random.pick<Row>([
      { ...before, deleted: !deleted },
      { ...before, customer: fresh.customer, provider: fresh.provider },
      { ...fresh, id, customer, provider, deleted },
      fresh,
    ])
    rows[rows.indexOf(before)] = after
    written.push(after)
    this.#mark(before.customer, before.provider)
    this.#mark(after.customer, after.provider)
  }

  /** A reward is made, used or given back; between whom it is never changes. */
  #changeReward(): void {
    const { rewards } = this.rows
    const before = this.#random.chance(0.6) || rewards.length === 0 ? undefined : this.#random.pick(rewards)
    const fresh = drawReward(this.#draw(before?.id ?? this.#first * 10 + rewards.length))
    const after = before === undefined ? fresh : { ...before, state: fresh.state }
    if (before === undefined) rewards.push(after)
    else rewards[rewards.indexOf(before)] = after
    this.#step.written.rewards.push(after)
    this.#mark(after.customer, after.provider)
  }

  #changeFavourite(): void {
    const { customer } = this.#draw()
    const provider = this.#random.pick(PROVIDERS)
    const { favourites } = this.rows
    const there = favourites.find((one) => one.customer === customer && one.provider === provider)
    if (there === undefined) {
      favourites.push({ customer, provider })
      this.#step.written.favourites.push({ customer, provider })
    } else {
      favourites.splice(favourites.indexOf(there), 1)
      this.#step.removed.favourites.push(there)
    }
    this.#mark(customer, provider)
  }

  #changeSuppression(): void {
    const draw = this.#draw()
    const { email } = this.rows.customers.find(({ id }) => id === draw.customer) ?? { email: null }
    const fresh = drawSuppression(draw, email)
    const { suppressions } = this.rows
    const there = suppressions.find(
      (one) =>
        one.customer === fresh.customer &&
        one.provider === fresh.provider &&
        one.channel === fresh.channel &&
        one.kind === fresh.kind,
    )
    if (there !== undefined) suppressions.splice(suppressions.indexOf(there), 1)
    if (there !== undefined && this.#random.chance(0.6)) {
      this.#step.removed.suppressions.push(there)
    } else {
      suppressions.push(fresh)
      this.#step.written.suppressions.push(fresh)
    }
    this.#mark(fresh.customer, fresh.provider)
  }

  #changeDelivery(): void {
    const draw = this.#draw()
    const fresh = drawDelivery(draw, this.#random.pick(CAMPAIGNS))
    const { deliveries } = this.rows
    const index = deliveries.findIndex((one) => one.customer === fresh.customer && one.campaign === fresh.campaign)
    if (index === -1) deliveries.push(fresh)
    else deliveries[index] = fresh
    this.#step.written.deliveries.push(fresh)
    this.#mark(fresh.customer, null)
  }

  /** An answer is given, or another one takes its place. */
  #changeAnswer(): void {
    const { answers } = this.rows
    const before = this.#random.chance(0.6) || answers.length === 0 ? undefined : this.#random.pick(answers)
    const fresh = drawAnswer(this.#draw(before?.id ?? this.#first * 10 + answers.length))
    const after = before === undefined ? fresh : { ...before, replaced: fresh.replaced }
    if (before === undefined) answers.push(after)
    else answers[answers.indexOf(before)] = after
    this.#step.written.answers.push(after)
    this.#mark(after.customer, null)
  }

  /** The oracle's view of its customers. */
  people(): NaivePerson[] {
    return this.rows.customers.map((customer) => {
      const own = <Row extends { customer: number }>(rows: readonly Row[]) =>
        rows.filter((row) => row.customer === customer.id)
      return {
        customer,
        bookings: own(this.rows.bookings),
        memberships: own(this.rows.memberships),
        payments: own(this.rows.payments),
        reviews: own(this.rows.reviews),
        interactions: own(this.rows.interactions),
        favourites: own(this.rows.favourites),
        rewards: own(this.rows.rewards),
        suppressions: own(this.rows.suppressions),
        deliveries: own(this.rows.deliveries),
        answers: own(this.rows.answers),
      }
    })
  }

  /** Whoever has or had to do with a provider has to be looked at when that provider arrives or goes. */
  pairsOf(provider: number): { providerId: number; customerId: number }[] {
    const { bookings, memberships, payments, reviews, interactions, favourites, rewards } = this.rows
    const ingested = [...bookings, ...memberships, ...payments, ...reviews, ...interactions]
    return [...ingested.filter(({ deleted }) => !deleted), ...favourites, ...rewards]
      .filter((row) => row.provider === provider)
      .map((row) => ({ providerId: provider, customerId: row.customer }))
  }
}
