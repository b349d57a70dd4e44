import type { Fact } from '../fact.ts'
import { compareNumber, NUMBER_OPERATORS } from '../numbers.ts'
import { type Sql, sql } from '../sql.ts'

/** The rating (1 to 5) of the latest review; of two at one instant the one that arrived later. */
export const latestReview: Fact = {
  label: 'Latest review',
  group: 'reviews',
  parameters: {},
  operators: {
    ...NUMBER_OPERATORS,
    set: { label: 'there is one', value: null },
    not_set: { label: 'there is none', value: null },
  },
  compile(condition, context) {
    const { now } = context
    // the rating rides behind the instant and the id, whose texts sort as they do
    const newest = context.aggregate(
      'reviews',
      sql`MAX(CASE WHEN x.reviewed_at <= ${now} THEN CONCAT(x.reviewed_at, LPAD(x.id, 20, '0'), x.rating) END)`,
    )
    const rating = sql`CAST(RIGHT(${newest}, 1) AS SIGNED)`
    const next = context.aggregate('reviews', sql`MIN(CASE WHEN x.reviewed_at > ${now} THEN x.reviewed_at END)`)
    const records = {
      table: 'reviews',
      which: sql`x.reviewed_at <= ${now}`,
      order: sql`x.reviewed_at DESC, x.id DESC`,
    } as const
    return { holds: compare(condition.is, rating, condition), value: rating, flipsAt: [next], records }
  },
}

function compare(is: string, rating: Sql, condition: Parameters<typeof compareNumber>[0]): Sql {
  if (is === 'set') return sql`${rating} IS NOT NULL`
  if (is === 'not_set') return sql`${rating} IS NULL`
  return compareNumber(condition, rating)
}
