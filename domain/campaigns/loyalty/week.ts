import { Temporal } from 'temporal-polyfill'
import { type Day, dayOf, startOfDay } from '../../../rules/time.ts'

/** An ISO week, `2026-W53`: it begins on a Monday and belongs to the year of its Thursday. Weeks compare as text. */
export type Week = string

/** The ISO week of a local day. */
function weekOfDay(day: Temporal.PlainDate): Week {
  const { yearOfWeek = day.year, weekOfYear = 1 } = day
  return `${String(yearOfWeek).padStart(4, '0')}-W${String(weekOfYear).padStart(2, '0')}`
}

/** The ISO week on which an instant falls in a time zone. */
export const weekOf = (instant: Date, timeZone: string): Week =>
  weekOfDay(Temporal.PlainDate.from(dayOf(instant, timeZone)))

/** The week after a week. */
export const weekAfter = (week: Week): Week => weekOfDay(Temporal.PlainDate.from(mondayOf(week)).add({ weeks: 1 }))

/** The Monday with which a week begins. */
export function mondayOf(week: Week): Day {
  // the fourth of January is always in the first week
  const fourth = new Temporal.PlainDate(Number(week.slice(0, 4)), 1, 4)
  const first = fourth.subtract({ days: fourth.dayOfWeek - 1 })
  return first.add({ weeks: Number(week.slice(6)) - 1 }).toString()
}

/** The first instant of a week in a time zone. */
export const startOfWeek = (week: Week, timeZone: string): Date => startOfDay(mondayOf(week), timeZone)
