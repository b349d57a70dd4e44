import type { Kind, Operator } from './fact.ts'
import { amount, money, moneyRange, range } from './kinds.ts'
import type { Condition } from './rule.ts'
import { plain, type Sql, sql } from './sql.ts'

const comparing = (number: Kind, numbers: Kind): Readonly<Record<string, Operator>> => ({
  '=': { label: 'is', value: number },
  '!=': { label: 'is not', value: number },
  '<': { label: 'is less than', value: number },
  '<=': { label: 'is at most', value: number },
  '>': { label: 'is more than', value: number },
  '>=': { label: 'is at least', value: number },
  between: { label: 'is between', value: numbers },
})

/** The operators of facts whose value is a number. */
export const NUMBER_OPERATORS = comparing(amount, range)

/** The operators of facts whose value is money. */
export const MONEY_OPERATORS = comparing(money, moneyRange)

/** Compares a number with one of {@link NUMBER_OPERATORS}. */
export function compareNumber(condition: Condition, number: Sql): Sql {
  if (condition.is === 'between') {
    const [from, to] = range.schema.parse(condition.value)
    return sql`${number} BETWEEN ${from} AND ${to}`
  }
  if (!Object.hasOwn(NUMBER_OPERATORS, condition.is)) throw new Error(`No number operator: ${condition.is}`)
  return sql`${number} ${plain(condition.is)} ${amount.schema.parse(condition.value)}`
}
