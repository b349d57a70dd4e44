import type { NaiveBooking, NaiveCustomer, NaiveMembership } from '../naive.ts'
import { localDay } from '../naive.ts'
import type { Random } from '../random.ts'
import { AGGREGATORS, GROUPS, SERVICES, STATES, TYPES } from './randomRules.ts'

export type Booking = NaiveBooking & { id: number }
export type Membership = NaiveMembership & { id: number }

const DAY = 86_400_000

/** A random moment in the past or the near future; often exactly where an answer changes. */
export function randomInstant(random: Random, now: Date): Date {
  const days = random.pick([0, 1, 7, 13, 14, 15, 29, 30, 31, 60, random.int(0, 400)])
  const at = now.getTime() + (random.chance(0.4) ? 1 : -1) * Math.min(days, 400) * DAY
  if (random.chance(0.15)) return new Date(at)
  if (random.chance(0.2)) {
    // the local midnights of all our zones lie on the half hour
    return new Date(Math.round(at / 1_800_000) * 1_800_000 + random.pick([-1, 0, 0, 1]))
  }
  return new Date(at + random.int(-DAY, DAY))
}

export function randomBooking(
  random: Random,
  id: number,
  customer: number,
  providers: readonly number[],
  now: Date,
): Booking {
  return {
    id,
    customer,
    provider: random.chance(0.3) ? null : random.pick(providers),
    startsAt: randomInstant(random, now),
    state: random.pick([...STATES, 'attended', 'booked']),
    service: random.chance(0.2) ? null : random.pick(SERVICES),
    deleted: false,
  }
}

export function randomMembership(
  random: Random,
  id: number,
  customer: number,
  providers: readonly number[],
  now: Date,
  timeZone: string,
): Membership {
  const day = () => localDay(randomInstant(random, now), timeZone)
  const [early, late] = [day(), day()].sort() as [string, string]
  // a few are never valid at all
  const backwards = random.chance(0.1)
  return {
    id,
    customer,
    provider: random.chance(0.8) ? null : random.pick(providers),
    type: random.chance(0.2) ? null : random.pick(TYPES),
    validFrom: backwards ? late : early,
    validTo: random.chance(0.4) ? null : backwards ? early : late,
    cancelledOn: random.chance(0.5) ? null : day(),
    deleted: false,
  }
}

export function randomProfile(random: Random, id: number, known: boolean): NaiveCustomer {
  const maybe = <Value>(values: readonly Value[]) => (random.chance(0.3) ? null : random.pick(values))
  return {
    id,
    known,
    gender: maybe(['female', 'male', 'diverse']),
    language: maybe(['en', 'de', 'it']),
    country: maybe(['DE', 'IT', 'US']),
    customer_group: maybe(GROUPS),
    aggregator: maybe(AGGREGATORS),
    status: random.pick(['lead', 'customer', 'vip']),
  }
}
