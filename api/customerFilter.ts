import type { z } from 'zod'
import type { CustomerFilter } from '../domain/customers/filter.ts'
import type { customerFilterQuery } from './contract/customers.ts'

/** Query parameters as the filter that they stand for. */
export function filterOf(query: z.output<typeof customerFilterQuery>): CustomerFilter {
  const { gender, customer_group, aggregator, bookings_min, bookings_max, tag, text } = query
  const { status, language, reachable, unreachable } = query
  const bookings = { min: bookings_min, max: bookings_max }
  return { gender, customer_group, aggregator, bookings, tag, text, status, language, reachable, unreachable }
}
