import { addDays, type Day, startOfDay } from '../../rules/time.ts'
import { Problem } from '../errors.ts'
import type { Moment } from './moment.ts'

/** Whole days of the business's calendar, both belonging to it. */
export type Period = { readonly from: Day; readonly to: Day }

/** What a caller says of a period; what is left out is the last 90 days. */
export type AskedPeriod = { from?: Day | undefined; to?: Day | undefined }

/** About ten years: more points than any chart has. */
const LONGEST = 3_660
const USUAL = 90

/**
 * The days that a caller means. Days to come have no history: a period ends today at the latest.
 *
 * @throws Problem 'invalid' for one that ends before it begins, or is longer than ten years
 */
export function periodOf(asked: AskedPeriod, today: Day): Period {
  const to = asked.to === undefined || asked.to > today ? today : asked.to
  const from = asked.from ?? addDays(to, -USUAL)
  if (from > to) throw refusal('/query/from', 'A period begins before it ends, and today at the latest')
  if (from < addDays(to, -LONGEST)) throw refusal('/query/from', `A period is at most ${LONGEST} days long`)
  return { from, to }
}

const refusal = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])

/** The instants at which a period begins and at which it is over. */
export const boundsOf = ({ from, to }: Period, { timeZone }: Pick<Moment, 'timeZone'>): { begin: Date; end: Date } => ({
  begin: startOfDay(from, timeZone),
  end: startOfDay(addDays(to, 1), timeZone),
})

/** The days of a period, the earliest first. */
export function daysOf({ from, to }: Period): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}
