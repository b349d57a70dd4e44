import { BOOKING_PARAMETERS, countBookings } from '../bookings.ts'
import type { Fact } from '../fact.ts'
import { window } from '../kinds.ts'
import { compareNumber, NUMBER_OPERATORS } from '../numbers.ts'

/** The number of bookings: all that there are, past and to come, or those of the last or next days. */
export const bookingCount: Fact = {
  label: 'Number of bookings',
  group: 'bookings',
  parameters: { ...BOOKING_PARAMETERS, within: { label: 'within', kind: window } },
  operators: NUMBER_OPERATORS,
  compile(condition, context) {
    const { number, ...flips } = countBookings(condition, context)
    return { holds: compareNumber(condition, number), value: number, ...flips }
  },
}
