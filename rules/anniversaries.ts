import type { Context } from './fact.ts'
import { plain, type Sql, sql } from './sql.ts'

/** The latest anniversary of a day that has come (a day counts from its beginning), and the next one. */
export type Anniversaries = { readonly last: Sql; readonly next: Sql; readonly years: Sql }

/** Anniversaries of a column's day. One of 29 February is on 28 February in other years: clipped, as months are. */
export function anniversariesOf(on: Sql, { today }: Context): Anniversaries {
  const year = sql`(${plain(today.slice(0, 4))} - YEAR(${on}))`
  const thisYears = sql`DATE_ADD(${on}, INTERVAL ${year} YEAR)`
  const come = sql`${thisYears} <= ${today}`
  return {
    last: sql`CASE WHEN ${come} THEN ${thisYears} ELSE DATE_ADD(${on}, INTERVAL ${year} - 1 YEAR) END`,
    next: sql`CASE WHEN ${come} THEN DATE_ADD(${on}, INTERVAL ${year} + 1 YEAR) ELSE ${thisYears} END`,
    years: sql`CASE WHEN ${come} THEN ${year} ELSE ${year} - 1 END`,
  }
}
