import type { Database } from '../database.ts'
import type { Before } from './periods.ts'

/** More is not counted. */
export const COUNTED = 100_000

/** How many things of a kind are past their period. */
export type Counted = {
  count: number
  /** There are more than were counted. */
  more: boolean
}

/** How one kind of thing goes. */
export type Removal = {
  /** What would go, counted up to {@link COUNTED}. */
  count(db: Database, before: Before): Promise<Counted>
  /**
   * Removes a few, found by an index, in a transaction of the caller's that lasts for milliseconds.
   *
   * @returns how many went, and whether there may be more
   */
  remove(trx: Database, before: Before, now: Date): Promise<{ removed: number; more: boolean }>
}

/** The statement that counts the rows of another one, up to {@link COUNTED}. */
export const countSql = (sql: string): string => `SELECT COUNT(*) AS count FROM (${sql} LIMIT ${COUNTED + 1}) counted`

export const counted = (count: number): Counted => ({ count: Math.min(count, COUNTED), more: count > COUNTED })
