import { compileDate, DATE_OPERATORS } from '../dates.ts'
import type { Fact } from '../fact.ts'
import { latestOf } from '../latest.ts'
import { plain } from '../sql.ts'

/** The latest payment that has been made. */
export const lastPayment: Fact = {
  label: 'Last payment',
  group: 'payments',
  parameters: {},
  operators: DATE_OPERATORS,
  compile: (condition, context) =>
    compileDate(
      condition,
      latestOf({ table: 'payments', at: 'paid_at', on: 'paid_on', meant: plain('TRUE') }, context),
      context,
    ),
}
