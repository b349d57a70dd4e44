import { addDays, type Day, dayOf, startOfDay } from '../../rules/time.ts'

/** The days over which a rule is played: each ends at an instant, the one before the first is where it begins. */
export type Days = {
  readonly days: readonly Day[]
  /** The instant from which the first day is looked at. */
  readonly begin: Date
  /** For each day the last instant that belongs to it. */
  readonly ends: readonly Date[]
}

/** Past days up to an instant: the last one is that instant's own day, as far as it has come. */
export function pastDays(count: number, until: Date, timeZone: string): Days {
  const first = addDays(dayOf(until, timeZone), 1 - count)
  const days = Array.from({ length: count }, (_, index) => addDays(first, index))
  const ends = days.map((day, index) => (index === count - 1 ? until : endOf(day, timeZone)))
  return { days, begin: new Date(startOfDay(first, timeZone).getTime() - 1), ends }
}

/** What is left of an instant's own day, and as many days after it. */
export function daysAhead(count: number, from: Date, timeZone: string): Days {
  const today = dayOf(from, timeZone)
  const days = Array.from({ length: count + 1 }, (_, index) => addDays(today, index))
  return { days, begin: from, ends: days.map((day) => endOf(day, timeZone)) }
}

const endOf = (day: Day, timeZone: string): Date => new Date(startOfDay(addDays(day, 1), timeZone).getTime() - 1)

/** The place of the day that an instant falls on, for instants after the beginning; -1 for one after the last day. */
export function placeOf({ ends }: Days, at: Date): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    const end = ends[middle]
    if (end !== undefined && end < at) low = middle + 1
    else high = middle
  }
  return low === ends.length ? -1 : low
}
