import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { type Days, daysAhead, pastDays } from './days.ts'

/** A rule that is played over past days, or over the days to come. */
export type Backtest = {
  id: number
  kind: 'backtest' | 'forecast'
  rule: Rule
  scope: Scope
  /** Our id of the one provider whose customers are meant; null for all. */
  provider: number | null
  /** How many past days; or how many days after today. */
  days: number
  /** The end of the past days; the beginning of those to come. */
  askedAt: Date
  state: 'running' | 'done' | 'failed' | 'cancelled'
  /** How many days are written. */
  daysDone: number
  /** How far everybody's evaluation at the beginning is: a part from 0 to 1. */
  looked: number
  error: string | null
  segmentId: number | null
}

type Row = {
  id: number
  kind: Backtest['kind']
  rule: string
  scope: Scope
  provider_id: number | null
  days: number
  asked_at: Date
  state: Backtest['state']
  days_done: number
  looked: number
  total: number
  error: string | null
  segment_id: number | null
}

/** One of them; null when there is none. */
export async function findBacktest(db: Database, id: number): Promise<Backtest | null> {
  const [row] = await rows<Row>(db, 'SELECT * FROM backtests WHERE id = ?', [id])
  const rule = fromJson<Rule>(row?.rule ?? null)
  if (row === undefined || rule === null) return null
  return {
    id: row.id,
    kind: row.kind,
    rule,
    scope: row.scope,
    provider: row.provider_id,
    days: row.days,
    askedAt: row.asked_at,
    state: row.state,
    daysDone: row.days_done,
    looked: row.total === 0 ? 0 : Math.min(1, row.looked / row.total),
    error: row.error,
    segmentId: row.segment_id,
  }
}

/** The days over which one is played. */
export const daysOf = ({ kind, days, askedAt }: Backtest, timeZone: string): Days =>
  kind === 'backtest' ? pastDays(days, askedAt, timeZone) : daysAhead(days, askedAt, timeZone)
