import { anniversariesOf } from '../anniversaries.ts'
import { entersWindowOn, leavesWindowOn, shifted } from '../dates.ts'
import type { Fact } from '../fact.ts'
import { days, months } from '../kinds.ts'
import { listed, sql } from '../sql.ts'

/** The birthday of each year, which has come from its midnight on. */
export const birthday: Fact = {
  label: 'Birthday',
  group: 'profile',
  parameters: {},
  operators: {
    within_next: { label: 'within the next', value: days },
    within_last: { label: 'within the last', value: days },
    month: { label: 'in the month', value: months },
  },
  compile(condition, context) {
    const born = context.customer('birthdate')
    const { last, next } = anniversariesOf(born, context)
    const { today } = context
    switch (condition.is) {
      case 'within_next': {
        const by = days.schema.parse(condition.value)
        const holds = sql`${next} <= ${shifted(today, by, 1)}`
        return {
          holds,
          value: next,
          flipsOn: [next, sql`CASE WHEN NOT (${holds}) THEN ${entersWindowOn(next, by)} END`],
        }
      }
      case 'within_last': {
        const by = days.schema.parse(condition.value)
        return {
          holds: sql`${last} >= ${shifted(today, by, -1)}`,
          value: last,
          flipsOn: [next, leavesWindowOn(last, by)],
        }
      }
      case 'month':
        return { holds: sql`MONTH(${born}) IN ${listed(months.schema.parse(condition.value))}`, value: born }
      default:
        throw new Error(`No birthday operator: ${condition.is}`)
    }
  },
}
