import { type Condition, isAll, isCondition, isNot, type Rule } from '../rule.ts'
import { joined, plain, type Sql, sql } from '../sql.ts'

/** Whether a rule holds, as one boolean expression over what its conditions are. */
export function holdsOf(rule: Rule, condition: (condition: Condition) => Sql): Sql {
  if (isCondition(rule)) return condition(rule)
  if (isNot(rule)) return sql`(NOT ${holdsOf(rule.not, condition)})`
  const parts = isAll(rule) ? rule.all : rule.any
  if (parts.length === 0) return plain(isAll(rule) ? '1' : '0')
  return sql`(${joined(
    parts.map((part) => holdsOf(part, condition)),
    isAll(rule) ? ' AND ' : ' OR ',
  )})`
}
