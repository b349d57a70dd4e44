import type { Pair } from '../segments/markDirty.ts'

/** An enrolment at the step where it stands. Our own ids. */
export type Standing = Pair & {
  id: number
  step: string
  turn: number
  since: Date
  attempts: number
  /** `ready`, `heard` (what was waited for has happened), or `waiting`, whose time is over. */
  stands: string
}

/** What is selected of enrolments `e` for a {@link Standing}. */
export const STANDING = `e.id, e.provider_id AS providerId, e.customer_id AS customerId, e.step, e.turn, e.since,
  e.attempts, e.stands`

/** Whose time has come: everybody who does not stand for a message, for help, or for a later instant. Binds the instant. */
export const ACTABLE = "e.stands IN ('ready', 'heard', 'waiting') AND (e.due_at IS NULL OR e.due_at <= ?)"
