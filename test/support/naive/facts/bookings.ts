import { isNamed, numberIs } from '../compare.ts'
import type { NaiveBooking, NaiveRule } from '../things.ts'
import { instantIs, isWithin, type NaiveMoment } from '../time.ts'

/** The bookings that a condition looks at: cancelled ones only where it asks for them. */
const meant = (
  bookings: readonly NaiveBooking[],
  { states, services, except_services: except }: NaiveRule,
): NaiveBooking[] =>
  bookings.filter(
    ({ state, service }) =>
      (states === undefined ? state !== 'cancelled' : (states as string[]).includes(state)) &&
      isNamed(services, service) &&
      (except === undefined || !isNamed(except, service)),
  )

/** The first booking ever, the latest one that has started, the earliest one that has not. */
export function bookingDateIs(bookings: readonly NaiveBooking[], rule: NaiveRule, moment: NaiveMoment): boolean {
  const starts = meant(bookings, rule)
    .map(({ startsAt }) => startsAt)
    .sort((a, b) => a.getTime() - b.getTime())
  switch (rule.fact) {
    case 'first_booking':
      return instantIs(starts[0], rule, moment)
    case 'last_booking':
      return instantIs(
        starts.findLast((at) => at <= moment.now),
        rule,
        moment,
      )
    default:
      return instantIs(
        starts.find((at) => at > moment.now),
        rule,
        moment,
      )
  }
}

export const countOfBookings = (bookings: readonly NaiveBooking[], rule: NaiveRule, moment: NaiveMoment): number =>
  meant(bookings, rule).filter(({ startsAt }) => isWithin(startsAt, rule.within, moment)).length

export const bookingCountIs = (bookings: readonly NaiveBooking[], rule: NaiveRule, moment: NaiveMoment): boolean =>
  numberIs(countOfBookings(bookings, rule, moment), rule)
