import { addDays, addMonths, type Day } from '../time.ts'

/** How long something is kept: in whole calendar months, or days. */
type Unit = 'months' | 'days'

type Bounds = {
  unit: Unit
  min: number
  max: number
  /** Null: kept until somebody says otherwise. */
  byDefault: number | null
  /** Whether it may be kept for ever. */
  endless: boolean
}

/**
 * What is kept for as long as the business says, in the order in which it is looked at each night. Bounds and defaults, and
 * why they are so: docs/decisions/045.
 */
export const RETENTION = {
  // a season must not look like a farewell
  customers: { unit: 'months', min: 6, max: 240, byDefault: null, endless: true },
  // bounces come back within days, complaints within weeks
  messages: { unit: 'months', min: 3, max: 120, byDefault: null, endless: true },
  // a booking belongs to a click of at most 90 days before
  tracking: { unit: 'months', min: 4, max: 120, byDefault: null, endless: true },
  audit: { unit: 'months', min: 12, max: 120, byDefault: null, endless: true },
  imports: { unit: 'days', min: 1, max: 730, byDefault: 90, endless: true },
  // to be sent again, and looked at: no longer than the worker keeps them anyway
  webhooks: { unit: 'days', min: 1, max: 30, byDefault: 30, endless: false },
} as const satisfies Record<string, Bounds>

export type RetentionKind = keyof typeof RETENTION

export const RETENTION_KINDS = Object.keys(RETENTION) as RetentionKind[]

/** What goes after a time of its own, in days, whatever the business says: it is of no use to anybody afterwards. */
export const ALWAYS = {
  // sessions, invitations and links for a new password, once they have ended
  sessions: 0,
  // what a repeated call with an Idempotency-Key is answered
  answers: 1,
  // backtests, forecasts and replays
  jobs: 30,
  // what this log says of the nights
  nights: 730,
} as const

export type AlwaysKind = keyof typeof ALWAYS

export const ALWAYS_KINDS = Object.keys(ALWAYS) as AlwaysKind[]

/** For how long each is kept; null is for ever. */
export type Periods = Record<RetentionKind, number | null>

export const DEFAULT_PERIODS = Object.fromEntries(
  RETENTION_KINDS.map((kind) => [kind, RETENTION[kind].byDefault]),
) as Periods

/** Local time at which the night's work begins: after the day's own midnight, before anybody is up. */
export const RETENTION_AT = '03:00'

/**
 * The first day that is kept: what happened before it goes. Days are whole ones, so each thing is kept for at least its
 * period: of 12 months, what happened on 30 August goes on 31 August of the next year.
 */
export const keptFrom = (unit: Unit, amount: number, today: Day): Day =>
  unit === 'months' ? addMonths(today, -amount) : addDays(today, -amount)

/** Whether another period lets something go that stays by the one before. */
export const isStricter = (before: number | null, after: number | null): boolean =>
  after !== null && (before === null || after < before)
