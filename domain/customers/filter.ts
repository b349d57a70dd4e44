import type { Sql } from './sql.ts'
import { textSql } from './text.ts'

/** What a list of customers is narrowed by; parts left out and empty lists narrow nothing. */
export type CustomerFilter = {
  gender?: readonly string[] | undefined
  /** Names of groups; '' stands for those without one. */
  customer_group?: readonly string[] | undefined
  /** Names of partners; '' stands for those without one. */
  aggregator?: readonly string[] | undefined
  /** Bookings that are not cancelled, with the business or the provider whose customers are meant; both ends belong to it. */
  bookings?: { min?: number | undefined; max?: number | undefined } | undefined
  /** Customers with at least one of these tags. */
  tag?: readonly string[] | undefined
  text?: string | undefined
}

/**
 * A boolean SQL expression that holds for the customers whom a filter lets through. It stands in a query over
 * `customers` under the given alias, left-joined with their `relationships r` with the business or the provider.
 */
export function customerFilterSql(filter: CustomerFilter, alias = 'c'): Sql {
  const parts = [
    oneOf(`${alias}.gender`, filter.gender),
    oneOf(`${alias}.customer_group`, filter.customer_group),
    oneOf(`${alias}.aggregator`, filter.aggregator),
    bound('>=', filter.bookings?.min),
    bound('<=', filter.bookings?.max),
    hasTag(alias, filter.tag),
    textSql(filter.text, alias),
  ].filter((part) => part !== null)
  return allOf(parts)
}

/** The conjunction of conditions; of none: true. */
export function allOf(parts: readonly Sql[]): Sql {
  if (parts.length === 0) return { sql: 'TRUE', bindings: [] }
  return {
    sql: parts.map((part) => `(${part.sql})`).join(' AND '),
    bindings: parts.flatMap((part) => part.bindings),
  }
}

/** The customers with at least one of some tags; null for no tag, which narrows nothing. */
export function hasTag(alias: string, tags: readonly string[] | undefined): Sql | null {
  if (tags === undefined || tags.length === 0) return null
  const marks = tags.map(() => '?').join(', ')
  return {
    sql: `EXISTS (SELECT 1 FROM customer_tags t WHERE t.customer_id = ${alias}.id AND t.tag IN (${marks}))`,
    bindings: [...tags],
  }
}

function oneOf(column: string, values: readonly string[] | undefined): Sql | null {
  if (values === undefined || values.length === 0) return null
  const named = values.filter((value) => value !== '')
  const choices: string[] = []
  if (named.length > 0) choices.push(`${column} IN (${named.map(() => '?').join(', ')})`)
  if (named.length < values.length) choices.push(`${column} IS NULL OR ${column} = ''`)
  return { sql: choices.join(' OR '), bindings: named }
}

function bound(operator: '>=' | '<=', count: number | undefined): Sql | null {
  return count === undefined ? null : { sql: `COALESCE(r.bookings, 0) ${operator} ?`, bindings: [count] }
}
