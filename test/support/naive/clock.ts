/** The wall clock of a time zone, by the platform's own calendar and nothing of ours: when a local time of a day is. */

import { localDay } from './time.ts'

const DAY = 86_400_000
const MINUTE = 60_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of a time zone show at an instant, as if they showed UTC: in milliseconds. */
function shown(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    })
  formats.set(timeZone, format)
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1_000) + 1_000) % 1_000)
}

/**
 * The instant at which the clocks show something: of two the first; of a time that they leap over, as much later as it
 * lies behind the leap.
 */
function instantOf(wanted: number, timeZone: string): number {
  const offsets = [wanted - DAY, wanted + DAY].map((near) => shown(near, timeZone) - near)
  const candidates = offsets.map((offset) => wanted - offset).sort((one, other) => one - other)
  return candidates.find((at) => shown(at, timeZone) === wanted) ?? wanted - (offsets[0] ?? 0)
}

/** When the local day after that of an instant begins. */
export function nextMidnight(now: number, timeZone: string): number {
  const today = Date.parse(`${localDay(new Date(now), timeZone)}T00:00:00Z`)
  return instantOf(today + DAY, timeZone)
}

/** So long after an instant; days and weeks keep the time that the clocks show. */
export function later(now: number, length: object, timeZone: string): number {
  const { minutes = 0, hours = 0, days = 0, weeks = 0 } = length as Record<string, number>
  if (days + weeks === 0) return now + (hours * 60 + minutes) * MINUTE
  return instantOf(shown(now, timeZone) + (days + weeks * 7) * DAY, timeZone)
}

/** When the clocks show a time of day for the next time, now included, on one of the weekdays where some are named. */
export function nextTime(now: number, at: string, weekdays: readonly string[] | undefined, timeZone: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  const today = Date.parse(`${localDay(new Date(now), timeZone)}T00:00:00Z`)
  for (let days = 0; ; days++) {
    const day = today + days * DAY
    const name = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(day).getUTCDay()] ?? ''
    if (weekdays !== undefined && !weekdays.includes(name)) continue
    const instant = instantOf(day + (hour * 60 + minute) * MINUTE, timeZone)
    if (instant >= now) return instant
  }
}

/** Whether the clocks show a time from one to another, over midnight when the second one is the earlier. */
export function isBetween(now: number, from: string, to: string, timeZone: string): boolean {
  const time = new Date(shown(now, timeZone)).toISOString().slice(11, 16)
  return from < to ? time >= from && time < to : time >= from || time < to
}
