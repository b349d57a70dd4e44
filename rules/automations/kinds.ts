/** The kinds of values that automations have beside those of rules. */
import { z } from 'zod'
import type { Kind } from '../fact.ts'
import { choice } from '../kinds.ts'
import { CUSTOMER_DATES, type Duration, STATUSES, WEEKDAYS } from './automation.ts'

/** About two years: who waits longer is a customer of another time. */
const LONGEST = { minutes: 1_000_000, hours: 17_520, days: 730, weeks: 104 } as const

const amountOf = (unit: keyof typeof LONGEST) => z.int().min(1).max(LONGEST[unit])

export const duration: Kind<Duration> = {
  schema: z.union([
    z.strictObject({ minutes: amountOf('minutes') }),
    z.strictObject({ hours: amountOf('hours') }),
    z.strictObject({ days: amountOf('days') }),
    z.strictObject({ weeks: amountOf('weeks') }),
  ]),
  allowed: `one of {"minutes": n}, {"hours": n}, {"days": n}, {"weeks": n} with a whole n from 1 to ${LONGEST.days} days`,
  input: 'duration',
}

export const timeOfDay: Kind<string> = {
  schema: z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/),
  allowed: 'a time of day as HH:MM, from 00:00 to 23:59',
  input: 'time',
}

const between = (min: number, max: number, what: string): Kind<number> => ({
  schema: z.int().min(min).max(max),
  allowed: `${what} from ${min} to ${max}`,
  input: 'number',
  limits: { min, max, whole: true },
})

const written = (longest: number, what: string): Kind<string> => ({
  schema: z.string().regex(/\S/).max(longest),
  allowed: `${what} of 1 to ${longest} characters`,
  input: 'text',
  limits: { longest },
})

const shaped = (shape: RegExp, allowed: string): Kind<string> => ({
  schema: z.string().regex(shape),
  allowed,
  input: 'text',
  limits: { shape: shape.source },
})

export const stepId = shaped(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'the id of a step, 1 to 32 of a-z 0-9 _ -')
export const key = (of: string) =>
  shaped(/^[A-Za-z0-9._:-]{1,64}$/, `the id of a ${of}, 1 to 64 of A-Z a-z 0-9 . _ : -`)
/** As templates name surveys and answers. */
export const surveyKey = shaped(/^[a-z0-9][a-z0-9-]{0,63}$/, '1 to 64 of a-z 0-9 -')
export const tag = written(100, 'a tag')
export const word = written(100, 'a text')
export const wayName = written(60, 'a name')
export const subject = written(200, 'a subject')
export const noticeText = written(5_000, 'a text')
/** As campaigns limit them: ten parts of an SMS in the small alphabet; more than any system shows of a notification. */
export const smsText = written(1_530, 'the text of an SMS')
export const pushTitle = written(150, 'a title')
export const pushText = written(500, 'the text of a notification')
export const status = choice(STATUSES)
export const statusOrAutomatic = choice([...STATUSES, 'automatic'])
export const customerDate = choice(CUSTOMER_DATES)
export const weekday = choice(WEEKDAYS)
export const scope = choice(['business', 'provider'])

export const daysAround = between(-366, 366, 'a whole number of days')
export const daysFrom = between(0, 366, 'a whole number of days')
export const percent = between(1, 100, 'a whole percentage')
export const holdout = between(1, 50, 'a whole percentage')
export const rewardDays = between(1, 730, 'a whole number of days')
export const money = between(1, 100_000_000, 'an amount in minor units')
export const minutes = between(1, 10_000, 'a number of minutes')
export const yes: Kind<true> = { schema: z.literal(true), allowed: 'true', input: 'yes' }

export const url: Kind<string> = {
  schema: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .refine((text) => !/\s/.test(text)),
  allowed: 'an address that begins with https:// or http://, of at most 2000 characters',
  input: 'text',
}

export const recipient: Kind<string> = {
  schema: z.union([z.literal('provider'), z.email().max(320)]),
  allowed: '"provider" or an email address',
  input: 'text',
}
