import type { Fact } from '../fact.ts'
import { texts } from '../kinds.ts'
import { listed, type Sql, sql } from '../sql.ts'

const types = texts(100)

/**
 * Memberships as of today. Valid: from `valid_from` to `valid_to`, both included; no `valid_to` is open-ended. Cancelled:
 * from the day of `cancelled_on` on. `never`: none has begun yet; `expired`: one has begun, and none is valid. So each
 * customer is exactly one of valid, expired, never. Counts everything in both scopes: a membership is the customer's.
 */
export const membership: Fact = {
  label: 'Membership',
  group: 'membership',
  parameters: { types: { label: 'of type', kind: types } },
  operators: {
    valid: { label: 'is valid', value: null },
    valid_cancelled: { label: 'is valid and cancelled', value: null },
    valid_uncancelled: { label: 'is valid and not cancelled', value: null },
    expired: { label: 'has expired', value: null },
    never: { label: 'never had one', value: null },
  },
  compile(condition, context) {
    const { today } = context
    const asked = condition.types === undefined ? null : types.schema.parse(condition.types)
    const meant = asked === null ? sql`TRUE` : sql`x.type IN ${listed(asked)}`
    const begun = sql`${meant} AND x.valid_from <= ${today}`
    const valid = sql`${begun} AND (x.valid_to IS NULL OR x.valid_to >= ${today})`
    const cancelled = sql`${valid} AND COALESCE(x.cancelled_on <= ${today}, FALSE)`
    const uncancelled = sql`${valid} AND COALESCE(x.cancelled_on > ${today}, TRUE)`
    const count = (which: Sql) => sql`COALESCE(${context.aggregate('memberships', sql`SUM(${which})`)}, 0)`
    const some = {
      begun: count(begun),
      valid: count(valid),
      cancelled: count(cancelled),
      uncancelled: count(uncancelled),
    }
    const earliest = (which: Sql, day: Sql) =>
      context.aggregate('memberships', sql`MIN(CASE WHEN ${which} THEN ${day} END)`)
    const flipsOn = [
      earliest(sql`${meant} AND x.valid_from > ${today}`, sql`x.valid_from`),
      // the day after the last day there is cannot be stored, and never comes
      earliest(
        sql`${meant} AND x.valid_to >= ${today} AND x.valid_to < ${'9999-12-31'}`,
        sql`DATE_ADD(x.valid_to, INTERVAL 1 DAY)`,
      ),
      earliest(sql`${meant} AND x.cancelled_on > ${today}`, sql`x.cancelled_on`),
    ]
    const records = (which: Sql) => ({ table: 'memberships', which, order: sql`x.valid_from DESC` }) as const
    switch (condition.is) {
      case 'valid':
        return { holds: sql`${some.valid} > 0`, value: some.valid, flipsOn, records: records(valid) }
      case 'valid_cancelled':
        return { holds: sql`${some.cancelled} > 0`, value: some.cancelled, flipsOn, records: records(cancelled) }
      case 'valid_uncancelled':
        return { holds: sql`${some.uncancelled} > 0`, value: some.uncancelled, flipsOn, records: records(uncancelled) }
      case 'expired':
        return {
          holds: sql`${some.begun} > 0 AND ${some.valid} = 0`,
          value: some.begun,
          flipsOn,
          records: records(begun),
        }
      case 'never':
        return { holds: sql`${some.begun} = 0`, value: some.begun, flipsOn, records: records(begun) }
      default:
        throw new Error(`No membership operator: ${condition.is}`)
    }
  },
}
