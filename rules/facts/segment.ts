import type { Fact } from '../fact.ts'
import { name } from '../kinds.ts'
import { sql } from '../sql.ts'

const id = name('segment')

/** Membership of another segment; in a provider's segment, of one for the whole business or of the same provider's. */
export const segment: Fact = {
  label: 'Segment',
  group: 'segments',
  parameters: {},
  operators: {
    in: { label: 'is in', value: id },
    not_in: { label: 'is not in', value: id },
  },
  compile(condition, context) {
    const { holds, ...flips } = context.segment(id.schema.parse(condition.value))
    return { holds: condition.is === 'in' ? holds : sql`NOT (${holds})`, value: sql`(${holds})`, ...flips }
  },
}
