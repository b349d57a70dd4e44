import type { Context, Since } from '../fact.ts'
import type { Condition, Scope } from '../rule.ts'
import { plain, type Sql } from '../sql.ts'
import type { RawTable } from '../tables.ts'
import type { Day } from '../time.ts'
import type { Sources } from './sources.ts'

/** The same tables seen in another scope, or without any places in rankings, which are to be found out by it. */
export class Within implements Context {
  readonly now: Date
  readonly today: Day
  readonly scope: Scope
  readonly #sources: Sources
  readonly #unranked: boolean

  constructor(sources: Sources, { scope, unranked = false }: { scope: Scope; unranked?: boolean }) {
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
