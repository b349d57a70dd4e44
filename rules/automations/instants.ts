/** When waits end. Instants are UTC; the business's time zone is an argument, the clock never read. */
import { Temporal } from 'temporal-polyfill'
import type { Day } from '../time.ts'
import { type Duration, WEEKDAYS, type Weekday } from './automation.ts'

const MINUTE = 60_000

/** So long after an instant. Days and weeks keep the local time of day, whatever the clock change makes of it. */
export function after(from: Date, wait: Duration, timeZone: string): Date {
  if ('minutes' in wait) return new Date(from.getTime() + wait.minutes * MINUTE)
  if ('hours' in wait) return new Date(from.getTime() + wait.hours * 60 * MINUTE)
  const days = 'days' in wait ? wait.days : wait.weeks * 7
  const local = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(local.add({ days }).epochMilliseconds)
}

/** A local time of day, `HH:MM`, on a day; a time that the clock change skips is as much later. */
export function atTime(day: Day, at: string, timeZone: string): Date {
  const local = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) })
  return new Date(local.epochMilliseconds)
}

/** The next such time of day on one of the weekdays, on any day when none are named; now, should it be just that. */
export function nextAt(
  now: Date,
  { weekdays, at }: { weekdays?: readonly Weekday[]; at: string },
  timeZone: string,
): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  for (let days = 0; days <= 7; days++) {
    const day = today.add({ days })
    const name = WEEKDAYS[day.dayOfWeek - 1]
    if (weekdays !== undefined && (name === undefined || !weekdays.includes(name))) continue
    const instant = atTime(day.toString(), at, timeZone)
    if (instant >= now) return instant
  }
  throw new Error('No weekday comes round')
}

/** The next anniversary of a day from a day on, that day included; one of 29 February is on the 28th in other years. */
export function anniversaryFrom(of: Day, from: Day): Day {
  const born = Temporal.PlainDate.from(of)
  const begin = Temporal.PlainDate.from(from)
  for (let years = Math.max(begin.year - born.year, 0); ; years++) {
    const day = born.add({ years }, { overflow: 'constrain' })
    if (Temporal.PlainDate.compare(day, begin) >= 0) return day.toString()
  }
}
