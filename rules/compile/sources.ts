import type { Compiled, Context, Since } from '../fact.ts'
import { factOf } from '../facts/index.ts'
import { type Condition, nodesOf, type Scope } from '../rule.ts'
import { joined, plain, type Sql, sql } from '../sql.ts'
import { type RawTable, TABLES } from '../tables.ts'
import { type Day, startOfDay } from '../time.ts'
import { type Asked, joinAggregates } from './aggregates.ts'
import { customerAsOf, customerVersion, hadArrived, pairsAsOf, wasByHand, wasKnown, wasSuppressed } from './asOf.ts'
import { holdsOf } from './holds.ts'
import { rankingKey } from './key.ts'
import type { CompileOptions, NamedSegment } from './options.ts'
import { among, EVERYBODY } from './population.ts'
import { PROFILE } from './profile.ts'
import { byHand, isMember, wasMember } from './segmentMembers.ts'
import { Within } from './within.ts'

/**
 * Segments that ask for segments that ask for segments may write out more than any statement holds: from this many nodes
 * on, what the transitions tell of their members stands for them.
 */
const MOST_TAKEN_IN = 2_000

/** The tables that conditions read: collects the aggregates that are asked for and joins them to the population. */
export class Sources implements Context {
  readonly now: Date
  readonly today: Day
  readonly scope: Scope
  readonly #options: CompileOptions
  readonly #asked = new Map<string, Asked>()
  readonly #thresholds = new Map<string, { name: string; drawn: Sql; perProvider: boolean }>()
  /** The segments whose rules are being taken in: one that leads back to itself holds for nobody. */
  readonly #within: string[] = []
  /** The columns of the relationship with the whole business that are read as if they were the customer's. */
  readonly #ofRow = new Set<string>(PROFILE)
  /** How many nodes of other segments' rules have been taken in for another moment. */
  #takenIn = 0

  /** The instant of which the tables are read as they were known then; null: as they stand. */
  readonly #past: Date | null

  constructor(options: CompileOptions) {
    this.#past = options.source === 'known' ? (options.knownAt ?? options.now) : null
    this.now = options.now
    this.today = options.today
    this.scope = options.scope
    this.#options = options
  }

