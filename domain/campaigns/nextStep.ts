import { type Database, rows } from '../database.ts'

/** What a campaign's workflow has to do now. `until` is an ISO instant; without one it waits to be woken. */
export type NextStep =
  | { step: 'wait'; until: string | null }
  | { step: 'freeze' }
  | { step: 'deliver' }
  | { step: 'clear' }
  | { step: 'finish' }
  | { step: 'end' }

type Campaign = { state: string; send_at: Date | null }

/**
 * Reads from the tables what a campaign needs next. The tables are the only truth: a workflow that starts again, or a
 * second one, asks here and goes on where things stand.
 */
export async function nextStep(db: Database, campaign: number, now: Date): Promise<NextStep> {
  const sql = 'SELECT state, send_at FROM campaigns WHERE id = ?'
  const [row] = await rows<Campaign>(db, sql, [campaign])
  switch (row?.state) {
    case 'scheduled':
    case 'preparing':
      if (row.send_at !== null && row.send_at > now) return { step: 'wait', until: row.send_at.toISOString() }
      return { step: 'freeze' }
    case 'paused':
      // what an attempt left behind when it died is sorted out, nothing else
      return (await hasState(db, campaign, 'sending')) ? { step: 'deliver' } : { step: 'wait', until: null }
    case 'sending':
      return (await open(db, campaign, now)) ?? { step: 'finish' }
    case 'cancelled':
      return await leftovers(db, campaign)
    default:
      return { step: 'end' }
  }
}

/** What is still to send: something now, something later, or null. */
async function open(db: Database, campaign: number, now: Date): Promise<NextStep | null> {
  if (await hasState(db, campaign, 'sending')) return { step: 'deliver' }
  const sql = "SELECT MIN(due_at) AS due FROM deliveries WHERE campaign_id = ? AND state = 'queued'"
  const [row] = await rows<{ due: Date | null }>(db, sql, [campaign])
  if (row === undefined || row.due === null) return null
  return row.due <= now ? { step: 'deliver' } : { step: 'wait', until: row.due.toISOString() }
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
