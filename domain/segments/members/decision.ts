import type { Scope } from '../../../rules/rule.ts'

/** Put in, taken out, or left to the rule again. */
export type Decision = 'in' | 'out' | 'rule'

/** A segment with the provider whose customers are meant; 0 for the whole business. Our own ids. */
export type Target = { segmentId: number; scope: Scope; providerId: number }
