import type { Scope } from '../../rules/rule.ts'
import type { Day } from '../../rules/time.ts'
import { allOf } from '../customers/filter.ts'
import { SUMMARY_COLUMNS, type Summary, type SummaryRow, summaries } from '../customers/listCustomers.ts'
import { afterCursor, cursorOf, orderSql } from '../customers/order.ts'
import type { Sql } from '../customers/sql.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { membersAtSql } from './membersAt.ts'
import { momentAt } from './moment.ts'
import { type AskedPeriod, boundsOf, periodOf } from './period.ts'
import { requireProvider } from './requireProvider.ts'

/** What is looked at: a period, segments in the order in which they count, and a provider for those of providers. */
export type FlowSearch = AskedPeriod & { segments: readonly string[]; provider?: string | undefined }

/** A segment of those that were picked; null for being in none of them. */
export type Place = string | null

export type Flows = {
  from: Day
  to: Day
  segments: { id: string; name: string }[]
  /** How many were in which at the start × at the end. Nobody is counted twice; who was in none both times, not at all. */
  flows: { start: Place; end: Place; customers: number }[]
}

/**
 * Who became what: for each customer the segment at the beginning of a period and the one at its end (now, for today).
 * Who was in several of the picked ones counts for the first of them, so that the numbers add up to people.
 *
 * @throws Problem 'not_found'; 'invalid' for segments of different scopes, or a period or provider that is not one
 */
export async function flowsBetween(db: Database, search: FlowSearch, now: Date): Promise<Flows> {
  const { period, segments, ways } = await waysOf(db, search, now)
  const found = await rows<{ began: number | null; ended: number | null; customers: number }>(
    db,
    `SELECT w.began, w.ended, COUNT(*) AS customers FROM (${ways.sql}) w GROUP BY w.began, w.ended`,
    ways.bindings,
  )
  const place = (number: number | null): Place => (number === null ? null : (segments[number - 1]?.key ?? null))
  const order = (number: number | null) => number ?? segments.length + 1
  return {
    ...period,
    segments: segments.map(({ key, name }) => ({ id: key, name })),
    flows: found
      .sort((a, b) => order(a.began) - order(b.began) || order(a.ended) - order(b.ended))
      .map(({ began, ended, customers }) => ({ start: place(began), end: place(ended), customers })),
  }
}

/**
 * A part of the customers of one flow, by name, with the number of all.
 *
 * @throws Problem as {@link flowsBetween} does; 'invalid' for a place that is none of the segments, or a bad cursor
 */
export async function customersOfFlow(
  db: Database,
  search: FlowSearch & { start: Place; end: Place },
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: Summary[]; next: string | null; total: number }> {
  const { segments, ways } = await waysOf(db, search, now)
  const flow: Sql = {
    sql: 'w.began <=> ? AND w.ended <=> ?',
    bindings: [placeOf(segments, search.start, 'start'), placeOf(segments, search.end, 'end')],
  }
  const [count] = await rows<{ total: number }>(db, `SELECT COUNT(*) AS total FROM (${ways.sql}) w WHERE ${flow.sql}`, [
    ...ways.bindings,
    ...flow.bindings,
  ])
  const where = allOf([flow, await afterCursor(db, { sort: 'name', of: 0 }, page.cursor, '/query/cursor')])
  const found = await rows<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM (${ways.sql}) w JOIN customers c ON c.id = w.customer_id
     LEFT JOIN relationships r ON r.provider_id = 0 AND r.customer_id = c.id
     WHERE ${where.sql} ORDER BY ${orderSql('name')} LIMIT ?`,
    [...ways.bindings, ...where.bindings, page.limit + 1],
  )
  const part = found.slice(0, page.limit)
  const last = part.at(-1)
  return {
    items: await summaries(db, part),
    next: found.length > page.limit && last !== undefined ? cursorOf(last) : null,
    total: count?.total ?? 0,
  }
}

/** One row for each customer who was in any of the segments: `began` and `ended` are numbers of the picked ones, from 1. */
async function waysOf(db: Database, search: FlowSearch, now: Date) {
  const moment = await momentAt(db, now)
  const period = periodOf(search, moment.today)
  const segments = await pickedSegments(db, search.segments)
  const providerId = isOfProviders(segments) ? await requireProvider(db, search.provider, '/query/provider') : 0
  const { begin, end } = boundsOf(period, moment)
  const ids = segments.map(({ id }) => id)
  const number = `FIELD(segment_id, ${ids.map(() => '?').join(', ')})`
  const at = { begin: membersAtSql(ids, providerId, begin, now), end: membersAtSql(ids, providerId, end, now) }
  const ways: Sql = {
    sql: `
      SELECT customer_id, MIN(began) AS began, MIN(ended) AS ended FROM (
        SELECT customer_id, ${number} AS began, NULL AS ended FROM (${at.begin.sql}) b
        UNION ALL
        SELECT customer_id, NULL AS began, ${number} AS ended FROM (${at.end.sql}) e
      ) x GROUP BY customer_id`,
    bindings: [...ids, ...at.begin.bindings, ...ids, ...at.end.bindings],
  }
  return { period, segments, ways }
}

type Picked = { id: number; key: string; name: string; scope: Scope }

async function pickedSegments(db: Database, keys: readonly string[]): Promise<Picked[]> {
  const found = await rows<Picked>(db, 'SELECT id, `key`, name, scope FROM segments WHERE `key` IN (?)', [[...keys]])
  const picked = [...new Set(keys)].map((key) => {
    const segment = found.find((one) => one.key === key)
    if (segment === undefined)
      throw refusal('segments', `There is no segment “${key}”: allowed are ids of those that exist`)
    return segment
  })
  if (picked.some(({ scope }) => scope !== picked[0]?.scope)) {
    throw refusal(
      'segments',
      'Allowed are segments of one scope: those of providers do not have the business’s customers',
    )
  }
  return picked
}

const isOfProviders = (segments: readonly Picked[]) => segments[0]?.scope === 'provider'

function placeOf(segments: readonly Picked[], place: Place, name: 'start' | 'end'): number | null {
  if (place === null) return null
  const index = segments.findIndex(({ key }) => key === place)
  if (index >= 0) return index + 1
  throw refusal(name, 'Allowed is one of the segments, or to leave it out for being in none of them')
}

const refusal = (name: string, message: string) =>
  new Problem('invalid', message, [{ path: `/query/${name}`, message }])
