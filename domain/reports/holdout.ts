import { type Database, rows } from '../database.ts'
import { newcombe, type Share, type Verdict, verdictOn } from './difference.ts'

/** What counts as a success: that somebody came, or that they booked. */
export type Goal = 'attended' | 'booked'

/**
 * What the message changed: of those who were to get it, against those who were held out by lot. Everybody counts in the
 * group that they were drawn into, whatever became of their message, so that the groups stay alike.
 */
export type HoldoutResult = {
  goal: Goal
  /** Days since the campaign began in which it counts. */
  days: number
  /** When these days are over; the numbers are final then. */
  until: Date
  recipients: Share
  held_out: Share
  /** In shares of one, with its 95 % interval. */
  difference: number
  low: number
  high: number
  verdict: Verdict
}

const DAY = 86_400_000

/** An attendance counts by when it was, a booking by when it was made; what was cancelled counts for nothing. */
const GOALS: Record<Goal, string> = {
  attended: "b.state = 'attended' AND b.starts_at > ? AND b.starts_at <= ?",
  booked: "b.state <> 'cancelled' AND b.booked_at > ? AND b.booked_at <= ?",
}

type Campaign = { started_at: Date | null; provider_id: number; holdout: number }

/**
 * Compares recipients with those held out. A provider's campaign counts what is between that provider and the customer.
 *
 * @returns null when nobody was held out, or it has not begun
 */
export async function holdoutOf(
  db: Database,
  campaign: number,
  { goal, days }: { goal: Goal; days: number },
): Promise<HoldoutResult | null> {
  const sql = 'SELECT started_at, provider_id, holdout FROM campaigns WHERE id = ?'
  const [row] = await rows<Campaign>(db, sql, [campaign])
  if (row === undefined || row.started_at === null || row.holdout === 0) return null
  const until = new Date(row.started_at.getTime() + days * DAY)
  const ofProvider = row.provider_id === 0 ? '' : 'AND b.provider_id = ?'
  const groups = await rows<{ held: number; of: number; did: number }>(
    db,
    `SELECT g.held, COUNT(*) AS \`of\`, SUM(g.did) AS did FROM (
       SELECT a.left_out IS NOT NULL AS held, EXISTS (
         SELECT 1 FROM bookings b WHERE b.customer_id = a.customer_id AND b.deleted = 0 AND ${GOALS[goal]} ${ofProvider}
       ) AS did
       FROM audiences n JOIN audience_contacts a ON a.audience_id = n.id AND (a.left_out IS NULL OR a.left_out = 'holdout')
       WHERE n.campaign_id = ?
     ) g GROUP BY g.held`,
    [row.started_at, until, ...(row.provider_id === 0 ? [] : [row.provider_id]), campaign],
  )
  const group = (held: number): Share => {
    const found = groups.find((one) => one.held === held)
    return { did: Number(found?.did ?? 0), of: found?.of ?? 0 }
  }
  const [recipients, heldOut] = [group(0), group(1)]
  if (heldOut.of === 0) return null
  return {
    ...{ goal, days, until, recipients, held_out: heldOut },
    ...newcombe(recipients, heldOut),
    verdict: verdictOn(recipients, heldOut),
  }
}
