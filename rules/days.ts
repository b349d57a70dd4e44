import { entersWindowOn, leavesWindowOn, shifted } from './dates.ts'
import type { Compiled, Context } from './fact.ts'
import { day, duration } from './kinds.ts'
import type { Condition } from './rule.ts'
import { type Sql, sql } from './sql.ts'

/**
 * Compiles a condition with one of the date operators for a fact that is a calendar day without a time.
 *
 * @param on the day
 * @param passes `begin`: it has come when the day begins, as a birthday; `end`: when the day is over, as the last day of
 *   a membership
 */
export function compileDay(condition: Condition, on: Sql, passes: 'begin' | 'end', context: Context): Compiled {
  const { today } = context
  // the first day that has not come yet, and the day on which a day becomes one that has
  const ahead = passes === 'begin' ? sql`${on} > ${today}` : sql`${on} >= ${today}`
  const comesOn = passes === 'begin' ? on : sql`DATE_ADD(${on}, INTERVAL 1 DAY)`
  const comes = sql`CASE WHEN ${ahead} AND ${on} < ${'9999-12-31'} THEN ${comesOn} END`
  switch (condition.is) {
    case 'within_last': {
      const by = duration.schema.parse(condition.value)
      const from = shifted(today, by, -1)
      const leaves = sql`CASE WHEN NOT (${ahead}) AND ${on} >= ${from} THEN ${leavesWindowOn(on, by)} END`
      return { holds: sql`NOT (${ahead}) AND ${on} >= ${from}`, value: on, flipsOn: [comes, leaves] }
    }
    case 'within_next': {
      const by = duration.schema.parse(condition.value)
      const to = shifted(today, by, 1)
      const enters = sql`CASE WHEN ${on} > ${to} THEN ${entersWindowOn(on, by)} END`
      return { holds: sql`${ahead} AND ${on} <= ${to}`, value: on, flipsOn: [enters, comes] }
    }
    case 'more_than_ago': {
      const by = duration.schema.parse(condition.value)
      const to = shifted(today, by, -1)
      const passed = sql`CASE WHEN NOT (${ahead}) AND ${on} >= ${to} THEN ${leavesWindowOn(on, by)} END`
      return { holds: sql`${on} < ${to}`, value: on, flipsOn: [comes, passed] }
    }
    case 'more_than_ahead': {
      const by = duration.schema.parse(condition.value)
      const from = shifted(today, by, 1)
      const nears = sql`CASE WHEN ${on} > ${from} THEN ${entersWindowOn(on, by)} END`
      return { holds: sql`${on} > ${from}`, value: on, flipsOn: [nears] }
    }
    case 'before':
      return { holds: sql`${on} < ${day.schema.parse(condition.value)}`, value: on }
    case 'after':
      return { holds: sql`${on} > ${day.schema.parse(condition.value)}`, value: on }
    case 'on':
      return { holds: sql`${on} = ${day.schema.parse(condition.value)}`, value: on }
    case 'set':
      return { holds: sql`${on} IS NOT NULL`, value: on }
    case 'not_set':
      return { holds: sql`${on} IS NULL`, value: on }
    default:
      throw new Error(`No date operator: ${condition.is}`)
  }
}
