import { BOOKING_PARAMETERS, bookingDates } from '../bookings.ts'
import { compileDate, DATE_OPERATORS } from '../dates.ts'
import type { Fact } from '../fact.ts'

/** The latest booking that has started. */
export const lastBooking: Fact = {
  label: 'Last booking',
  group: 'bookings',
  parameters: BOOKING_PARAMETERS,
  operators: DATE_OPERATORS,
  compile: (condition, context) => compileDate(condition, bookingDates('last', condition, context), context),
}
