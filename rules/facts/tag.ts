import type { Fact } from '../fact.ts'
import { texts } from '../kinds.ts'
import { listed, sql } from '../sql.ts'

const tags = texts(100)

/** Words that somebody has put on the customer. */
export const tag: Fact = {
  label: 'Tag',
  group: 'profile',
  parameters: {},
  operators: {
    any_of: { label: 'is any of', value: tags },
    all_of: { label: 'is all of', value: tags },
    none_of: { label: 'is none of', value: tags },
  },
  compile(condition, context) {
    const asked = [...new Set(tags.schema.parse(condition.value))]
    const each = asked.map((one) => sql`COALESCE(${context.aggregate('customer_tags', sql`MAX(x.tag = ${one})`)}, 0)`)
    const any = sql`COALESCE(${context.aggregate('customer_tags', sql`MAX(x.tag IN ${listed(asked)})`)}, 0)`
    const value = context.aggregate('customer_tags', sql`GROUP_CONCAT(x.tag ORDER BY x.tag SEPARATOR ', ')`)
    switch (condition.is) {
      case 'any_of':
        return { holds: any, value }
      case 'all_of':
        return { holds: each.reduce((all, one) => sql`${all} AND ${one}`), value }
      case 'none_of':
        return { holds: sql`NOT (${any})`, value }
      default:
        throw new Error(`No tag operator: ${condition.is}`)
    }
  },
}
