import { joined, listed, type Sql, sql } from '../sql.ts'

/**
 * Who is evaluated: the pairs of the table `refresh_scope` (which holds (0, customer) for each customer it names), or the
 * customers of a range of ids, or of several ranges that stand for everybody, or some customers; in scope provider with
 * every provider they have to do with, or one.
 */
export type Population =
  | { readonly kind: 'listed' }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly provider?: number | undefined }
  | {
      readonly kind: 'sampled'
      readonly ranges: readonly { readonly from: number; readonly to: number }[]
      /** What part of all customers they are. */
      readonly share: number
      readonly provider?: number | undefined
    }
  | { readonly kind: 'picked'; readonly customers: readonly number[]; readonly provider?: number | undefined }

/** Everybody there is. */
export const EVERYBODY = { kind: 'range', from: 0, to: Number.MAX_SAFE_INTEGER } as const

/** The condition on a column with the customer's id that a population makes; not for `listed`, which is joined. */
export function among(population: Exclude<Population, { kind: 'listed' }>, column: Sql): Sql {
  if (population.kind === 'picked') return sql`${column} IN ${listed(population.customers)}`
  if (population.kind === 'sampled') {
    const within = population.ranges.map(({ from, to }) => sql`${column} BETWEEN ${from} AND ${to}`)
    return sql`(${joined(within, ' OR ')})`
  }
  return sql`${column} BETWEEN ${population.from} AND ${population.to}`
}
