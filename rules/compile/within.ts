import type { Compiled, Context, Since } from '../fact.ts'
import type { Condition, Scope } from '../rule.ts'
import { plain, type Sql } from '../sql.ts'
import type { RawTable } from '../tables.ts'
import type { Day } from '../time.ts'

/** What conditions compile against, asked for one scope or the other. */
export type Scoped = Pick<Context, 'now' | 'today' | 'scope' | 'startOf' | 'customer' | 'rollup'> & {
  aggregate(table: RawTable, expression: Sql, since: Since | undefined, scope: Scope): Sql
  suppressed(which: Sql, scope: Scope): Sql
  segment(key: string, scope: Scope): Omit<Compiled, 'value'>
  threshold(ranking: Condition, top: number, scope: Scope): Sql
}

/** The same tables seen in another scope, or without any places in rankings, which are to be found out by it. */
export class Within implements Context {
  readonly now: Date
  readonly today: Day
  readonly scope: Scope
  readonly #sources: Scoped
  readonly #unranked: boolean

  constructor(sources: Scoped, { scope, unranked = false }: { scope: Scope; unranked?: boolean }) {
    this.now = sources.now
    this.today = sources.today
    this.scope = scope
    this.#sources = sources
    this.#unranked = unranked
  }

  startOf = (day: Day) => this.#sources.startOf(day)
  customer = (column: string) => this.#sources.customer(column)
  rollup = (column: string) => (this.scope === this.#sources.scope ? this.#sources.rollup(column) : null)
  aggregate = (table: RawTable, expression: Sql, since?: Since) =>
    this.#sources.aggregate(table, expression, since, this.scope)
  suppressed = (which: Sql) => this.#sources.suppressed(which, this.scope)
  segment = (key: string) => this.#sources.segment(key, this.scope)
  threshold = (ranking: Condition, top: number) =>
    this.#unranked ? plain('0') : this.#sources.threshold(ranking, top, this.scope)
}
