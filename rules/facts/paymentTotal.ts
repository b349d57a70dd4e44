import type { Fact } from '../fact.ts'
import { window } from '../kinds.ts'
import { compareNumber, MONEY_OPERATORS } from '../numbers.ts'
import { countPayments } from '../payments.ts'

/** The sum of all payments in minor units, or of those of the last or next days. */
export const paymentTotal: Fact = {
  label: 'Money spent',
  group: 'payments',
  parameters: { within: { label: 'within', kind: window } },
  operators: MONEY_OPERATORS,
  compile(condition, context) {
    const { number, ...flips } = countPayments('total', condition, context)
    return { holds: compareNumber(condition, number), value: number, ...flips }
  },
}
