import type { Condition, Scope } from '../rule.ts'

/** The same condition in two rules is one column, however its members are ordered. */
export function keyOf(condition: Condition): string {
  return JSON.stringify(condition, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** The name of a ranking: the same for all conditions that differ only in how many are at the top. */
export const rankingKey = (scope: Scope, ranking: Condition): string => `${scope} ${keyOf(ranking)}`
