import type { Fact } from '../fact.ts'
import { window } from '../kinds.ts'
import { compareNumber, NUMBER_OPERATORS } from '../numbers.ts'
import { countPayments } from '../payments.ts'

/** The number of all payments, or of those of the last or next days. */
export const paymentCount: Fact = {
  label: 'Number of payments',
  group: 'payments',
  parameters: { within: { label: 'within', kind: window } },
  operators: NUMBER_OPERATORS,
  compile(condition, context) {
    const { number, ...flips } = countPayments('count', condition, context)
    return { holds: compareNumber(condition, number), value: number, ...flips }
  },
}
