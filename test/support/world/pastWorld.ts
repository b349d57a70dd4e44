import type { NaiveCustomer, NaivePerson, NaiveSuppression, NaiveWorld } from '../naive/things.ts'
import type { Booking, Interaction, Membership, Payment } from './draw/things.ts'

/** A thing as it was from one instant until before another, in milliseconds; `first`: since it was known at all. */
type Version<Value> = { from: number; to: number; value: Value; first: boolean }

const NEVER = Number.POSITIVE_INFINITY
const ALWAYS = Number.NEGATIVE_INFINITY

/** What was known when: each thing with its versions, written down beside what is ingested. */
export class Ledger<Value> {
  readonly #versions = new Map<string, Version<Value>[]>()
  /** What each thing was last, also when it has been removed. */
  readonly last = new Map<string, Value>()

  /** A thing that arrives, known since `since`; or one that changes at an instant, not before it was what it was. */
  put(id: string, value: Value, at: Date, since: Date | null = at): void {
    const versions = this.#versions.get(id) ?? []
    const current = versions.at(-1)
    const first = !this.last.has(id)
    this.last.set(id, value)
    this.#versions.set(id, versions)
    if (first) {
      versions.push({
        from: since === null ? ALWAYS : Math.min(since.getTime(), at.getTime()),
        to: NEVER,
        value,
        first,
      })
      return
    }
    const from = Math.max(at.getTime(), current?.to === NEVER ? current.from : ALWAYS)
    if (current !== undefined && current.to === NEVER) current.to = from
    versions.push({ from, to: NEVER, value, first: false })
  }

  /** A thing that is removed. */
  end(id: string, at: Date): void {
    const current = this.#versions.get(id)?.at(-1)
    if (current?.to === NEVER) current.to = Math.max(current.from, at.getTime())
  }

  /** A thing that is removed from the past, too. */
  forget(id: string): void {
    this.#versions.set(id, [])
  }

  /** A thing as it was at an instant; undefined when it was not there. */
  at(id: string, instant: Date): Version<Value> | undefined {
    const time = instant.getTime()
    return this.#versions.get(id)?.find(({ from, to }) => from <= time && time < to)
  }

  /** Everything that was there at an instant. */
  all(instant: Date): Value[] {
    return [...this.#versions.keys()].flatMap((id) => this.at(id, instant)?.value ?? [])
  }
}

/** With when it was booked, where the source said so. */
export type BookedBooking = Booking & { booked: Date | null }
type Review = NaivePerson['reviews'][number]
type Tag = { customer: number; tag: string }
type Consent = { customer: number; channel: string; given: boolean }

/** Everything that was ever known of a small business, by when. */
export class PastWorld {
  readonly profiles = new Ledger<NaiveCustomer>()
  readonly providers = new Ledger<number>()
  readonly bookings = new Ledger<BookedBooking>()
  readonly memberships = new Ledger<Membership>()
  readonly payments = new Ledger<Payment>()
  readonly reviews = new Ledger<Review>()
  readonly interactions = new Ledger<Interaction>()
  readonly tags = new Ledger<Tag>()
  readonly consents = new Ledger<Consent>()
  readonly suppressions = new Ledger<NaiveSuppression>()
  /** When each customer's row was made. */
  readonly made = new Map<number, Date>()
  readonly timeZone: string
  readonly #providers: readonly number[]

  constructor(providers: readonly number[], timeZone: string) {
    this.#providers = providers
    this.timeZone = timeZone
  }

  /** What was known at an instant, as the oracle takes it: what had not begun could not have been attended or missed. */
  at(instant: Date): NaiveWorld {
    return this.#seen(instant, (booking) =>
      booking.startsAt > instant && ['attended', 'no_show'].includes(booking.state)
        ? { ...booking, state: 'booked' }
        : booking,
    )
  }

  /** What is known at an instant, as it stands. */
  standing(instant: Date): NaiveWorld {
    return this.#seen(instant, (booking) => booking)
  }

  #seen(instant: Date, seen: (booking: Booking) => Booking): NaiveWorld {
    const people = new Map([...this.made.keys()].map((id) => [id, this.#person(id, instant, seen)]))
    const there = new Set(this.providers.all(instant))
    return {
      people,
      providers: this.#providers,
      waitingProviders: new Set(this.#providers.filter((id) => !there.has(id))),
      segments: new Map(),
      timeZone: this.timeZone,
    }
  }

  #person(id: number, instant: Date, seen: (booking: Booking) => Booking): NaivePerson {
    const version = this.profiles.at(String(id), instant)
    const known = version !== undefined && (!version.first || this.#met(id, instant))
    const own = <Value extends { customer: number }>(ledger: Ledger<Value>) =>
      ledger.all(instant).filter(({ customer }) => customer === id)
    const profile = { ...NOBODY, ...version?.value, id, known }
    return {
      customer: {
        ...profile,
        tags: own(this.tags).map(({ tag }) => tag),
        consents: Object.fromEntries(own(this.consents).map(({ channel, given }) => [channel, given])),
      },
      bookings: own(this.bookings).map(seen),
      memberships: own(this.memberships),
      payments: own(this.payments),
      reviews: own(this.reviews),
      interactions: own(this.interactions),
      favourites: [],
      rewards: [],
      suppressions: own(this.suppressions),
      deliveries: [],
      answers: [],
    }
  }

  /** Somebody who never changed is known since their row was made, since they joined, or since anything happened. */
  #met(id: number, instant: Date): boolean {
    const { last } = this.profiles
    const happened = <Value extends { customer: number }>(ledger: Ledger<Value>, when: (value: Value) => Date) =>
      [...ledger.last.values()].filter(({ customer }) => customer === id).map(when)
    const instants = [
      this.made.get(id),
      last.get(String(id))?.joinedAt,
      ...happened(this.bookings, ({ startsAt, booked }) => (booked !== null && booked < startsAt ? booked : startsAt)),
      ...happened(this.payments, ({ paidAt }) => paidAt),
      ...happened(this.reviews, ({ at }) => at),
      ...happened(this.interactions, ({ at }) => at),
      ...happened(this.memberships, ({ validFrom }) => dayBefore(validFrom)),
    ]
    return instants.some((one) => one != null && one <= instant)
  }
}

/** A membership that is told of later counts as known from a day before it begins. */
export const dayBefore = (day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000)

const NOBODY: Omit<NaiveCustomer, 'id' | 'known'> = {
  gender: null,
  language: null,
  country: null,
  customer_group: null,
  aggregator: null,
  status: 'lead',
  birthdate: null,
  joinedAt: null,
  attributes: null,
  email: null,
  phone: null,
  consents: {},
  tags: [],
}
