import { z } from 'zod'
import type { Kind } from './fact.ts'

/** The kinds of values and parameters that facts share. */

const MAX_LISTED = 100

/** Some texts; which ones exist, the canvas asks the server. */
export function texts(longest: number): Kind<string[]> {
  return {
    schema: z.array(z.string().min(1).max(longest)).min(1).max(MAX_LISTED),
    allowed: `a list of 1 to ${MAX_LISTED} texts of at most ${longest} characters`,
    input: 'texts',
  }
}

/** Some codes of a standard, of a shape that is checked: their column holds nothing else. */
export function codes(shape: RegExp, allowed: string): Kind<string[]> {
  return {
    schema: z.array(z.string().regex(shape)).min(1).max(MAX_LISTED),
    allowed: `a list of 1 to ${MAX_LISTED} ${allowed}`,
    input: 'texts',
  }
}

/** Some of a fixed set. */
export function choices<const Choice extends string>(all: readonly Choice[]): Kind<Choice[]> {
  return {
    schema: z.array(z.enum(all)).min(1).max(MAX_LISTED),
    allowed: `a list of one or more of ${all.join(', ')}`,
    input: 'choices',
    choices: all,
  }
}

/** At most about a hundred years: days that come of it can always be stored. */
const LONGEST = { days: 36_500, weeks: 5_200, months: 1_200 } as const

export type Duration = { days: number } | { weeks: number } | { months: number }

const durationSchema = z.union([
  z.strictObject({ days: z.int().min(0).max(LONGEST.days) }),
  z.strictObject({ weeks: z.int().min(0).max(LONGEST.weeks) }),
  z.strictObject({ months: z.int().min(0).max(LONGEST.months) }),
])

/** A number of calendar days, weeks or months. */
export const duration: Kind<Duration> = {
  schema: durationSchema,
  allowed: `one of {"days": n}, {"weeks": n}, {"months": n} with a whole n from 0 to ${LONGEST.days} days, ${LONGEST.weeks} weeks or ${LONGEST.months} months`,
  input: 'duration',
}

/** The part of time in which something is counted. */
export const window: Kind<{ last: Duration } | { next: Duration }> = {
  schema: z.union([z.strictObject({ last: durationSchema }), z.strictObject({ next: durationSchema })]),
  allowed: '{"last": …} or {"next": …} with {"days": n}, {"weeks": n} or {"months": n}',
  input: 'window',
}

/** A calendar day that exists. */
export const day: Kind<string> = {
  schema: z.iso.date().refine((text) => text >= '1000-01-01'),
  allowed: 'a calendar day that exists, as YYYY-MM-DD, from the year 1000 on',
  input: 'day',
}

const LARGEST = 1_000_000_000_000
const number = z.number().min(-LARGEST).max(LARGEST)

/** A number that is finite and of a size that is meant. */
export const amount: Kind<number> = {
  schema: number,
  allowed: `a number between -${LARGEST} and ${LARGEST}`,
  input: 'number',
}

/** Two numbers, the smaller one first. */
export const range: Kind<[number, number]> = {
  schema: z.tuple([number, number]).refine(([from, to]) => from <= to),
  allowed: '[a, b]: two numbers, the smaller one first',
  input: 'range',
}
