import type { Condition, Rule } from '../../rules/rule.ts'

/** Conditions as they are written most shortly. */

export const count = (is: string, value: unknown): Condition => ({ fact: 'booking_count', is, value })
export const last = (is: string, value?: unknown): Condition => ({
  fact: 'last_booking',
  is,
  ...(value === undefined ? {} : { value }),
})
export const first = (is: string, value?: unknown): Condition => ({ ...last(is, value), fact: 'first_booking' })
export const member = (is: string): Condition => ({ fact: 'membership', is })
export const group = (is: string, ...value: string[]): Condition => ({ fact: 'customer_group', is, value })
export const attribute = (is: string, value?: unknown): Condition => ({ fact: 'attribute', name: 'level', is, value })
export const not = (rule: Rule): Rule => ({ not: rule })
