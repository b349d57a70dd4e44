import { BOOKING_PARAMETERS, countBookings } from '../bookings.ts'
import type { Fact } from '../fact.ts'
import { choice, count, window } from '../kinds.ts'
import { countPayments } from '../payments.ts'
import { rankingOf } from '../rankings.ts'
import { sql } from '../sql.ts'

const by = choice(['booking_count', 'payment_total'])

/**
 * The place among all customers (of a provider, among theirs) by a number, the largest first. In the top N is who has
 * fewer than N before them: those with the same number share a place, so there may be more than N. Who has nothing has
 * no place.
 */
export const rank: Fact = {
  label: 'Rank',
  group: 'bookings',
  parameters: {
    by: { label: 'by', kind: by, usual: 'booking_count' },
    ...(BOOKING_PARAMETERS.states === undefined ? {} : { states: BOOKING_PARAMETERS.states }),
    within: { label: 'within', kind: window },
  },
  operators: {
    top: { label: 'is in the top', value: count },
    not_top: { label: 'is not in the top', value: count },
  },
  compile(condition, context) {
    const ranking = rankingOf(condition)
    const { number, ...flips } =
      ranking.by === 'payment_total' ? countPayments('total', condition, context) : countBookings(condition, context)
    const threshold = context.threshold(ranking, count.schema.parse(condition.value))
    const top = sql`(${number} > 0 AND ${number} >= ${threshold})`
    return { holds: condition.is === 'top' ? top : sql`NOT ${top}`, value: number, ...flips }
  },
}
