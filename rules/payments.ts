import { type Count, countRows } from './counts.ts'
import type { Context } from './fact.ts'
import type { Condition } from './rule.ts'
import { plain, type Sql, sql } from './sql.ts'

const PAYMENTS = {
  table: 'payments',
  at: plain('x.paid_at'),
  on: plain('x.paid_on'),
  meant: plain('TRUE'),
} as const

/** The sum of payments in minor units, or their number, in the condition's window where it has one. */
export function countPayments(what: 'total' | 'count', condition: Condition, context: Context): Count {
  const stored = condition.within === undefined ? context.rollup(what === 'total' ? 'paid_total' : 'payments') : null
  if (stored !== null) {
    const records = { table: 'payments', which: plain('TRUE'), order: plain('x.paid_at DESC') } as const
    return { number: sql`COALESCE(${stored}, 0)`, records }
  }
  const adds: Sql = what === 'total' ? plain('x.amount') : plain('1')
  return countRows({ ...PAYMENTS, adds }, condition.within, context)
}
