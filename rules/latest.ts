import type { DateColumns } from './dates.ts'
import type { Context } from './fact.ts'
import { plain, type Sql, sql } from './sql.ts'
import type { RawTable } from './tables.ts'

/** Rows `x` of a table that have an instant and its local day. */
type Rows = { readonly table: RawTable; readonly at: string; readonly on: string; readonly meant: Sql }

/** The latest row that is meant and whose instant has come; it moves on when the next one's comes. */
export function latestOf({ table, at, on, meant }: Rows, context: Context): DateColumns {
  const instant = plain(`x.${at}`)
  const come = sql`${meant} AND ${instant} <= ${context.now}`
  return {
    records: { table, which: come, order: sql`${instant} DESC` },
    at: context.aggregate(table, sql`MAX(CASE WHEN ${come} THEN ${instant} END)`),
    on: context.aggregate(table, sql`MAX(CASE WHEN ${come} THEN ${plain(`x.${on}`)} END)`),
    movesAt: context.aggregate(table, sql`MIN(CASE WHEN ${meant} AND ${instant} > ${context.now} THEN ${instant} END)`),
  }
}