  startOf(day: Day): Date {
    return startOfDay(day, this.#options.timeZone)
  }

  customer(column: string): Sql {
    return this.#past === null ? plain(`c.${column}`) : customerAsOf(column, this.#past)
  }

  rollup(column: string): Sql | null {
    return this.#options.source === 'rollup' ? this.stored(column) : null
  }

  aggregate(table: RawTable, expression: Sql, since?: Since, scope = this.scope): Sql {
    const perProvider = scope === 'provider' && TABLES[table].perProvider
    const name = perProvider ? `${table}_p` : `${table}_`
    const asked = this.#asked.get(name) ?? { table, perProvider, columns: new Map() }
    this.#asked.set(name, asked)
    const key = JSON.stringify(expression)
    const known = asked.columns.get(key) ?? { name: `a${asked.columns.size}`, expression, since }
    asked.columns.set(key, known)
    return plain(`${name}.${known.name}`)
  }

  suppressed(which: Sql, scope = this.scope): Sql {
    const whose = scope === 'provider' ? sql`q.provider_id IN (0, ${this.provider()})` : plain('q.provider_id = 0')
    // who does without one kind of mail may be written to
    const from = sql`${whose} AND q.kind = 'all'`
    if (this.#past !== null) return wasSuppressed(sql`${from} AND ${which}`, this.#past)
    return sql`EXISTS (SELECT 1 FROM suppressions q WHERE q.customer_id = c.id AND ${from} AND ${which})`
  }

  segment(key: string, scope = this.scope): Omit<Compiled, 'value'> {
    const asked = this.#options.segments.get(key)
    if (asked === undefined || this.#within.includes(key)) return { holds: plain('0') }
    const provider = scope === 'provider' ? this.provider() : plain('0')
    if (this.#options.source === 'rollup') {
      const same = asked.scope === scope && scope === this.scope
      return same && this.#options.takenIn?.has(key) === true
        ? this.#takeIn(key, asked)
        : { holds: isMember(asked, scope, provider) }
    }
    // for another moment members are not kept: the rule stands for them, where it says all
    const stands = asked.live && (asked.scope === scope || asked.scope === 'business')
    this.#takenIn += nodesOf(asked.rule).length
    return stands && this.#takenIn <= MOST_TAKEN_IN
      ? this.#takeIn(key, asked)
      : { holds: wasMember(asked, scope, provider, this.now) }
  }

  #takeIn(key: string, asked: NamedSegment): Omit<Compiled, 'value'> {
    this.#within.push(key)
    const flipsAt: Sql[] = []
    const flipsOn: Sql[] = []
    const context = asked.scope === this.scope ? this : new Within(this, { scope: 'business' })
    const holds = holdsOf(asked.rule, (condition) => {
      const compiled = factOf(condition.fact).compile(condition, context)
      flipsAt.push(...(compiled.flipsAt ?? []))
      flipsOn.push(...(compiled.flipsOn ?? []))
      return sql`COALESCE((${compiled.holds}), 0)`
    })
    this.#within.pop()
    const provider = asked.scope === 'provider' ? this.provider() : plain('0')
    const decided = this.#past === null ? byHand(asked, provider) : wasByHand(asked.id, provider, this.#past)
    return { holds: sql`COALESCE(${decided}, ${holds})`, flipsAt, flipsOn }
  }

  threshold(ranking: Condition, top: number, scope = this.scope): Sql {
    if (this.#options.withoutPlaces) return plain('0')
    const key = rankingKey(scope, ranking)
    const provider = scope === 'provider' ? this.provider() : plain('0')
    // those that are kept are of now
    const kept = this.#options.source === 'rollup' ? this.#options.rankings.get(key) : undefined
    if (kept?.tops.has(top)) {
      return sql`COALESCE((SELECT t.number FROM rank_thresholds t
        WHERE t.ranking_id = ${kept.id} AND t.top = ${top} AND t.provider_id = ${provider}), 0)`
    }
    const known = this.#thresholds.get(`${key} ${top}`) ?? {
      name: `t${this.#thresholds.size}`,
      drawn: this.#drawn(ranking, top, scope),
      perProvider: scope === 'provider',
    }
    this.#thresholds.set(`${key} ${top}`, known)
    return plain(`COALESCE(${known.name}.number, 0)`)
  }

  /** The number at a place, for each provider, from everybody. */
  #drawn(ranking: Condition, top: number, scope: Scope): Sql {
    const { population } = this.#options
    const provider = population.kind === 'listed' || scope === 'business' ? undefined : population.provider
    // a sample stands for all in its places, too
    const sampled = population.kind === 'sampled'
    const place = sampled ? Math.max(1, Math.round(top * population.share)) : top
    const drawnFrom = sampled ? population : { ...EVERYBODY, provider }
    const numbers = numbersOf(ranking, { ...this.#options, scope, population: drawnFrom })
    const placed = sql`SELECT n.provider_id, n.number,
        ROW_NUMBER() OVER (PARTITION BY n.provider_id ORDER BY n.number DESC) AS place
      FROM (${numbers}) n WHERE n.number > 0`
    return sql`SELECT p.provider_id, p.number FROM (${placed}) p WHERE p.place = ${place}`
  }

  /** A column of the relationship's own row, whatever the source. */
  stored(column: string): Sql {
    // a range of customers begins with that very row
    if (this.#options.population.kind === 'listed' || this.#past !== null) return plain(`r.${column}`)
    if (this.scope === 'provider') return plain(`s.${column}`)
    if (this.#options.source !== 'rollup') return plain(`r.${column}`)
    this.#ofRow.add(column)
    return plain(`c.${column}`)
  }

  provider(): Sql {
    return plain(this.scope === 'provider' || this.#options.population.kind === 'listed' ? 's.provider_id' : '0')
  }

  /** The tables of which anything was asked so far. */
  reads(): ReadonlySet<RawTable> {
    return new Set([...this.#asked.values()].map(({ table }) => table))
  }

  known(): Sql {
    if (this.#past !== null) {
      const arrived = this.scope === 'provider' ? this.#arrived() : plain('TRUE')
      return sql`(${wasKnown(this.#past)} AND ${arrived})`
    }
    // a provider's own customers are those with a row of their own: something is or was between the two
    const own = sql`(c.known AND COALESCE(p.known, 0) AND ${this.stored('customer_id')} IS NOT NULL)`
    return this.scope === 'provider' ? own : plain('c.known')
  }

  #arrived(): Sql {
    return hadArrived(this.#options.waitingProviders, plain('s.provider_id'))
  }

  /**
   * `FROM` and `WHERE` of the whole evaluation.
   *
   * @param selected what stands before it: nothing else is read
   */
  from(selected: readonly Sql[]): Sql {
    const { population } = this.#options
    const used = new Set(selected.flatMap(({ text }) => text.match(/\b\w+\.\w+/g) ?? []))
    const usesRollup = [...used].some((column) => column.startsWith('r.'))
    const byProvider = this.scope === 'provider'
    const start =
      population.kind !== 'listed' && !byProvider
        ? this.#customers(used)
        : sql`${this.#pairs()} s ${this.#index()} STRAIGHT_JOIN customers c ON c.id = s.customer_id`
    const joins = [
      byProvider ? plain('LEFT JOIN providers p ON p.id = s.provider_id') : plain(''),
      usesRollup
        ? sql`LEFT JOIN relationships r ON r.provider_id = ${this.provider()} AND r.customer_id = c.id`
        : plain(''),
      this.#past === null ? plain('') : customerVersion(this.#past),
      ...[...this.#thresholds.values()].map(({ name, drawn, perProvider }) => {
        const on = sql`${plain(name)}.provider_id = ${perProvider ? this.provider() : plain('0')}`
        return sql`LEFT JOIN (${drawn}) ${plain(name)} ON ${on}`
      }),
      ...[...this.#asked].map(([name, asked]) => joinAggregates(name, asked, used, this.#options, this.#past)),
    ]
    return sql`FROM ${start} ${joined(joins, ' ')} WHERE ${this.#where()}`
  }

  /** The customers of a range: with the row of their relationship where that is what rules read, and alone where not. */
  #customers(used: ReadonlySet<string>): Sql {
    const { population, source } = this.#options
    if (source !== 'rollup' || population.kind === 'listed') return plain('customers c')
    const columns = [...used].flatMap((name) => (name.startsWith('c.') && name !== 'c.id' ? [name.slice(2)] : []))
    const others = columns.filter((column) => !this.#ofRow.has(column)).map((column) => `k.${column}`)
    const own = columns.filter((column) => this.#ofRow.has(column)).map((column) => `y.${column}`)
    const selected = plain(['y.customer_id AS id', ...own, ...others].join(', '))
    const beside = plain(others.length === 0 ? '' : 'JOIN customers k ON k.id = y.customer_id')
    return sql`(SELECT ${selected} FROM relationships y ${beside}
      WHERE y.provider_id = 0 AND ${among(population, plain('y.customer_id'))}) c`
  }

  /** Whom a scope of providers, or a list, begins with. */
  #pairs(): Sql {
    const { population } = this.#options
    if (population.kind === 'listed') return plain('refresh_scope')
    if (this.#past === null) return plain('relationships')
    const { provider } = population
    const own = provider === undefined ? plain('TRUE') : sql`x.provider_id = ${provider}`
    return pairsAsOf(sql`${among(population, plain('x.customer_id'))} AND ${own}`, this.#past)
  }

  /** With all providers of some customers, the primary key, which begins with the provider, would lead to everybody. */
  #index(): Sql {
    const { population } = this.#options
    const ofAll = this.scope === 'provider' && population.kind !== 'listed' && population.provider === undefined
    return plain(ofAll && this.#past === null ? 'FORCE INDEX (relationships_customer)' : '')
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
}

/**
 * The numbers by which a ranking places customers.
 *
 * @param ranking as `rankingOf` gives it
 * @returns a query of `provider_id`, `customer_id` and `number`; 0 for those who have no place
 */
export function numbersOf(ranking: Condition, options: CompileOptions): Sql {
  const sources = new Sources(options)
  const { value } = factOf(ranking.fact).compile(
    { ...ranking, value: 1 },
    new Within(sources, { scope: options.scope, unranked: true }),
  )
  const number = sql`CASE WHEN ${sources.known()} THEN GREATEST(${value}, 0) ELSE 0 END`
  return sql`SELECT ${sources.provider()} AS provider_id, c.id AS customer_id, ${number} AS number
    ${sources.from([number])}`
}
