import { NaiveEvaluation } from './evaluation.ts'
import type { NaiveBooking, NaiveRule, NaiveSegment, NaiveWorld } from './things.ts'
import { naivePair } from './things.ts'

/** Something in a customer's life. Bookings are numbered; `provider` is null where it is nothing between them and one. */
export type Lived = { at: Date } & (
  | { event: string; provider: number | null }
  | { tag: string }
  | { untag: string }
  | { booking: number; provider: number; starts: Date; service: string }
  | { becomes: 'attended' | 'no_show' | 'cancelled'; booking: number }
  | { status: string }
)

/** What has happened to the customer, as automations ask for it. */
export type Happened = { on: string; about?: string; provider: number | null } & Record<string, unknown>

/** What everybody of a business has in common. */
export type Business = {
  timeZone: string
  providers: readonly number[]
  segments: readonly Pick<NaiveSegment, 'key' | 'scope' | 'rule'>[]
  /** Who has the status `from` and is caught by the rule gets `to`, which is always the higher one. */
  statuses: readonly { from: string; to: string; rule: unknown }[]
}

/**
 * What is known of one customer, written from the product's description: tags, bookings, the two layers of the status
 * (docs/statuses.md), and in which segments they are, by rule or by hand.
 */
export class Person {
  readonly tags = new Set<string>()
  readonly #business: Business
  readonly #id: number
  readonly #language: string
  readonly #group: string
  readonly #bookings = new Map<number, NaiveBooking>()
  #automatic = 'lead'
  #set: { status: string; byAutomation: boolean } | null = null
  readonly #byHand: ReadonlyMap<string, Map<string, boolean>>
  #members = new Set<string>()
  /** Providers of whom everybody knows by now that they have to do with the customer. */
  #related: number[] = []

  constructor(
    business: Business,
    { id, language, group }: { id: number; language: string; group: string },
    now: number,
  ) {
    this.#business = business
    this.#id = id
    this.#language = language
    this.#group = group
    this.#byHand = new Map(business.segments.map(({ key }) => [key, new Map()]))
    this.#members = this.#membersAt(now)
  }

  get status(): string {
    return this.#set?.status ?? this.#automatic
  }

  get related(): readonly number[] {
    return this.#related
  }

