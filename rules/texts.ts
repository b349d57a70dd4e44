import type { Fact, Kind } from './fact.ts'
import { listed, sql } from './sql.ts'

/** A fact that is a text of the customer's row. Who has none is none of any list. */
export function textFact(label: string, column: string, values: Kind<string[]>): Fact {
  return {
    label,
    group: 'profile',
    parameters: {},
    operators: {
      one_of: { label: 'is one of', value: values },
      none_of: { label: 'is none of', value: values },
      set: { label: 'is known', value: null },
      not_set: { label: 'is not known', value: null },
    },
    compile(condition, context) {
      const text = context.customer(column)
      switch (condition.is) {
        case 'one_of':
          return { holds: sql`${text} IN ${listed(values.schema.parse(condition.value))}`, value: text }
        case 'none_of':
          return {
            holds: sql`${text} IS NULL OR ${text} NOT IN ${listed(values.schema.parse(condition.value))}`,
            value: text,
          }
        case 'set':
          return { holds: sql`${text} IS NOT NULL`, value: text }
        case 'not_set':
          return { holds: sql`${text} IS NULL`, value: text }
        default:
          throw new Error(`No text operator: ${condition.is}`)
      }
    },
  }
}
