import { reachableSql } from '../campaigns/reachable.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
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
  status?: readonly string[] | undefined
  /** Codes of languages; '' stands for those of whom it is not known. */
  language?: readonly string[] | undefined
  /** Customers who may be written to by every one of these channels: an address, consent, and nothing that stands against it. */
  reachable?: readonly ChannelName[] | undefined
  /** Customers who may be written to by none of these. */
  unreachable?: readonly ChannelName[] | undefined
  text?: string | undefined
}

/**
 * A boolean SQL expression that holds for the customers whom a filter lets through. It stands in a query over
 * `customers c`, left-joined with their `relationships r` with the business or the provider.
 *
 * @param providerId whose news is meant where somebody is to be reachable; 0 for the whole business
 */
export function customerFilterSql(filter: CustomerFilter, providerId = 0): Sql {
  const parts = [
    oneOf('c.gender', filter.gender),
    oneOf('c.customer_group', filter.customer_group),
    oneOf('c.aggregator', filter.aggregator),
    bound('>=', filter.bookings?.min),
    bound('<=', filter.bookings?.max),
    hasTag('c', filter.tag),
    oneOf('c.status', filter.status),
    oneOf('c.language', filter.language),
    ...(filter.reachable ?? []).map((channel) => reachableSql(channel, providerId)),
    ...(filter.unreachable ?? []).map((channel) => not(reachableSql(channel, providerId))),
    textSql(filter.text, 'c'),
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

const not = ({ sql, bindings }: Sql): Sql => ({ sql: `NOT (${sql})`, bindings })

function oneOf(column: string, values: readonly string[] | undefined): Sql | null {
  if (values === undefined || values.length === 0) return null
  const named = values.filter((value) => value !== '')
  const choices: string[] = []
  if (named.length > 0) choices.push(`${column} IN (${named.map(() => '?').join(', ')})`)
  if (named.length < values.length) choices.push(`${column} IS NULL OR ${column} = ''`)
  return { sql: choices.join(' OR '), bindings: named }
}

function bound(operator: '>=' | '<=', count: number | undefined): Sql | null {
  if (count === undefined) return null
  // without COALESCE only who has a relationship is looked at, and in its order
  const bookings = operator === '>=' && count > 0 ? 'r.bookings' : 'COALESCE(r.bookings, 0)'
  return { sql: `${bookings} ${operator} ?`, bindings: [count] }
}