  /** `segment`, or `segment/provider`, of each that the customer is in. */
  get segments(): string[] {
    return [...this.#members].sort()
  }

  /** The instants at which a booking begins. */
  get begins(): number[] {
    return [...this.#bookings.values()].map(({ startsAt }) => startsAt.getTime())
  }

  holds(rule: unknown, provider: number | null, now: number): boolean {
    return this.#evaluation(now).holds(rule as NaiveRule, provider, this.#id)
  }

  /** Notes what was lived. Returns what that is for automations. */
  live(lived: Lived): Happened[] {
    if ('event' in lived) return [{ on: 'event', about: lived.event, provider: lived.provider }]
    if ('tag' in lived) return this.tag([lived.tag], [])
    if ('untag' in lived) return this.tag([], [lived.untag])
    if ('status' in lived) return this.setStatus(lived.status, false)
    const before = this.#bookings.get(lived.booking)
    if ('becomes' in lived) {
      if (before === undefined || before.state === lived.becomes) return []
      this.#bookings.set(lived.booking, { ...before, state: lived.becomes })
      const on = { attended: 'booking_attended', no_show: 'booking_missed', cancelled: 'booking_cancelled' }
      return [{ on: on[lived.becomes], provider: before.provider, service: before.service }]
    }
    const { provider, starts: startsAt, service } = lived
    const booking = { customer: this.#id, provider, deleted: false, startsAt, state: 'booked', service }
    this.#bookings.set(lived.booking, booking)
    return [{ on: 'booking_made', provider, service }]
  }

  /** A tag that is there already is no news, and that one comes off is none. */
  tag(add: readonly string[], remove: readonly string[]): Happened[] {
    const fresh = add.filter((tag) => !this.tags.has(tag))
    for (const tag of add) this.tags.add(tag)
    for (const tag of remove) if (!add.includes(tag)) this.tags.delete(tag)
    return fresh.map((about) => ({ on: 'tag_added', about, provider: null }))
  }

  /** What a person has set outranks an automation; `automatic` hands back, an automation only what one has set. */
  setStatus(status: string, byAutomation: boolean): Happened[] {
    if (byAutomation && this.#set?.byAutomation === false) return []
    const before = this.status
    this.#set = status === 'automatic' ? null : { status, byAutomation }
    return this.#changedFrom(before)
  }

  /** By hand, for one provider's where the segment is each provider's. */
  put(key: string, isIn: boolean, provider: number | null, now: number): Happened[] {
    const segment = this.#business.segments.find((one) => one.key === key)
    if (segment === undefined) throw new Error(key)
    const whose = segment.scope === 'business' ? null : provider
    this.#byHand.get(key)?.set(naivePair(whose, this.#id), isIn)
    return this.#compare(now, memberName(key, whose))
  }

  /** Everything that follows by itself from what is known: the status by its rules, then who is in which segment. */
  *follow(now: number): Generator<Happened[]> {
    this.#related = this.#business.providers.filter((one) =>
      [...this.#bookings.values()].some(({ provider }) => provider === one),
    )
    const before = this.status
    for (const { from, to, rule } of this.#business.statuses) {
      if (this.#automatic === from && this.holds(rule, null, now)) this.#automatic = to
    }
    yield this.#changedFrom(before)
    yield this.#compare(now)
  }

  #changedFrom(from: string): Happened[] {
    return from === this.status ? [] : [{ on: 'status_changes', from, to: this.status, provider: null }]
  }

  /** Who has entered and left segments since the last time; of one only where it is named. */
  #compare(now: number, only?: string): Happened[] {
    const members = this.#membersAt(now)
    const changed = [...new Set([...members, ...this.#members])].filter(
      (name) => members.has(name) !== this.#members.has(name) && (only === undefined || name === only),
    )
    for (const name of changed) {
      if (members.has(name)) this.#members.add(name)
      else this.#members.delete(name)
    }
    return changed.map((name) => {
      const [about = '', provider] = name.split('/')
      const on = members.has(name) ? 'enters_segment' : 'leaves_segment'
      return { on, about, provider: provider === undefined ? null : Number(provider) }
    })
  }

  #membersAt(now: number): Set<string> {
    const evaluation = this.#evaluation(now)
    const members = new Set<string>()
    for (const segment of this.#naiveSegments()) {
      const providers = segment.scope === 'business' ? [null] : this.#business.providers
      for (const provider of providers) {
        if (evaluation.isMember(segment, provider, this.#id)) members.add(memberName(segment.key, provider))
      }
    }
    return members
  }

  #naiveSegments(): NaiveSegment[] {
    return this.#business.segments.map((one) => ({ ...one, byHand: this.#byHand.get(one.key) ?? new Map() }))
  }

  #evaluation(now: number): NaiveEvaluation {
    const nothing = { gender: null, country: null, aggregator: null, birthdate: null, joinedAt: null }
    const customer = {
      ...{ ...nothing, id: this.#id, known: true, language: this.#language, customer_group: this.#group },
      ...{ status: this.status, attributes: null, email: 'somebody@mail.test', phone: null, consents: { email: true } },
      tags: [...this.tags],
    }
    const none = { memberships: [], payments: [], reviews: [], interactions: [], favourites: [], rewards: [] }
    const person = {
      ...{ ...none, customer, bookings: [...this.#bookings.values()], suppressions: [], deliveries: [], answers: [] },
    }
    const { providers, timeZone } = this.#business
    const world: NaiveWorld = {
      people: new Map([[this.#id, person]]),
      waitingProviders: new Set(),
      providers,
      segments: new Map(this.#naiveSegments().map((one) => [one.key, one])),
      timeZone,
    }
    return new NaiveEvaluation(world, new Date(now))
  }
}

const memberName = (key: string, provider: number | null) => (provider === null ? key : `${key}/${provider}`)
