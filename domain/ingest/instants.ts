import { addDays, type Day, dayOf, startOfDay } from '../../rules/time.ts'

/**
 * An RFC 3339 instant as `YYYY-MM-DD HH:MM:SS.ffffff` in UTC: the form in which versions are stored and compared, exact
 * to the microsecond, which a `Date` is not. Further digits are cut off.
 */
export function microseconds(instant: string): string {
  const seconds = new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
  const fraction = /\.(\d+)/.exec(instant)?.[1] ?? ''
  return `${seconds}.${fraction.slice(0, 6).padEnd(6, '0')}`
}

const DAY = 86_400_000

/**
 * {@link dayOf} for many instants of one time zone. It remembers the bounds of each day it has met, so that thousands of
 * bookings cost a handful of calendar computations; days of 23 and 25 hours come out right.
 */
export function localDays(timeZone: string): (instant: Date) => Day {
  const met = new Map<number, { from: number; to: number; day: Day }[]>()
  return (instant) => {
    const at = instant.getTime()
    const bucket = Math.floor(at / DAY)
    const known = met.get(bucket) ?? []
    const hit = known.find(({ from, to }) => from <= at && at < to)
    if (hit !== undefined) return hit.day
    const day = dayOf(instant, timeZone)
    const from = startOfDay(day, timeZone).getTime()
    const to = startOfDay(addDays(day, 1), timeZone).getTime()
    met.set(bucket, [...known, { from, to, day }])
    return day
  }
}
