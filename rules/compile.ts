import type { Compiled, Context, RawTable } from './fact.ts'
import { factOf } from './facts/index.ts'
import { type Condition, isAll, isAny, isCondition, isNot, nodesOf, type Rule, type Scope } from './rule.ts'
import { joined, listed, plain, type Sql, sql } from './sql.ts'
import type { Day } from './time.ts'

/**
 * Rules as one SQL statement in which every distinct condition is one column of 0 or 1, so that membership, counts and
 * explanations come from the same text.
 */

/**
 * Who is evaluated: the pairs of the table `refresh_scope` (which holds (0, customer) for each customer it names), or the
 * customers of a range of ids, or some customers, in scope provider with every provider they have to do with, or one.
 */
export type Population =
  | { readonly kind: 'listed' }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly provider?: number | undefined }
  | { readonly kind: 'picked'; readonly customers: readonly number[]; readonly provider?: number | undefined }

/** Everybody there is. */
export const EVERYBODY = { kind: 'range', from: 0, to: Number.MAX_SAFE_INTEGER } as const

/** The condition on a column with the customer's id that a population makes; not for `listed`, which is joined. */
export function among(population: Exclude<Population, { kind: 'listed' }>, column: Sql): Sql {
  if (population.kind === 'picked') return sql`${column} IN ${listed(population.customers)}`
  return sql`${column} BETWEEN ${population.from} AND ${population.to}`
}

export type CompileOptions = {
  readonly scope: Scope
  readonly now: Date
  /** The local day of `now`. */
  readonly today: Day
  readonly population: Population
  /** `rollup`: from `relationships` where it has the column; `raw`: everything from the raw rows, for another moment. */
  readonly source: 'rollup' | 'raw'
  /** Providers that were named and have not arrived: what names them does not count yet. */
  readonly waitingProviders: readonly number[]
}

export type Evaluation = {
  /**
   * Selects `provider_id`, `customer_id`, `known` (0 for those who must be in nothing), `c0`, `c1`, … (one for each
   * distinct condition), `flip_at` and `flip_on` (when time alone may next change any of them) beside what is stored of
   * both, and on request the values.
   */
  readonly select: Sql
  /** The value that decided a condition, when the values were asked for, as `e.v0`. */
  value(condition: Condition): Sql
  /** Whether a rule holds, in terms of those columns. */
  holds(rule: Rule): Sql
}

/** Which tables count per provider in scope provider; the others are the customer's, whoever looks. */
const PER_PROVIDER: Readonly<Record<RawTable, boolean>> = { bookings: true, memberships: false }

