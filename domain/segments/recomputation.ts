import type { Rule, Scope } from '../../rules/rule.ts'

/** One segment that is being recomputed. */
export type Recomputation = { id: number; segment: number; key: string; version: number; scope: Scope; rule: Rule }
