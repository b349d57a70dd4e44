import { addDays, type Day, startOfDay } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import type { Moment } from './moment.ts'

export type Series = { day: Day; members: number }[]

const DAYS = 7

/**
 * The number of members of each segment at the end of each of the last seven days and now, oldest first: the number now
 * without what came and went since.
 *
 * @param now how many there are now, by the segment's numeric id
 * @param providerId of the segments of providers only this one's customers; those of all when null
 */
export async function seriesOf(
  db: Database,
  now: ReadonlyMap<number, number>,
  providerId: number | null,
  { today, timeZone }: Moment,
): Promise<Map<number, Series>> {
  const days = Array.from({ length: DAYS + 1 }, (_, index) => addDays(today, index - DAYS))
  // what happened from the beginning of the day after on is not in a day's number
  const ends = days.slice(0, -1).map((day) => startOfDay(addDays(day, 1), timeZone))
  const net = await rows<{ segment_id: number; day: number; net: number }>(
    db,
    `SELECT segment_id, CASE ${ends.map((_, index) => `WHEN at < ? THEN ${index}`).join(' ')} ELSE ${DAYS} END AS day,
       SUM(CASE WHEN entered THEN 1 ELSE -1 END) AS net
     FROM segment_transitions WHERE segment_id IN (?) AND at >= ? AND provider_id IN (0, COALESCE(?, provider_id))
     GROUP BY segment_id, day`,
    [...ends, [...now.keys(), 0], startOfDay(days[0] ?? today, timeZone), providerId],
  )
  const series = new Map<number, Series>()
  for (const [segment, count] of now) {
    let members = count
    const backwards = [...days.entries()].reverse().map(([index, day]) => {
      const point = { day, members }
      members -= Number(net.find((row) => row.segment_id === segment && row.day === index)?.net ?? 0)
      return point
    })
    series.set(segment, backwards.reverse())
  }
  return series
}
