import { z } from 'zod'
import { day, externalId, instant, listOf, page, segmentId } from './common.ts'
import { endpoint } from './endpoint.ts'
import { rule, scope } from './segments.ts'

const DAYS_BACK = 90
const DAYS_AHEAD = 31

/** How far something is that takes its time: running until it is done, failed or cancelled. */
const state = z.enum(['running', 'done', 'failed', 'cancelled'])
const progress = z.number().min(0).max(1)

export const backtest = z
  .object({
    id: z.string(),
    state,
    progress,
    from: day.meta({ description: 'The first day' }),
    to: day.meta({ description: 'The last day; of today what has passed of it' }),
    as_of: instant.meta({ description: 'The instant at which it was asked for' }),
    days: z
      .array(z.object({ day, members: z.int(), entered: z.int(), left: z.int() }))
      .meta({ description: 'The days that are done, oldest first, with the members at their end' }),
    error: z.string().nullable(),
  })
  .meta({ id: 'Backtest' })
export type Backtest = z.infer<typeof backtest>

const one = z.object({ id: z.string().regex(/^[1-9]\d{0,14}$/, 'Allowed is the id of a backtest') })

export const startBacktest = endpoint({
  method: 'post',
  path: '/rules/backtest',
  permission: 'rules.try',
  summary: 'Play a rule over the last days: who would have entered and left on each of them, from what was known then',
  body: z.strictObject({
    rule,
    scope: scope.optional(),
    provider: externalId.optional(),
    days: z.int().min(1).max(DAYS_BACK).default(DAYS_BACK),
  }),
  answer: backtest,
  status: 201,
})

export const getBacktest = endpoint({
  method: 'get',
  path: '/backtests/{id}',
  permission: 'rules.try',
  summary: 'A backtest as far as it has come',
  params: one,
  answer: backtest,
})

const change = z.object({
  customer: z.object({ id: externalId, name: z.string() }),
  provider: externalId.nullable(),
  entered: z.boolean(),
  day,
  at: instant.meta({ description: 'The instant of it; in a backtest the end of the day' }),
})
export type BacktestChange = z.infer<typeof change>

export const listBacktestChanges = endpoint({
  method: 'get',
  path: '/backtests/{id}/changes',
  permission: 'rules.try',
  summary: 'Who would have entered and left, by day; or of a forecast, who will',
  params: one,
  query: page.extend({
    day: day.optional(),
    entered: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
  }),
  answer: listOf(change),
})

export const cancelBacktest = endpoint({
  method: 'delete',
  path: '/backtests/{id}',
  permission: 'rules.try',
  summary: 'Cancel a backtest that is running; the days that are done stay',
  params: one,
})

export const forecast = z
  .object({
    id: z.string(),
    state,
    progress,
    as_of: instant,
    days: z
      .array(z.object({ day, members: z.int(), enters: z.int(), leaves: z.int() }))
      .meta({ description: 'What is left of today, and the days after it, with the members at their end' }),
    customers: z.array(change.omit({ entered: true }).extend({ enters: z.boolean() })),
    next: z.string().nullable().meta({ description: 'The cursor of the next part of `customers`' }),
  })
  .meta({ id: 'Forecast' })
export type Forecast = z.infer<typeof forecast>

export const getForecast = endpoint({
  method: 'get',
  path: '/segments/{id}/forecast',
  statuses: [202],
  permission: 'rules.try',
  summary:
    'Who enters and leaves in the days to come if nothing happens; 202 while it is being worked out for a large business',
  params: z.object({ id: segmentId }),
  query: page.extend({
    days: z.coerce.number().int().min(1).max(DAYS_AHEAD).default(14),
    provider: externalId.optional(),
  }),
  answer: forecast,
})
