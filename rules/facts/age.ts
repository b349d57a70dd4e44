import { anniversariesOf } from '../anniversaries.ts'
import type { Fact } from '../fact.ts'
import { compareNumber, NUMBER_OPERATORS } from '../numbers.ts'

/** Completed years. */
export const age: Fact = {
  label: 'Age',
  group: 'profile',
  parameters: {},
  operators: NUMBER_OPERATORS,
  compile(condition, context) {
    const { years, next } = anniversariesOf(context.customer('birthdate'), context)
    return { holds: compareNumber(condition, years), value: years, flipsOn: [next] }
  },
}
