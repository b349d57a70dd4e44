/**
 * Days and instants. A day is a calendar day of the business, `YYYY-MM-DD`; an instant is a `Date`. The business's time
 * zone is always an argument, the clock never read.
 */
import { Temporal } from 'temporal-polyfill'

/** A calendar day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string

/** The calendar day on which an instant falls in a time zone (IANA name). */
export function dayOf(instant: Date, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** The first instant of a day in a time zone: midnight, or what follows it where the clock change skips midnight. */
export function startOfDay(day: Day, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).startOfDay().epochMilliseconds)
}

/** The day n days later; earlier for a negative n. */
export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** The day n calendar months later (earlier for a negative n), clipped at the month's end: 31 January + 1 = 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
  return Temporal.PlainDate.from(day).add({ months }, { overflow: 'constrain' }).toString()
}
