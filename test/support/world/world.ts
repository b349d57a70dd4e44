import type { DirtyCause } from '../../../domain/segments/markDirty.ts'
import type { NaiveCustomer, NaiveFacts } from '../naive.ts'
import { type Random, randomFrom } from '../random.ts'
import {
  type Booking,
  type Membership,
  randomBooking,
  randomInstant,
  randomMembership,
  randomProfile,
} from './facts.ts'

/** Providers of a world; the last one arrives late, leaves and comes back. */
export const PROVIDERS = [1, 2, 3] as const
const RESTLESS = 3
const CUSTOMERS = 3

/** What one step changed: the rows to write and the pairs to mark. */
export type Step = {
  customers: NaiveCustomer[]
  bookings: Booking[]
  memberships: Membership[]
  marks: { providerId: number; customerId: number; cause: DirtyCause }[]
}

/** A few customers with their bookings and memberships, changed step by step at random, all from one seed. */
export class History {
  readonly seed: number
  readonly customers: NaiveCustomer[] = []
  readonly bookings: Booking[] = []
  readonly memberships: Membership[] = []
  readonly #random: Random
  readonly #first: number

  /** @param first the id of its first row in each table: histories side by side in one database share no ids */
  constructor(seed: number, first: number) {
    this.seed = seed
    this.#random = randomFrom(seed)
    this.#first = first
    for (let index = 0; index < CUSTOMERS; index += 1) {
      this.customers.push(randomProfile(this.#random, first + index, false))
    }
  }

  /** Changes something, or nothing. */
  step(now: Date, timeZone: string): Step {
    const random = this.#random
    const step: Step = { customers: [], bookings: [], memberships: [], marks: [] }
    const cause = random.chance(0.15) ? 'historical' : 'event'
    const mark = (customerId: number, providerId: number | null) =>
      step.marks.push({ providerId: providerId ?? 0, customerId, cause })
    for (const [index, customer] of this.customers.entries()) {
      if (!random.chance(customer.known ? 0.06 : 0.5)) continue
      const changed = randomProfile(random, customer.id, !random.chance(customer.known ? 0.3 : 0.1))
      this.customers[index] = changed
      step.customers.push(changed)
      mark(customer.id, null)
    }
    while (random.chance(0.45)) this.#changeBooking(step, mark, now)
    while (random.chance(0.25)) this.#changeMembership(step, mark, now, timeZone)
    return step
  }

  #changeBooking(step: Step, mark: (customer: number, provider: number | null) => void, now: Date): void {
    const random = this.#random
    const customer = this.#first + random.int(0, CUSTOMERS - 1)
    if (this.bookings.length === 0 || random.chance(0.6)) {
      const made = randomBooking(random, this.#first * 10 + this.bookings.length, customer, PROVIDERS, now)
      this.bookings.push(made)
      step.bookings.push(made)
      mark(made.customer, made.provider)
      return
    }
    const index = random.int(0, this.bookings.length - 1)
    const before = this.bookings[index]
    if (before === undefined) return
    const fresh = randomBooking(random, before.id, customer, PROVIDERS, now)
    const after = random.pick<Booking>([
      { ...before, deleted: !before.deleted },
      { ...before, state: fresh.state },
      { ...before, startsAt: randomInstant(random, now) },
      { ...before, customer: fresh.customer, provider: fresh.provider },
      fresh,
    ])
    this.bookings[index] = after
    step.bookings.push(after)
    mark(before.customer, before.provider)
    mark(after.customer, after.provider)
  }

  #changeMembership(
    step: Step,
    mark: (customer: number, provider: number | null) => void,
    now: Date,
    timeZone: string,
  ): void {
    const random = this.#random
    const customer = this.#first + random.int(0, CUSTOMERS - 1)
    if (this.memberships.length === 0 || random.chance(0.4)) {
      const made = randomMembership(
        random,
        this.#first * 10 + this.memberships.length,
        customer,
        PROVIDERS,
        now,
        timeZone,
      )
      this.memberships.push(made)
      step.memberships.push(made)
      mark(made.customer, made.provider)
      return
    }
    const index = random.int(0, this.memberships.length - 1)
    const before = this.memberships[index]
    if (before === undefined) return
    const fresh = randomMembership(random, before.id, before.customer, PROVIDERS, now, timeZone)
    const after = random.pick<Membership>([
      { ...before, deleted: !before.deleted },
      { ...before, cancelledOn: fresh.cancelledOn },
      { ...before, validTo: fresh.validTo },
      fresh,
    ])
    this.memberships[index] = after
    step.memberships.push(after)
    mark(before.customer, before.provider)
    mark(after.customer, after.provider)
  }

  /** The oracle's view of one customer. */
  factsOf(customer: NaiveCustomer, waitingProviders: ReadonlySet<number>): NaiveFacts {
    return {
      customer,
      bookings: this.bookings.filter((booking) => booking.customer === customer.id),
      memberships: this.memberships.filter((membership) => membership.customer === customer.id),
      waitingProviders,
    }
  }

  /** Who is whose customer: something that is not deleted is between the two. */
  relationships(): { provider: number; customer: number }[] {
    const pairs = PROVIDERS.flatMap((provider) => this.pairsOf(provider))
    return pairs.map(({ providerId, customerId }) => ({ provider: providerId, customer: customerId }))
  }

  /** Whoever has or had to do with a provider has to be looked at when that provider arrives or goes. */
  pairsOf(provider: number): { providerId: number; customerId: number }[] {
    return [...this.bookings, ...this.memberships]
      .filter((row) => row.provider === provider && !row.deleted)
      .map((row) => ({ providerId: provider, customerId: row.customer }))
  }
}

/** The provider that comes and goes. */
export const restlessProvider = RESTLESS
