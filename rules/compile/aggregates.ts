import type { Since } from '../fact.ts'
import { joined, listed, plain, type Sql, sql } from '../sql.ts'
import { type RawTable, TABLES } from '../tables.ts'
import { rowsAsOf } from './asOf.ts'
import type { CompileOptions } from './options.ts'
import { among, type Population } from './population.ts'

/** What is asked of the raw rows of one table: each aggregate is computed once. */
export type Asked = {
  readonly table: RawTable
  /** Whether the rows of each provider are apart. */
  readonly perProvider: boolean
  readonly columns: Map<string, { name: string; expression: Sql; since: Since | undefined }>
}

/**
 * Joins the aggregates of one raw table as a derived table, over the rows of the population only.
 *
 * @param name what the derived table is called
 * @param used the columns that are read: the others are left out, and all of it when none is
 * @param past the instant of which the rows are read as they were known then; null: as they stand
 */
export function joinAggregates(
  name: string,
  { table, perProvider, columns }: Asked,
  used: ReadonlySet<string>,
  { population, waitingProviders }: CompileOptions,
  past: Date | null,
): Sql {
  const wanted = [...columns.values()].filter((column) => used.has(`${name}.${column.name}`))
  if (wanted.length === 0) return plain('')
  const key = plain(perProvider ? 'x.provider_id, x.customer_id' : 'x.customer_id')
  const selected = wanted.map((column) => sql`${column.expression} AS ${plain(column.name)}`)
  const waiting =
    waitingProviders.length === 0 || !TABLES[table].namesProvider
      ? plain('')
      : sql` AND (x.provider_id IS NULL OR x.provider_id NOT IN ${listed(waitingProviders)})`
  const own = plain(perProvider ? ' AND s.provider_id = x.provider_id' : ' AND s.provider_id = 0')
  const alive = plain(TABLES[table].marksDeleted ? ' AND x.deleted = 0' : '')
  const drawn =
    past !== null
      ? sql`${rowsAsOf(table, whoseRows(population), past)} x WHERE TRUE`
      : population.kind === 'listed'
        ? sql`refresh_scope s STRAIGHT_JOIN ${plain(table)} x ON x.customer_id = s.customer_id${own} WHERE TRUE${alive}`
        : sql`${plain(table)} x WHERE ${among(population, plain('x.customer_id'))}${alive}`
  const on = plain(
    perProvider ? `${name}.customer_id = c.id AND ${name}.provider_id = s.provider_id` : `${name}.customer_id = c.id`,
  )
  const since = sinceAll(wanted.map((column) => column.since))
  return sql`LEFT JOIN (SELECT ${key}, ${joined(selected, ', ')} FROM ${drawn}${waiting} AND ${since} GROUP BY ${key})
    ${plain(name)} ON ${on}`
}

/** The rows that matter to any of some aggregates. */
function sinceAll(all: readonly (Since | undefined)[]): Sql {
  const [first, ...others] = all
  if (first === undefined || others.includes(undefined)) return plain('TRUE')
  return all.reduce<Since>((one, other) => (other !== undefined && other.day < one.day ? other : one), first).rows
}

/** The rows `x` of a population's customers. */
const whoseRows = (population: Population): Sql =>
  population.kind === 'listed'
    ? plain('x.customer_id IN (SELECT customer_id FROM refresh_scope)')
    : among(population, plain('x.customer_id'))
