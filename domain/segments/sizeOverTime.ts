import { type Day, dayOf, startOfDay } from '../../rules/time.ts'
import type { Sql } from '../customers/sql.ts'
import { type Database, rows } from '../database.ts'
import type { Cause } from './applyChanges.ts'
import { momentAt } from './moment.ts'
import { type AskedPeriod, boundsOf, daysOf, type Period, periodOf } from './period.ts'
import { readSegment, type Segment } from './readSegments.ts'
import { requireProvider } from './requireProvider.ts'

export type SizeOverTime = Period & {
  /** The number at the end of each day (now, for today), and how many came and went on it, whatever the cause. */
  days: DayOfSegment[]
  /** The same sums over the period, by cause. */
  causes: { cause: Cause; entered: number; left: number }[]
}

type DayOfSegment = {
  day: Day
  members: number
  entered: number
  left: number
  /** How many of both did not move themselves: the segment was computed, its rule changed, or history was loaded. */
  computed: { entered: number; left: number }
}

/** Causes that are no news of the customers. */
const COMPUTED: readonly Cause[] = ['initial', 'rule_change', 'historical']

/**
 * How many were in a segment on each day of a period: the number now without what came and went since. A period begins
 * with the segment's first day at the earliest.
 *
 * @param search.provider of a segment that is evaluated for each: only this one; all of them together when left out
 * @throws Problem 'not_found'; 'invalid' for a period or provider that is not one
 */
export async function sizeOverTime(
  db: Database,
  key: string,
  search: AskedPeriod & { provider?: string | undefined },
  now: Date,
): Promise<SizeOverTime> {
  const segment = await readSegment(db, key)
  const moment = await momentAt(db, now)
  const asked = periodOf(search, moment.today)
  const of = await ofSegment(db, segment, search.provider)
  const period = { ...asked, from: await sinceItExists(db, segment, asked, moment.timeZone) }
  const days = daysOf(period)
  const { begin, end } = boundsOf(period, moment)
  const sums = await rows<{ day: number; cause: Cause; entered: string; transitions: number }>(
    db,
    `SELECT ${bucketSql(days.length)} AS day, cause, SUM(entered) AS entered, COUNT(*) AS transitions
     FROM segment_transitions WHERE ${of.sql} AND at >= ? AND at < ? GROUP BY day, cause`,
    [...bucketBounds(days, moment.timeZone), ...of.bindings, begin, end],
  )
  const [last] = await rows<{ members: string | number }>(
    db,
    `SELECT (SELECT COUNT(*) FROM segment_members WHERE ${of.sql})
       - (SELECT COALESCE(SUM(CASE WHEN entered THEN 1 ELSE -1 END), 0) FROM segment_transitions WHERE ${of.sql} AND at >= ?)
       AS members`,
    [...of.bindings, ...of.bindings, end],
  )
  const found = sums.map(({ day, cause, entered, transitions }) => ({
    day: Number(day),
    cause,
    entered: Number(entered),
    left: transitions - Number(entered),
  }))
  return { ...period, days: backwards(days, found, Number(last?.members ?? 0)), causes: byCause(found) }
}

/** The rows of a segment, perhaps of one provider, in `segment_members` and `segment_transitions` alike. */
async function ofSegment(db: Database, { id, scope }: Segment, provider: string | undefined): Promise<Sql> {
  if (scope === 'business' || provider === undefined) return { sql: 'segment_id = ?', bindings: [id] }
  return {
    sql: 'segment_id = ? AND provider_id = ?',
    bindings: [id, await requireProvider(db, provider, '/query/provider')],
  }
}

/** The day on which a period begins, or the segment's first one: no row of noughts before there was a segment. */
async function sinceItExists(db: Database, { id, createdAt }: Segment, { from, to }: Period, timeZone: string) {
  const [row] = await rows<{ at: Date | null }>(
    db,
    'SELECT MIN(at) AS at FROM segment_transitions WHERE segment_id = ?',
    [id],
  )
  // a past that was loaded with the segment may reach further back than its row
  const began = row?.at != null && row.at < createdAt ? row.at : createdAt
  const first = dayOf(began, timeZone)
  if (first <= from) return from
  return first < to ? first : to
}

type Sum = { day: number; cause: Cause; entered: number; left: number }

function backwards(days: readonly Day[], sums: readonly Sum[], last: number): DayOfSegment[] {
  const points = days.map(
    (day): DayOfSegment => ({ day, members: 0, entered: 0, left: 0, computed: { entered: 0, left: 0 } }),
  )
  for (const { day, cause, entered, left } of sums) {
    const point = points[day]
    if (point === undefined) continue
    for (const sum of COMPUTED.includes(cause) ? [point, point.computed] : [point]) {
      sum.entered += entered
      sum.left += left
    }
  }
  let members = last
  for (const point of points.toReversed()) {
    point.members = members
    members -= point.entered - point.left
  }
  return points
}

function byCause(sums: readonly Sum[]): SizeOverTime['causes'] {
  const causes = new Map<Cause, { cause: Cause; entered: number; left: number }>()
  for (const { cause, entered, left } of sums) {
    const sum = causes.get(cause) ?? { cause, entered: 0, left: 0 }
    causes.set(cause, { cause, entered: sum.entered + entered, left: sum.left + left })
  }
  return [...causes.values()].sort((a, b) => b.entered + b.left - a.entered - a.left)
}

/**
 * Which of `count` days an instant lies on, by halving: with a comparison for each day, a year of a busy segment would
 * take minutes. Its placeholders are filled by {@link bucketBounds}.
 *
 * @param at the column that has the instant
 */
export function bucketSql(count: number, first = 0, at = 'at'): string {
  if (count === 1) return String(first)
  const half = Math.floor(count / 2)
  return `CASE WHEN ${at} < ? THEN ${bucketSql(half, first, at)} ELSE ${bucketSql(count - half, first + half, at)} END`
}

/** The beginnings of days that {@link bucketSql} compares with, in the order of its placeholders. */
export function bucketBounds(days: readonly Day[], timeZone: string): Date[] {
  const half = Math.floor(days.length / 2)
  const middle = days[half]
  if (days.length === 1 || middle === undefined) return []
  return [
    startOfDay(middle, timeZone),
    ...bucketBounds(days.slice(0, half), timeZone),
    ...bucketBounds(days.slice(half), timeZone),
  ]
}
