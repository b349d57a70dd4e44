import { DATE_OPERATORS } from '../dates.ts'
import { compileDay } from '../days.ts'
import type { Compiled, Context, Fact, Operator } from '../fact.ts'
import { text, texts } from '../kinds.ts'
import { compareNumber, NUMBER_OPERATORS } from '../numbers.ts'
import type { Condition } from '../rule.ts'
import { listed, plain, type Sql, sql } from '../sql.ts'

const name = text(100)
const words = texts(200)
const word = text(200)

/** The types of attributes, and the operators that each allows beside `set` and `not_set`. */
const ATTRIBUTE_OPERATORS = {
  text: {
    one_of: { label: 'is one of', value: words },
    none_of: { label: 'is none of', value: words },
    contains: { label: 'contains', value: word },
    starts_with: { label: 'begins with', value: word },
  },
  number: NUMBER_OPERATORS,
  boolean: { true: { label: 'yes', value: null }, false: { label: 'no', value: null } },
  date: Object.fromEntries(Object.entries(DATE_OPERATORS).filter(([, { value }]) => value !== null)),
} as const satisfies Record<string, Readonly<Record<string, Operator>>>

type AttributeType = keyof typeof ATTRIBUTE_OPERATORS

/** The operators of a type, each saying of which. */
const typed = (type: AttributeType): Record<string, Operator> =>
  Object.fromEntries(Object.entries<Operator>(ATTRIBUTE_OPERATORS[type]).map(([is, one]) => [is, { ...one, type }]))

/**
 * What the business has noted about its customers in its own words. A value of another type than the operator compares
 * is as if there were none.
 */
export const attribute: Fact = {
  label: 'Attribute',
  group: 'profile',
  parameters: { name: { label: 'name', kind: name, required: true } },
  operators: {
    ...typed('text'),
    ...typed('number'),
    ...typed('date'),
    ...typed('boolean'),
    set: { label: 'is known', value: null },
    not_set: { label: 'is not known', value: null },
  },
  compile(condition, context) {
    const path = `$.${JSON.stringify(name.schema.parse(condition.name))}`
    const json = sql`JSON_EXTRACT(${context.customer('attributes')}, ${path})`
    const type = sql`JSON_TYPE(${json})`
    const shown = sql`JSON_UNQUOTE(${json})`
    const { is } = condition
    if (is === 'set') return { holds: sql`COALESCE(${type}, 'NULL') <> 'NULL'`, value: shown }
    if (is === 'not_set') return { holds: sql`COALESCE(${type}, 'NULL') = 'NULL'`, value: shown }
    if (is === 'true' || is === 'false') return { holds: sql`${type} = 'BOOLEAN' AND ${shown} = ${is}`, value: shown }
    // words are the same whatever their letters' size, as they are where they have a column of their own
    const folded = sql`CONVERT(${shown} USING utf8mb4) COLLATE utf8mb4_unicode_520_ci`
    const string = sql`CASE WHEN ${type} = 'STRING' THEN ${folded} END`
    if (Object.hasOwn(ATTRIBUTE_OPERATORS.text, is)) return { holds: compareText(condition, string), value: shown }
    if (Object.hasOwn(NUMBER_OPERATORS, is)) {
      const number = sql`CASE WHEN ${type} IN ${listed(NUMBER_TYPES)} THEN CAST(${shown} AS DECIMAL(38, 10)) END`
      return { holds: compareNumber(condition, number), value: shown }
    }
    return compileDateText(condition, string, context)
  },
}

/** What the databases call numbers in JSON. */
const NUMBER_TYPES = ['INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL']

function compareText(condition: Condition, string: Sql): Sql {
  switch (condition.is) {
    case 'one_of':
      return sql`${string} IN ${listed(words.schema.parse(condition.value))}`
    case 'none_of':
      return sql`${string} IS NULL OR ${string} NOT IN ${listed(words.schema.parse(condition.value))}`
    case 'contains':
      return sql`LOCATE(${word.schema.parse(condition.value)}, ${string}) > 0`
    default:
      return sql`LOCATE(${word.schema.parse(condition.value)}, ${string}) = 1`
  }
}

function compileDateText(condition: Condition, string: Sql, context: Context): Compiled {
  const shape = plain("'^[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]$'")
  // MariaDB compares a day that does not exist, though it shows none
  const exists = sql`RIGHT(${string}, 2) BETWEEN 1 AND DAY(LAST_DAY(CONCAT(LEFT(${string}, 8), '01')))`
  return compileDay(
    condition,
    sql`CASE WHEN ${string} REGEXP ${shape} AND ${exists} THEN CAST(${string} AS DATE) END`,
    'begin',
    context,
  )
}
