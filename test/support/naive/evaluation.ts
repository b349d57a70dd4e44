import { yesIs } from './compare.ts'
import { bookingCountIs, bookingDateIs, countOfBookings } from './facts/bookings.ts'
import {
  lastInteractionIs,
  lastPaymentIs,
  latestReviewIs,
  paidWithin,
  paymentsAre,
  rewardIs,
} from './facts/dealings.ts'
import { membershipEndIs, membershipIs } from './facts/memberships.ts'
import { deliveryIs, reachableIs, surveyAnswerIs, unsubscribedIs } from './facts/messages.ts'
import { ageIs, attributeIs, birthdayIs, tagIs, textIs } from './facts/profile.ts'
import { type NaivePerson, type NaiveRule, type NaiveSegment, type NaiveWorld, naivePair } from './things.ts'
import { instantIs, localDay, type NaiveMoment } from './time.ts'

/**
 * The oracle: what a rule means, written down a second time from the product's description and nothing else, as slowly
 * and plainly as possible. It shares no code with the compiler: not its dates, not its facts.
 *
 * One evaluation is of a whole world at one instant. What it has found out about others (segments that rules ask for,
 * places in rankings) it remembers.
 */
export class NaiveEvaluation {
  readonly #world: NaiveWorld
  readonly #moment: NaiveMoment
  readonly #members = new Map<string, boolean>()
  readonly #numbers = new Map<string, number[]>()

  constructor(world: NaiveWorld, now: Date) {
    this.#world = world
    this.#moment = { now, today: localDay(now, world.timeZone), timeZone: world.timeZone }
  }

