import { BOOKING_PARAMETERS, bookingDates } from '../bookings.ts'
import { compileDate, DATE_OPERATORS } from '../dates.ts'
import type { Fact } from '../fact.ts'

/** The first booking ever, whether it has started or not. */
export const firstBooking: Fact = {
  label: 'First booking',
  group: 'bookings',
  parameters: BOOKING_PARAMETERS,
  operators: DATE_OPERATORS,
  compile: (condition, context) => compileDate(condition, bookingDates('first', condition, context), context),
}
