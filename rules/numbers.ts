import type { Operator } from './fact.ts'
import { amount, range } from './kinds.ts'
import type { Condition } from './rule.ts'
import { plain, type Sql, sql } from './sql.ts'

/** The operators of facts whose value is a number. */
export const NUMBER_OPERATORS: Readonly<Record<string, Operator>> = {
  '=': { label: 'is', value: amount },
  '!=': { label: 'is not', value: amount },
  '<': { label: 'is less than', value: amount },
  '<=': { label: 'is at most', value: amount },
  '>': { label: 'is more than', value: amount },
  '>=': { label: 'is at least', value: amount },
  between: { label: 'is between', value: range },
}

/** Compares a number with one of {@link NUMBER_OPERATORS}. */
export function compareNumber(condition: Condition, number: Sql): Sql {
  if (condition.is === 'between') {
    const [from, to] = range.schema.parse(condition.value)
    return sql`${number} BETWEEN ${from} AND ${to}`
  }
  if (!Object.hasOwn(NUMBER_OPERATORS, condition.is)) throw new Error(`No number operator: ${condition.is}`)
  return sql`${number} ${plain(condition.is)} ${amount.schema.parse(condition.value)}`
}
