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
    ends: { label: 'ends', value: endsWithin },
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
    const over = sql`DATE_ADD(x.valid_to, INTERVAL 1 DAY)`
    const expires = earliest(sql`${active} AND x.valid_to >= ${today} AND x.valid_to < ${'9999-12-31'}`, over)
    switch (condition.is) {
      case 'usable':
        return { holds: some(usable), value: earliest(usable, plain('x.valid_to')), flipsOn: [begins, expires] }
      case 'used':
        return { holds: some(sql`${meant} AND x.state = 'used'`), value: some(sql`${meant} AND x.state = 'used'`) }
      case 'expired_unused': {
        const expired = some(sql`${active} AND x.valid_to < ${today}`)
        return { holds: expired, value: expired, flipsOn: [expires] }
      }
      case 'ends': {
        const { within_next } = endsWithin.schema.parse(condition.value)
        const ends = earliest(sql`${active} AND x.valid_to >= ${today}`, plain('x.valid_to'))
        const ahead = { ...condition, is: 'within_next', value: within_next }
        return compileDay(ahead, ends, 'end', context)
      }
      default:
        throw new Error(`No reward operator: ${condition.is}`)
    }
  },
}
