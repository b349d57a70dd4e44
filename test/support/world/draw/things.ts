import type {
  NaiveAnswer,
  NaiveBooking,
  NaiveDelivery,
  NaiveInteraction,
  NaiveMembership,
  NaivePayment,
  NaiveReview,
  NaiveReward,
  NaiveSuppression,
} from '../../naive/things.ts'
import type { Random } from '../../random.ts'
import { pastInstant, randomDay, randomInstant, randomPeriod } from './instants.ts'
import { ANSWERS, AUTOMATIONS, CHANNELS, REWARD_KINDS, SERVICES, STATES, SURVEYS, TEMPLATES, TYPES } from './words.ts'

/** What a thing is drawn with: between whom it is, and the moment around which things happen. */
export type Draw = {
  random: Random
  id: number
  customer: number
  providers: readonly number[]
  now: Date
  timeZone: string
}

const between = ({ random, id, customer, providers }: Draw, without = 0.3) => ({
  id,
  customer,
  provider: random.chance(without) ? null : random.pick(providers),
  deleted: false,
})

export type Booking = NaiveBooking & { id: number }
export type Membership = NaiveMembership & { id: number }
export type Payment = NaivePayment & { id: number }
export type Interaction = NaiveInteraction & { id: number }
export type Reward = NaiveReward & { id: number }

export const drawBooking = (draw: Draw): Booking => ({
  ...between(draw),
  startsAt: randomInstant(draw.random, draw.now),
  state: draw.random.pick([...STATES, 'attended', 'booked', 'attended']),
  service: draw.random.chance(0.2) ? null : draw.random.pick(SERVICES),
})

export function drawMembership(draw: Draw): Membership {
  const { random, now, timeZone } = draw
  const [early, late] = randomPeriod(random, now, timeZone)
  // a few are never valid at all
  const backwards = random.chance(0.1)
  return {
    ...between(draw, 0.8),
    type: random.chance(0.2) ? null : random.pick(TYPES),
    validFrom: backwards ? late : early,
    validTo: random.chance(0.4) ? null : backwards ? early : late,
    cancelledOn: random.chance(0.5) ? null : randomDay(random, now, timeZone),
  }
}

/** Some are paid back. */
export const drawPayment = (draw: Draw): Payment => ({
  ...between(draw),
  paidAt: randomInstant(draw.random, draw.now),
  amount: draw.random.pick([500, 1000, 1000, 2500, -500, 0]),
})

/** At times two at one instant. */
export const drawReview = (draw: Draw): NaiveReview => ({
  ...between(draw, 0.1),
  at: draw.random.chance(0.3)
    ? new Date(Math.floor(draw.now.getTime() / 864e5) * 864e5)
    : randomInstant(draw.random, draw.now),
  rating: draw.random.int(1, 5),
})

export const drawInteraction = (draw: Draw): Interaction => ({
  ...between(draw),
  at: randomInstant(draw.random, draw.now),
  direction: draw.random.pick(['inbound', 'outbound']),
})

export function drawReward({ random, id, customer, providers, now, timeZone }: Draw): Reward {
  const [validFrom, validTo] = randomPeriod(random, now, timeZone)
  return {
    id,
    customer,
    provider: random.pick(providers),
    kind: random.pick(REWARD_KINDS),
    state: random.pick(['reserved', 'active', 'active', 'active', 'used', 'given_back']),
    validFrom,
    validTo,
  }
}

/** @param email the customer's address, which may be the one that bounced */
export function drawSuppression({ random, customer, providers }: Draw, email: string | null): NaiveSuppression {
  const bounced = random.chance(0.4)
  return {
    customer,
    provider: bounced || random.chance(0.5) ? null : random.pick(providers),
    channel: random.pick(['email', 'email', ...CHANNELS]),
    kind: bounced ? 'all' : random.pick(['all', 'all', 'loyalty', 'automation']),
    reason: bounced ? 'bounced' : random.pick(['unsubscribed', 'by_hand', 'complained']),
    address: bounced ? random.pick([email, 'old@customers.test']) : null,
  }
}

export type Answer = NaiveAnswer & { id: number }

/** Some were changed later. */
export function drawAnswer({ random, id, customer, now }: Draw): Answer {
  return {
    id,
    customer,
    survey: random.pick(SURVEYS),
    answer: random.pick(ANSWERS),
    at: pastInstant(random, now),
    replaced: random.chance(0.3) ? now : null,
  }
}

/** A message of a campaign that got as far as it got. */
export function drawDelivery({ random, customer, now }: Draw, campaign: string): NaiveDelivery {
  const reached = (chance: number) => (random.chance(chance) ? pastInstant(random, now) : null)
  return {
    customer,
    campaign,
    template: random.chance(0.5) ? random.pick(TEMPLATES) : null,
    automation: random.chance(0.3) ? random.pick(AUTOMATIONS) : null,
    channel: random.pick(['email', 'email', 'sms']),
    test: random.chance(0.15),
    sent: reached(0.8),
    delivered: reached(0.6),
    opened: reached(0.4),
    clicked: reached(0.3),
    bounced: reached(0.2),
  }
}
