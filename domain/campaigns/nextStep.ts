import { type Database, fromJson, rows } from '../database.ts'
import type { AbTest, Variant } from './choices.ts'
import { AWAITS_WINNER } from './queueDeliveries.ts'

/** What a campaign's workflow has to do now. `until` is an ISO instant; without one it waits to be woken. */
export type NextStep =
  | { step: 'wait'; until: string | null }
  | { step: 'freeze' }
  | { step: 'deliver' }
  | { step: 'decide' }
  | { step: 'release' }
  | { step: 'clear' }
  | { step: 'finish' }
  | { step: 'end' }

type Campaign = {
  state: string
  send_at: Date | null
  undo_until: Date | null
  ab_test: string | null
  ab_decide_at: Date | null
  ab_winner: Variant | null
  kind: string
}

/**
 * Reads from the tables what a campaign needs next. The tables are the only truth: a workflow that starts again, or a
 * second one, asks here and goes on where things stand.
 */
export async function nextStep(db: Database, campaign: number, now: Date): Promise<NextStep> {
  const sql = 'SELECT state, send_at, undo_until, ab_test, ab_decide_at, ab_winner, kind FROM campaigns WHERE id = ?'
  const [row] = await rows<Campaign>(db, sql, [campaign])
  switch (row?.state) {
    case 'scheduled':
    case 'preparing':
      return waitFor(row.send_at, now) ?? waitFor(row.undo_until, now) ?? { step: 'freeze' }
    case 'paused':
      // what an attempt left behind when it died is sorted out, nothing else
      return (await hasState(db, campaign, 'sending')) ? { step: 'deliver' } : { step: 'wait', until: null }
    case 'sending':
      return await sending(db, campaign, row, now)
    case 'cancelled':
      return await leftovers(db, campaign)
    default:
      return { step: 'end' }
  }
}

const waitFor = (instant: Date | null, now: Date): NextStep | null =>
  instant !== null && instant > now ? { step: 'wait', until: instant.toISOString() } : null

/**
 * What a campaign under way needs: those released who waited for the winner, what is due sent, the comparison decided
 * once its messages are out. A decision by hand, or clicks that are still counted, are waited for.
 */
async function sending(db: Database, campaign: number, row: Campaign, now: Date): Promise<NextStep> {
  const waiting = row.ab_test !== null && (await awaitsWinner(db, campaign))
  if (waiting && row.ab_winner !== null) return { step: 'release' }
  const next = await open(db, campaign, now)
  if (next !== null) return next
  // that of a step of an automation has no end: whoever comes to the step wakes it
  if (!waiting) return { step: row.kind === 'automation' ? 'end' : 'finish' }
  if (fromJson<AbTest>(row.ab_test)?.decide === 'by_hand') return { step: 'wait', until: null }
  return waitFor(row.ab_decide_at, now) ?? { step: 'decide' }
}

/** What is still to send: something now, something later, or null. Those who wait for a winner don't count. */
async function open(db: Database, campaign: number, now: Date): Promise<NextStep | null> {
  if (await hasState(db, campaign, 'sending')) return { step: 'deliver' }
  const sql = "SELECT MIN(due_at) AS due FROM deliveries WHERE campaign_id = ? AND state = 'queued' AND due_at < ?"
  const [row] = await rows<{ due: Date | null }>(db, sql, [campaign, AWAITS_WINNER])
  if (row === undefined || row.due === null) return null
  return row.due <= now ? { step: 'deliver' } : { step: 'wait', until: row.due.toISOString() }
}

async function awaitsWinner(db: Database, campaign: number): Promise<boolean> {
  const sql = "SELECT 1 FROM deliveries WHERE campaign_id = ? AND state = 'queued' AND due_at = ? LIMIT 1"
  return (await rows(db, sql, [campaign, AWAITS_WINNER])).length > 0
}

async function leftovers(db: Database, campaign: number): Promise<NextStep> {
  if (await hasState(db, campaign, 'queued')) return { step: 'clear' }
  if (await hasState(db, campaign, 'sending')) return { step: 'deliver' }
  return { step: 'end' }
}

async function hasState(db: Database, campaign: number, state: string): Promise<boolean> {
  const sql = 'SELECT 1 FROM deliveries WHERE campaign_id = ? AND state = ? LIMIT 1'
  return (await rows(db, sql, [campaign, state])).length > 0
}
