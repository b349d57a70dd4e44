import { reachableSql } from '../campaigns/reachable.ts'
import { type Database, rows } from '../database.ts'
import type { CustomerFilter } from './filter.ts'
import { type CustomerSearch, searchSql } from './listCustomers.ts'
import type { Sql } from './sql.ts'

/** What a list can be narrowed by, choice by choice. */
export type FacetName =
  | 'status'
  | 'tag'
  | 'segment'
  | 'customer_group'
  | 'aggregator'
  | 'gender'
  | 'bookings'
  | 'language'
  | 'reachable'

export type Choice = { value: string | null; count: number }

/** Numbers of bookings that are shown as one choice: each from its number to before the next one's. */
const STEPS = [0, 1, 2, 5, 10, 25, 50] as const
const RANGES = STEPS.map((from, index) => {
  const next = STEPS[index + 1]
  return { from, value: next === undefined ? `${from}-` : next - 1 === from ? String(from) : `${from}-${next - 1}` }
})

const MAX_CHOICES = 200

/**
 * What one filter of the list can be set to, commonest first: each choice says how many customers it leaves, given the
 * other filters. Asked for one by one, so that a list is not slower for what nobody opens.
 *
 * @throws Problem 'invalid' when a segment or provider is not there
 */
export async function facetOf(db: Database, facet: FacetName, search: CustomerSearch): Promise<Choice[]> {
  const { from, where } = await searchSql(db, without(search, facet), '/query')
  const grouped = (value: string, joins: Sql = NOTHING, count = 'COUNT(*)'): Promise<Choice[]> =>
    rows<Choice>(
      db,
      `SELECT ${value} AS value, ${count} AS count FROM ${from} ${joins.sql} WHERE ${where.sql}
       GROUP BY value ORDER BY count DESC, value LIMIT ${MAX_CHOICES}`,
      [...joins.bindings, ...where.bindings],
    )
  switch (facet) {
    case 'bookings': {
      const steps = [...STEPS].reverse().map((step) => `WHEN COALESCE(r.bookings, 0) >= ${step} THEN ${step}`)
      const counted = await grouped(`CASE ${steps.join(' ')} END`)
      const counts = new Map(counted.map(({ value, count }) => [Number(value), count]))
      return RANGES.flatMap(({ from: step, value }) => {
        const count = counts.get(step)
        return count === undefined ? [] : [{ value, count }]
      })
    }
    case 'tag':
      return grouped('w.tag', { sql: 'JOIN customer_tags w ON w.customer_id = c.id', bindings: [] })
    case 'segment': {
      const own =
        search.own === undefined ? { sql: '', bindings: [] } : { sql: 'AND w.provider_id = ?', bindings: [search.own] }
      const sql = `JOIN segment_members w ON w.customer_id = c.id ${own.sql} JOIN segments g ON g.id = w.segment_id`
      return grouped('g.`key`', { sql, bindings: own.bindings }, 'COUNT(DISTINCT c.id)')
    }
    case 'reachable':
      return reach(db, { from, where }, search.own ?? 0)
    default:
      return grouped(`NULLIF(c.${facet}, '')`)
  }
}

const NOTHING: Sql = { sql: '', bindings: [] }
const CHANNELS = ['email', 'sms', 'push'] as const

async function reach(db: Database, { from, where }: { from: string; where: Sql }, own: number): Promise<Choice[]> {
  const open = CHANNELS.map((channel) => reachableSql(channel, own))
  const [row] = await rows<Record<string, number | string | null>>(
    db,
    `SELECT COUNT(*) AS total, ${open.map(({ sql }, index) => `SUM((${sql})) AS n${index}`).join(', ')}
     FROM ${from} WHERE ${where.sql}`,
    [...open.flatMap(({ bindings }) => bindings), ...where.bindings],
  )
  const counts = CHANNELS.map((channel, index) => ({ channel, count: Number(row?.[`n${index}`] ?? 0) }))
  const total = Number(row?.total ?? 0)
  return [
    ...counts.map(({ channel, count }) => ({ value: channel, count })),
    ...counts.map(({ channel, count }) => ({ value: `-${channel}`, count: total - count })),
  ]
}

/** A search that is not narrowed by what its choices are counted for. */
function without(search: CustomerSearch, facet: FacetName): CustomerSearch {
  if (facet === 'segment') return { ...search, segment: undefined, provider: undefined }
  const lifted: Partial<CustomerFilter> =
    facet === 'reachable' ? { reachable: undefined, unreachable: undefined } : { [facet]: undefined }
  return { ...search, [facet]: undefined, filter: { ...search.filter, ...lifted } }
}
