import type { CustomerFilter } from '../customers/filter.ts'
import { type Database, rows } from '../database.ts'
import { memberQuery } from './memberQuery.ts'
import { segmentOfProvider } from './segmentOfProvider.ts'

type Facet = { value: string | null; count: number }[]

export type Facets = {
  total: number
  gender: Facet
  customer_group: Facet
  aggregator: Facet
  bookings: { min: number; max: number | null; count: number }[]
  tag: Facet
}

/** Numbers of bookings that are shown as one choice: each from its number to before the next one's. */
const STEPS = [0, 1, 2, 5, 10, 25, 50] as const

const MAX_CHOICES = 200

/**
 * What the members of a segment can be filtered by. Each choice says how many it would leave, given the other filters.
 *
 * @throws Problem 'not_found', 'invalid'
 */
export async function facetsOf(
  db: Database,
  key: string,
  search: { provider?: string | undefined; filter: CustomerFilter },
): Promise<Facets> {
  const { segment, providerId } = await segmentOfProvider(db, key, search.provider)
  const counted = async <Row>(select: string, without: keyof CustomerFilter | null, group: string): Promise<Row[]> => {
    const filter = without === null ? search.filter : { ...search.filter, [without]: undefined }
    const { from, where } = memberQuery(segment.id, providerId, filter)
    return rows<Row>(db, `SELECT ${select}, COUNT(*) AS count FROM ${from} WHERE ${where.sql} ${group}`, where.bindings)
  }
  const choices = (column: 'gender' | 'customer_group' | 'aggregator') =>
    counted<{ value: string | null; count: number }>(
      `c.${column} AS value`,
      column,
      `GROUP BY c.${column} ORDER BY count DESC, value LIMIT ${MAX_CHOICES}`,
    )
  const step = `CASE ${[...STEPS]
    .reverse()
    .map((from) => `WHEN COALESCE(r.bookings, 0) >= ${from} THEN ${from}`)
    .join(' ')} END`
  const bookings = await counted<{ min: number; count: number }>(
    `${step} AS min`,
    'bookings',
    'GROUP BY min ORDER BY min',
  )
  const tagged = memberQuery(segment.id, providerId, { ...search.filter, tag: undefined })
  const tags = await rows<{ value: string; count: number }>(
    db,
    `SELECT w.tag AS value, COUNT(*) AS count FROM ${tagged.from} JOIN customer_tags w ON w.customer_id = c.id
     WHERE ${tagged.where.sql} GROUP BY w.tag ORDER BY count DESC, value LIMIT ${MAX_CHOICES}`,
    tagged.where.bindings,
  )
  const [all] = await counted<{ count: number }>('1 AS one', null, 'GROUP BY one')
  return {
    total: all?.count ?? 0,
    gender: await choices('gender'),
    customer_group: await choices('customer_group'),
    aggregator: await choices('aggregator'),
    tag: tags,
    bookings: bookings.map(({ min, count }) => {
      const next = STEPS.find((from) => from > min)
      return { min, max: next === undefined ? null : next - 1, count }
    }),
  }
}
