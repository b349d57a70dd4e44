import { compileDate, DATE_OPERATORS } from '../dates.ts'
import type { Fact } from '../fact.ts'

/** When the customer joined. */
export const joined: Fact = {
  label: 'Joined',
  group: 'profile',
  parameters: {},
  operators: DATE_OPERATORS,
  compile: (condition, context) =>
    compileDate(condition, { at: context.customer('joined_at'), on: context.customer('joined_on') }, context),
}