  /** Whether a customer is in a segment of the world; `provider` for a provider's, else null. */
  isMember(segment: NaiveSegment, provider: number | null, customer: number): boolean {
    const key = `${segment.key} ${naivePair(provider, customer)}`
    const known = this.#members.get(key)
    if (known !== undefined) return known
    const person = this.#world.people.get(customer)
    const may = person !== undefined && this.mayBeIn(person, provider)
    const byHand = segment.byHand.get(naivePair(provider, customer))
    const is = may && (byHand ?? this.#holds(segment.rule, person, provider))
    this.#members.set(key, is)
    return is
  }

  /** Whether a rule of its own, in no segment, holds for a customer. */
  holds(rule: NaiveRule, provider: number | null, customer: number): boolean {
    const person = this.#world.people.get(customer)
    return person !== undefined && this.mayBeIn(person, provider) && this.#holds(rule, person, provider)
  }

  /** Who has arrived may be in a segment; in a provider's, who is a customer of one who has arrived. */
  mayBeIn(person: NaivePerson, provider: number | null): boolean {
    if (!person.customer.known) return false
    if (provider === null) return true
    if (this.#world.waitingProviders.has(provider)) return false
    const { bookings, memberships, payments, reviews, interactions, favourites, rewards } = person
    const things = [...bookings, ...memberships, ...payments, ...reviews, ...interactions]
    return (
      things.some((one) => !one.deleted && one.provider === provider) ||
      [...favourites, ...rewards].some((one) => one.provider === provider)
    )
  }

  #holds(rule: NaiveRule, person: NaivePerson, provider: number | null): boolean {
    const part = (inner: unknown) => this.#holds(inner as NaiveRule, person, provider)
    if ('all' in rule) return (rule.all as unknown[]).every(part)
    if ('any' in rule) return (rule.any as unknown[]).some(part)
    if ('not' in rule) return !part(rule.not)
    return this.#condition(rule, person, provider)
  }

  #condition(rule: NaiveRule, person: NaivePerson, provider: number | null): boolean {
    const { customer } = person
    const moment = this.#moment
    /** What counts: all of it, or what is between this provider and the customer. */
    const counting = <Row extends { provider: number | null }>(rows: readonly Row[]) =>
      this.#arrived(rows).filter((row) => provider === null || row.provider === provider)
    switch (rule.fact) {
      case 'gender':
      case 'language':
      case 'country':
      case 'customer_group':
      case 'aggregator':
      case 'status':
        return textIs(customer[rule.fact], rule.fact, rule)
      case 'attribute':
        return attributeIs(customer, rule, moment)
      case 'age':
        return ageIs(customer, rule, moment)
      case 'birthday':
        return birthdayIs(customer, rule, moment)
      case 'joined':
        return instantIs(customer.joinedAt, rule, moment)
      case 'tag':
        return tagIs(customer, rule)
      case 'first_booking':
      case 'last_booking':
      case 'next_booking':
        return bookingDateIs(counting(person.bookings), rule, moment)
      case 'booking_count':
        return bookingCountIs(counting(person.bookings), rule, moment)
      // a membership is the customer's, whoever sold it
      case 'membership':
        return membershipIs(this.#arrived(person.memberships), rule, moment)
      case 'membership_end':
        return membershipEndIs(this.#arrived(person.memberships), rule, moment)
      case 'payment_total':
      case 'payment_count':
        return paymentsAre(counting(person.payments), rule, moment)
      case 'last_payment':
        return lastPaymentIs(counting(person.payments), rule, moment)
      case 'last_interaction':
        return lastInteractionIs(counting(person.interactions), rule, moment)
      case 'latest_review':
        return latestReviewIs(counting(person.reviews), rule, moment)
      case 'favourite':
        return yesIs(counting(person.favourites).length > 0, rule)
      case 'reward':
        return rewardIs(counting(person.rewards), rule, moment)
      case 'unsubscribed':
        return unsubscribedIs(person, rule, provider)
      case 'reachable':
        return reachableIs(person, rule, provider)
      case 'delivery':
        return deliveryIs(person.deliveries, rule, moment)
      case 'survey_answer':
        return surveyAnswerIs(person.answers, rule, moment)
      case 'rank':
        return this.#isTop(rule, person, provider) === (rule.is === 'top')
      case 'segment':
        return this.#isInSegment(String(rule.value), person, provider) === (rule.is === 'in')
      default:
        throw new Error(`The oracle knows no fact ${String(rule.fact)}`)
    }
  }

  /** Rows that are there, and name nobody who is not. */
  #arrived<Row extends { provider: number | null; deleted?: boolean }>(rows: readonly Row[]): Row[] {
    return rows.filter(
      ({ provider, deleted }) => deleted !== true && (provider === null || !this.#world.waitingProviders.has(provider)),
    )
  }

  /** A provider's segment asks for one of the whole business or of the same provider; the business for one of any provider. */
  #isInSegment(key: string, { customer }: NaivePerson, provider: number | null): boolean {
    const asked = this.#world.segments.get(key)
    if (asked === undefined) return false
    if (asked.scope === 'business') return this.isMember(asked, null, customer.id)
    const providers = provider === null ? this.#world.providers : [provider]
    return providers.some((one) => this.isMember(asked, one, customer.id))
  }

  /** Among the first N by a number: fewer than N have more. Who has nothing has no place. */
  #isTop(rule: NaiveRule, person: NaivePerson, provider: number | null): boolean {
    const own = this.#numberOf(rule, person, provider)
    if (own <= 0) return false
    const { value: _, is: __, ...ranking } = rule
    const key = `${provider} ${JSON.stringify(ranking)}`
    const numbers =
      this.#numbers.get(key) ??
      [...this.#world.people.values()]
        .filter((one) => this.mayBeIn(one, provider))
        .map((one) => this.#numberOf(rule, one, provider))
    this.#numbers.set(key, numbers)
    return numbers.filter((number) => number > own).length < Number(rule.value)
  }

  #numberOf(rule: NaiveRule, { bookings, payments }: NaivePerson, provider: number | null): number {
    const counting = <Row extends { provider: number | null; deleted: boolean }>(rows: readonly Row[]) =>
      this.#arrived(rows).filter((row) => provider === null || row.provider === provider)
    return rule.by === 'payment_total'
      ? paidWithin(counting(payments), rule, this.#moment)
      : countOfBookings(counting(bookings), rule, this.#moment)
  }
}
