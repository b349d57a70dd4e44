import { BOOKING_PARAMETERS, bookingDates } from '../bookings.ts'
import { compileDate, DATE_OPERATORS } from '../dates.ts'
import type { Fact } from '../fact.ts'

/** The earliest booking that has not started. */
export const nextBooking: Fact = {
  label: 'Next booking',
  group: 'bookings',
  parameters: BOOKING_PARAMETERS,
  operators: DATE_OPERATORS,
  compile: (condition, context) => compileDate(condition, bookingDates('next', condition, context), context),
}
