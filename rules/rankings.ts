import { count } from './kinds.ts'
import { type Condition, isCondition, nodesOf, type Rule } from './rule.ts'

/** What a condition of the fact `rank` shares with all others that rank customers in the same way. */
export function rankingOf(condition: Condition): Condition {
  const { value: _, ...rest } = condition
  return { ...rest, by: condition.by ?? 'booking_count', is: 'top' }
}

/** The condition on the number by which a ranking places customers: it changes by time alone when the number does. */
export function numberCondition({ by, states, within }: Condition): Condition {
  const which = within === undefined ? {} : { within }
  if (by === 'payment_total') return { fact: 'payment_total', ...which, is: '>', value: 0 }
  return { fact: 'booking_count', ...(states === undefined ? {} : { states }), ...which, is: '>', value: 0 }
}

/** The rankings that a rule asks for, each with how many are at the top. */
export function rankingsIn(rule: Rule): { condition: Condition; top: number }[] {
  return nodesOf(rule).flatMap(({ rule: node }) =>
    isCondition(node) && node.fact === 'rank'
      ? [{ condition: rankingOf(node), top: count.schema.parse(node.value) }]
      : [],
  )
}
