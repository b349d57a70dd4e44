import type { Compiled, Operator } from './fact.ts'
import type { Condition } from './rule.ts'
import { type Sql, sql } from './sql.ts'

/** The operators of facts that hold or do not. */
export const YES_OR_NO: Readonly<Record<string, Operator>> = {
  true: { label: 'yes', value: null },
  false: { label: 'no', value: null },
}

/** Compiles a condition with one of {@link YES_OR_NO}; `is` must be 0 or 1, never NULL. */
export function yesOrNo(condition: Condition, is: Sql): Compiled {
  return { holds: condition.is === 'true' ? is : sql`NOT (${is})`, value: sql`(${is})` }
}
