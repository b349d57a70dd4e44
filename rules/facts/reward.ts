import { compileDay } from '../days.ts'
import type { Fact } from '../fact.ts'
import { choice, endsWithin } from '../kinds.ts'
import { plain, sql } from '../sql.ts'

const kind = choice(['voucher', 'free_minutes'])

/** Vouchers and free minutes of the customer. Usable: active, within its period. */
export const reward: Fact = {
  label: 'Reward',
  group: 'rewards',
  parameters: { kind: { label: 'kind', kind } },
  operators: {
    usable: { label: 'is usable', value: null },
    used: { label: 'was used', value: null },
    expired_unused: { label: 'expired unused', value: null },
    ends: { label: 'ends within the next', value: endsWithin },
  },
  compile(condition, context) {
    const { today } = context
    const meant = condition.kind === undefined ? plain('TRUE') : sql`x.kind = ${kind.schema.parse(condition.kind)}`
    const active = sql`${meant} AND x.state = 'active'`
    const usable = sql`${active} AND x.valid_from <= ${today} AND x.valid_to >= ${today}`
    const some = (which: ReturnType<typeof sql>) =>
      sql`COALESCE(${context.aggregate('rewards', sql`MAX(${which})`)}, 0)`
    const earliest = (which: ReturnType<typeof sql>, day: ReturnType<typeof sql>) =>
      context.aggregate('rewards', sql`MIN(CASE WHEN ${which} THEN ${day} END)`)
    const begins = earliest(sql`${active} AND x.valid_from > ${today}`, plain('x.valid_from'))
    const expires = earliest(
      sql`${active} AND x.valid_to >= ${today} AND x.valid_to < ${'9999-12-31'}`,
      sql`DATE_ADD(x.valid_to, INTERVAL 1 DAY)`,
    )
    const records = (which: ReturnType<typeof sql>) =>
      ({ table: 'rewards', which, order: plain('x.valid_to') }) as const
    switch (condition.is) {
      case 'usable':
        return {
          holds: some(usable),
          value: earliest(usable, plain('x.valid_to')),
          flipsOn: [begins, expires],
          records: records(usable),
        }
      case 'used': {
        // free minutes that were used in part can be used further, and were used all the same
        const used = sql`${meant} AND (x.state = 'used' OR x.minutes_used > 0)`
        return { holds: some(used), value: some(used), records: records(used) }
      }
      case 'expired_unused': {
        const over = sql`${active} AND x.valid_to < ${today} AND x.minutes_used = 0`
        return { holds: some(over), value: some(over), flipsOn: [expires], records: records(over) }
      }
      case 'ends': {
        const { within_next } = endsWithin.schema.parse(condition.value)
        const ends = earliest(sql`${active} AND x.valid_to >= ${today}`, plain('x.valid_to'))
        const ahead = { ...condition, is: 'within_next', value: within_next }
        return {
          ...compileDay(ahead, ends, 'end', context),
          records: records(sql`${active} AND x.valid_to >= ${today}`),
        }
      }
      default:
        throw new Error(`No reward operator: ${condition.is}`)
    }
  },
}
