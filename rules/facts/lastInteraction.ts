import { compileDate, DATE_OPERATORS } from '../dates.ts'
import type { Fact } from '../fact.ts'
import { choice } from '../kinds.ts'
import { latestOf } from '../latest.ts'
import { plain, sql } from '../sql.ts'

const direction = choice(['inbound', 'outbound'])

/** The latest message exchanged, in either direction or one. */
export const lastInteraction: Fact = {
  label: 'Last message',
  group: 'messages',
  parameters: { direction: { label: 'direction', kind: direction } },
  operators: DATE_OPERATORS,
  compile(condition, context) {
    const meant =
      condition.direction === undefined
        ? plain('TRUE')
        : sql`x.direction = ${direction.schema.parse(condition.direction)}`
    return compileDate(
      condition,
      latestOf({ table: 'interactions', at: 'at', on: 'happened_on', meant }, context),
      context,
    )
  },
}