/** The same condition in two rules is one column, however its members are ordered. */
function keyOf(condition: Condition): string {
  return JSON.stringify(condition, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/**
 * Compiles rules for one evaluation.
 *
 * @param rules checked rules; conditions that several of them share are evaluated once
 * @param extraFlips columns of the rollup whose instant makes a relationship due by itself
 */
export function compileRules(
  rules: readonly Rule[],
  options: CompileOptions,
  { values = false, extraFlips = [] as readonly string[] } = {},
): Evaluation {
  const sources = new Sources(options)
  const positions = new Map<string, number>()
  const compiled: Compiled[] = []
  for (const rule of rules) {
    for (const node of nodesOf(rule)) {
      if (!isCondition(node.rule) || positions.has(keyOf(node.rule))) continue
      positions.set(keyOf(node.rule), compiled.length)
      compiled.push(factOf(node.rule.fact).compile(node.rule, sources))
    }
  }
  const own = extraFlips.flatMap((column) => sources.rollup(column) ?? [])
  const columns = [
    sql`${sources.provider()} AS provider_id`,
    sql`c.id AS customer_id`,
    sql`${sources.known()} AS known`,
    ...compiled.map(({ holds }, index) => sql`COALESCE((${holds}), 0) AS ${plain(`c${index}`)}`),
    ...(values ? compiled.map(({ value }, index) => sql`${value} AS ${plain(`v${index}`)}`) : []),
    sql`${earliestInstant([...own, ...compiled.flatMap(({ flipsAt }) => flipsAt ?? [])], options.now)} AS flip_at`,
    sql`${earliestDay(
      compiled.flatMap(({ flipsOn }) => flipsOn ?? []),
      options.today,
    )} AS flip_on`,
    plain('r.flip_at AS stored_flip_at, r.flip_on AS stored_flip_on'),
  ]
  const named = (letter: 'c' | 'v') => (condition: Condition) => {
    const position = positions.get(keyOf(condition))
    if (position === undefined) throw new Error(`Not compiled: ${keyOf(condition)}`)
    return plain(`e.${letter}${position}`)
  }
  const column = named('c')
  const holds = (rule: Rule): Sql => {
    if (isCondition(rule)) return column(rule)
    if (isNot(rule)) return sql`(NOT ${holds(rule.not)})`
    const parts = isAll(rule) ? rule.all : isAny(rule) ? rule.any : []
    if (parts.length === 0) return plain(isAll(rule) ? '1' : '0')
    return sql`(${joined(parts.map(holds), isAll(rule) ? ' AND ' : ' OR ')})`
  }
  return { select: sql`SELECT ${joined(columns, ', ')} ${sources.from()}`, value: named('v'), holds }
}

const NEVER_AT = plain("CAST('9999-12-31 00:00:00' AS DATETIME(3))")
const NEVER_ON = plain("CAST('9999-12-31' AS DATE)")

/** The earliest of some instants that has not come; NULL when there is none. */
function earliestInstant(instants: readonly Sql[], now: Date): Sql {
  const ahead = distinct(instants).map((at) => sql`CASE WHEN ${at} > ${now} THEN ${at} ELSE ${NEVER_AT} END`)
  return sql`NULLIF(LEAST(${joined([...ahead, NEVER_AT, NEVER_AT], ', ')}), ${NEVER_AT})`
}

/** The earliest of some days, not before tomorrow; NULL when there is none. */
function earliestDay(days: readonly Sql[], today: Day): Sql {
  const found = distinct(days).map((on) => sql`COALESCE(${on}, ${NEVER_ON})`)
  const tomorrow = sql`DATE_ADD(CAST(${today} AS DATE), INTERVAL 1 DAY)`
  return sql`NULLIF(GREATEST(LEAST(${joined([...found, NEVER_ON, NEVER_ON], ', ')}), ${tomorrow}), ${NEVER_ON})`
}

function distinct(pieces: readonly Sql[]): Sql[] {
  return [...new Map(pieces.map((piece) => [JSON.stringify(piece), piece])).values()]
}

/** The tables that conditions read: collects the aggregates that are asked for and joins them to the population. */
class Sources implements Context {
  readonly now: Date
  readonly today: Day
  readonly scope: Scope
  readonly #options: CompileOptions
  readonly #aggregates = new Map<RawTable, Map<string, { name: string; expression: Sql }>>()

  constructor(options: CompileOptions) {
    this.now = options.now
    this.today = options.today
    this.scope = options.scope
    this.#options = options
  }

  customer(column: string): Sql {
    return plain(`c.${column}`)
  }

  rollup(column: string): Sql | null {
    return this.#options.source === 'rollup' ? plain(`r.${column}`) : null
  }

  aggregate(table: RawTable, expression: Sql): Sql {
    const ofTable = this.#aggregates.get(table) ?? new Map<string, { name: string; expression: Sql }>()
    this.#aggregates.set(table, ofTable)
    const key = JSON.stringify(expression)
    const known = ofTable.get(key) ?? { name: `a${ofTable.size}`, expression }
    ofTable.set(key, known)
    return plain(`${table}_.${known.name}`)
  }

  provider(): Sql {
    return plain(this.scope === 'provider' || this.#options.population.kind === 'listed' ? 's.provider_id' : '0')
  }

  known(): Sql {
    // a provider's own customers are those with a row of their own: something is or was between the two
    const ofProvider = '(c.known AND COALESCE(p.known, 0) AND r.customer_id IS NOT NULL)'
    return plain(this.scope === 'provider' ? ofProvider : 'c.known')
  }

  /** `FROM` and `WHERE` of the whole evaluation. */
  from(): Sql {
    const { population } = this.#options
    const byProvider = this.scope === 'provider'
    const pairs = population.kind === 'listed' ? 'refresh_scope s' : 'relationships s'
    const start =
      population.kind !== 'listed' && !byProvider
        ? 'customers c'
        : `${pairs} STRAIGHT_JOIN customers c ON c.id = s.customer_id`
    const joins = [
      byProvider ? plain('LEFT JOIN providers p ON p.id = s.provider_id') : plain(''),
      sql`LEFT JOIN relationships r ON r.provider_id = ${this.provider()} AND r.customer_id = c.id`,
      ...[...this.#aggregates].map(([table, columns]) => this.#join(table, [...columns.values()])),
    ]
    return sql`FROM ${plain(start)} ${joined(joins, ' ')} WHERE ${this.#where()}`
  }

  #where(): Sql {
    const { population } = this.#options
    if (population.kind === 'listed')
      return plain(this.scope === 'provider' ? 's.provider_id <> 0' : 's.provider_id = 0')
    if (this.scope === 'business') return among(population, plain('c.id'))
    const { provider } = population
    const pair = provider === undefined ? plain('s.provider_id <> 0') : sql`s.provider_id = ${provider}`
    return sql`${among(population, plain('s.customer_id'))} AND ${pair}`
  }

  /** One derived table for each raw table, over the rows of the population only. */
  #join(table: RawTable, columns: ReadonlyArray<{ name: string; expression: Sql }>): Sql {
    const name = plain(`${table}_`)
    const rows = plain(table)
    const byProvider = this.scope === 'provider' && PER_PROVIDER[table]
    const key = plain(byProvider ? 'x.provider_id, x.customer_id' : 'x.customer_id')
    const selected = columns.map((column) => sql`${column.expression} AS ${plain(column.name)}`)
    const { population, waitingProviders } = this.#options
    const waiting =
      waitingProviders.length === 0
        ? plain('')
        : sql` AND (x.provider_id IS NULL OR x.provider_id NOT IN ${listed(waitingProviders)})`
    const own = plain(byProvider ? ' AND s.provider_id = x.provider_id' : ' AND s.provider_id = 0')
    const drawn =
      population.kind === 'listed'
        ? sql`refresh_scope s STRAIGHT_JOIN ${rows} x ON x.customer_id = s.customer_id${own} WHERE x.deleted = 0`
        : sql`${rows} x WHERE ${among(population, plain('x.customer_id'))} AND x.deleted = 0`
    const on = plain(
      byProvider
        ? `${table}_.customer_id = c.id AND ${table}_.provider_id = s.provider_id`
        : `${table}_.customer_id = c.id`,
    )
    return sql`LEFT JOIN (SELECT ${key}, ${joined(selected, ', ')} FROM ${drawn}${waiting} GROUP BY ${key}) ${name} ON ${on}`
  }
}
