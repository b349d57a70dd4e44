import type { CustomerFilter } from '../customers/filter.ts'
import { allOf } from '../customers/filter.ts'
import { SUMMARY_COLUMNS, type Summary, type SummaryRow, summaries } from '../customers/listCustomers.ts'
import { afterCursor, cursorOf, orderSql } from '../customers/order.ts'
import { type Database, rows } from '../database.ts'
import { leavesAt } from './leavesAt.ts'
import { memberQuery } from './memberQuery.ts'
import { segmentOfProvider } from './segmentOfProvider.ts'

export type Member = Summary & {
  since: Date
  by_hand: boolean
  /** Who put the customer in; null when it was the rule, or when nobody noted it. */
  put_in_by: string | null
  /** When time alone takes the customer out, as far as that can be foreseen. */
  leavesAt: Date | null
}

/**
 * A part of the members of a segment by name, with the number of all that the filter lets through.
 *
 * @throws Problem 'not_found', 'invalid'
 */
export async function listMembers(
  db: Database,
  key: string,
  search: { provider?: string | undefined; filter: CustomerFilter },
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: Member[]; next: string | null; total: number }> {
  const { segment, providerId } = await segmentOfProvider(db, key, search.provider)
  const { from, where: asked } = memberQuery(segment.id, providerId, search.filter)
  const where = allOf([asked, await afterCursor(db, { sort: 'name', of: 0 }, page.cursor, '/query/cursor')])
  const found = await rows<SummaryRow & { since: Date; by_hand: number; put_in_by: string | null }>(
    db,
    `SELECT ${SUMMARY_COLUMNS}, m.since, o.is_in IS NOT NULL AS by_hand,
       o.decided_by AS put_in_by
     FROM ${from} WHERE ${where.sql} ORDER BY ${orderSql('name')} LIMIT ?`,
    [...where.bindings, page.limit + 1],
  )
  const [count] = await rows<{ total: number }>(
    db,
    `SELECT COUNT(*) AS total FROM ${from} WHERE ${asked.sql}`,
    asked.bindings,
  )
  const part = found.slice(0, page.limit)
  const last = part.at(-1)
  const byRule = part.filter(({ by_hand }) => by_hand === 0).map(({ id }) => id)
  const leave = segment.recomputing ? new Map<number, Date>() : await leavesAt(db, segment, providerId, byRule, now)
  const shown = await summaries(db, part)
  return {
    items: part.flatMap((row, index) => {
      const summary = shown[index]
      if (summary === undefined) return []
      const { since, put_in_by } = row
      return [{ ...summary, since, by_hand: row.by_hand === 1, put_in_by, leavesAt: leave.get(row.id) ?? null }]
    }),
    next: found.length > page.limit && last !== undefined ? cursorOf(last) : null,
    total: count?.total ?? 0,
  }
}
