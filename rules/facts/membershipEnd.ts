import { DATE_OPERATORS } from '../dates.ts'
import { compileDay } from '../days.ts'
import type { Fact } from '../fact.ts'
import { texts } from '../kinds.ts'
import { listed, plain, sql } from '../sql.ts'

const types = texts(100)

/**
 * The last valid day of the membership that runs longest; over when that day is. Who has one that is open-ended, or none
 * at all, has no end.
 */
export const membershipEnd: Fact = {
  label: 'Membership end',
  group: 'membership',
  parameters: { types: { label: 'of type', kind: types } },
  operators: DATE_OPERATORS,
  compile(condition, context) {
    const meant =
      condition.types === undefined ? plain('TRUE') : sql`x.type IN ${listed(types.schema.parse(condition.types))}`
    const open = sql`MAX(CASE WHEN ${meant} THEN x.valid_to IS NULL END)`
    const end = sql`CASE WHEN ${open} = 0 THEN MAX(CASE WHEN ${meant} THEN x.valid_to END) END`
    const compiled = compileDay(condition, context.aggregate('memberships', end), 'end', context)
    return {
      ...compiled,
      records: { table: 'memberships', which: meant, order: sql`x.valid_to IS NOT NULL, x.valid_to DESC` },
    }
  },
}
