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
    limits: { most: MAX_LISTED, longest },
  }
}

/** Some codes of a standard, of a shape that is checked: their column holds nothing else. */
export function codes(shape: RegExp, allowed: string, codesOf: 'language' | 'region'): Kind<string[]> {
  return {
    schema: z.array(z.string().regex(shape)).min(1).max(MAX_LISTED),
    allowed: `a list of 1 to ${MAX_LISTED} ${allowed}`,
    input: 'texts',
    limits: { most: MAX_LISTED, shape: shape.source },
    codesOf,
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

/** One of a fixed set. */
export function choice<const Choice extends string>(all: readonly Choice[]): Kind<Choice> {
  return { schema: z.enum(all), allowed: `one of ${all.join(', ')}`, input: 'choice', choices: all }
}

/** How customers are written to. */
export const CHANNELS = ['email', 'sms', 'push'] as const
export const channel = choice(CHANNELS)

/** One text. */
export function text(longest: number): Kind<string> {
  return {
    schema: z.string().min(1).max(longest),
    allowed: `a text of 1 to ${longest} characters`,
    input: 'text',
    limits: { longest },
  }
}

/** The id of another thing, which the canvas lets pick by its name. */
export function name(of: 'segment' | 'campaign' | 'template' | 'automation'): Kind<string> {
  return { schema: z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/), allowed: `the id of a ${of}`, input: of }
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
  limits: { units: LONGEST },
}

/** The part of time in which something is counted. */
export const window: Kind<{ last: Duration } | { next: Duration }> = {
  schema: z.union([z.strictObject({ last: durationSchema }), z.strictObject({ next: durationSchema })]),
  allowed: '{"last": …} or {"next": …} with {"days": n}, {"weeks": n} or {"months": n}',
  input: 'window',
  limits: { units: LONGEST },
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
  limits: { min: -LARGEST, max: LARGEST },
}

/** Two numbers, the smaller one first. */
export const range: Kind<[number, number]> = {
  schema: z.tuple([number, number]).refine(([from, to]) => from <= to),
  allowed: '[a, b]: two numbers, the smaller one first',
  input: 'range',
  limits: { min: -LARGEST, max: LARGEST },
}

/** Money in minor units of the business's currency, and between two such amounts. */
export const money: Kind<number> = { ...amount, input: 'money' }
export const moneyRange: Kind<[number, number]> = { ...range, input: 'money_range' }

/** How many: from 1 up. */
export const count: Kind<number> = {
  schema: z.int().min(1).max(1_000_000),
  allowed: 'a whole number from 1 to 1000000',
  input: 'count',
  limits: { min: 1, max: 1_000_000, whole: true },
}

/** A number of days, in a year that comes round. */
export const days: Kind<{ days: number }> = {
  schema: z.strictObject({ days: z.int().min(0).max(366) }),
  allowed: '{"days": n} with a whole n from 0 to 366',
  input: 'days',
  limits: { min: 0, max: 366, whole: true },
}

const month = z.int().min(1).max(12)

/** Months of the year, 1 is January; a single one may stand without a list. */
export const months: Kind<number[]> = {
  schema: z.preprocess((value) => (typeof value === 'number' ? [value] : value), z.array(month).min(1).max(12)),
  allowed: 'a list of months from 1 to 12',
  input: 'months',
  limits: { min: 1, max: 12, most: 12 },
}

/** When something ends. */
export const endsWithin: Kind<{ within_next: Duration }> = {
  schema: z.strictObject({ within_next: durationSchema }),
  allowed: '{"within_next": …} with {"days": n}, {"weeks": n} or {"months": n}',
  input: 'ends',
  limits: { units: LONGEST },
}
