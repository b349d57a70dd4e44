import type { Rule, Scope } from '../rule.ts'
import type { Day } from '../time.ts'
import type { Population } from './population.ts'

export type CompileOptions = {
  readonly scope: Scope
  readonly now: Date
  /** The local day of `now`. */
  readonly today: Day
  readonly timeZone: string
  readonly population: Population
  /**
   * `rollup`: from `relationships` where it has the column; `raw`: everything from the raw rows as they stand, for another
   * moment; `known`: everything from the raw rows as they were known at `knownAt`.
   */
  readonly source: 'rollup' | 'raw' | 'known'
  /** For the source `known`: an instant of the past; `now` when it is left out. */
  readonly knownAt?: Date
  /** Providers that were named and have not arrived: what names them does not count yet. */
  readonly waitingProviders: readonly number[]
  /** The segments that rules may ask for, by their keys; who is in none of them is in no unknown one either. */
  readonly segments: ReadonlyMap<string, NamedSegment>
  /**
   * Of those, the ones whose rule stands for its members where the scope is the same: they are being evaluated in the same
   * statement, and what is stored of them is of before.
   */
  readonly takenIn?: ReadonlySet<string>
  /** The rankings that are kept in tables, by `rankingKey`; others are drawn up in the statement itself. */
  readonly rankings: ReadonlyMap<string, KeptRanking>
  /** Nobody asks for what ranks say: they are not drawn up, which takes everybody. */
  readonly withoutPlaces?: boolean
}

/** A segment that another rule asks for. */
export type NamedSegment = {
  readonly id: number
  readonly scope: Scope
  readonly rule: Rule
  /** Whether its members are always those of its rule; otherwise they change when it is recalculated. */
  readonly live: boolean
}

/** A ranking whose numbers stand in `rank_values`, and those needed for so many at the top in `rank_thresholds`. */
export type KeptRanking = { readonly id: number; readonly tops: ReadonlySet<number> }
