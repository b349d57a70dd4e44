import { randomBytes } from 'node:crypto'
import { dayOf } from '../../rules/time.ts'
import { type LeftOutReason, leftOutSql, type MayWrite } from '../campaigns/leftOut.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { dateRewards } from '../rewards/dateRewards.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { readSettings } from '../settings/readSettings.ts'
import { insertEvents } from './events.ts'

/** The most that can become unconfirmed when a process dies. */
export const BATCH = 50

/** A delivery that this attempt, and no other, may hand over now. */
export type Claimed = {
  id: number
  customer_id: number
  address: string
  /** How often it was tried, with this time. */
  attempts: number
  /** Which of two messages; null where the campaign has one. */
  variant: 'a' | 'b' | null
  first_name: string | null
  last_name: string | null
  language: string | null
}

type Candidate = Claimed & { reason: LeftOutReason | 'reward_expired' | null }

/**
 * Takes the next due deliveries of a campaign, at most {@link BATCH}, and commits that before anything is handed over.
 * Whoever unsubscribed, bounced or withdrew consent since the audience was frozen is cancelled here, with the reason; so is
 * a message whose reward could no longer be used.
 * Rows that another attempt is taking are passed over.
 *
 * @returns the deliveries with the token that their results are written with; null when nothing is due, or the campaign
 *   is paused or cancelled
 */
export async function claimBatch(
  db: Database,
  campaign: number,
  may: MayWrite,
  now: Date,
): Promise<{ token: Buffer; claimed: Claimed[] } | null> {
  return transact(db, async (trx) => {
    // shared, so that claims go on side by side; cancelling or pausing waits for them and stops the next ones
    const sql = 'SELECT state, reward IS NOT NULL AS gives FROM campaigns WHERE id = ? LOCK IN SHARE MODE'
    const [row] = await rows<{ state: string; gives: number }>(trx, sql, [campaign])
    if (row?.state !== 'sending') return null
    const ids = await lockDue(trx, campaign, now)
    if (ids.length === 0) return null
    const candidates = await look(trx, ids, may)
    if (row.gives === 1) await lookAtRewards(trx, candidates, now)
    await cancelLeftOut(trx, candidates, now)
    const allowed = candidates.filter(({ reason }) => reason === null)
    const token = randomBytes(16)
    await take(trx, allowed, token)
    return { token, claimed: allowed.map(({ attempts, ...rest }) => ({ ...rest, attempts: attempts + 1 })) }
  })
}

async function lockDue(trx: Database, campaign: number, now: Date): Promise<number[]> {
  const due = await rows<{ id: number }>(
    trx,
    `SELECT id FROM deliveries WHERE campaign_id = ? AND state = 'queued' AND due_at <= ?
     ORDER BY due_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    [campaign, now],
  )
  return due.map(({ id }) => id)
}

function look(trx: Database, ids: readonly number[], may: MayWrite): Promise<Candidate[]> {
  const { joins, reason } = leftOutSql(may, 'd.address')
  return rows<Candidate>(
    trx,
    `SELECT d.id, d.customer_id, d.address, d.attempts, d.variant, c.first_name, c.last_name, c.language, ${reason.sql} AS reason
     FROM deliveries d JOIN customers c ON c.id = d.customer_id ${joins.sql}
     WHERE d.id IN (${ids.map(() => '?').join(', ')}) ORDER BY d.id`,
    [...reason.bindings, ...joins.bindings, ...ids],
  )
}

/** Of those who may be written to, in place: whose reward is over by today. */
async function lookAtRewards(trx: Database, candidates: readonly Candidate[], now: Date): Promise<void> {
  const allowed = candidates.filter(({ reason }) => reason === null)
  const { timeZone } = await readSettings(trx)
  const over = await dateRewards(
    trx,
    allowed.map(({ id }) => id),
    dayOf(now, timeZone),
  )
  for (const candidate of allowed) if (over.has(candidate.id)) candidate.reason = 'reward_expired'
}

async function cancelLeftOut(trx: Database, candidates: readonly Candidate[], now: Date): Promise<void> {
  const out = candidates.filter(({ reason }) => reason !== null)
  for (const reason of new Set(out.map((candidate) => candidate.reason))) {
    const ids = out.filter((candidate) => candidate.reason === reason).map(({ id }) => id)
    const marks = ids.map(() => '?').join(', ')
    await execute(trx, `UPDATE deliveries SET state = 'cancelled', reason = ? WHERE id IN (${marks})`, [reason, ...ids])
  }
  await insertEvents(
    trx,
    out.map(({ id, reason }) => ({ delivery: id, type: 'cancelled' as const, detail: { reason } })),
    now,
  )
  await settleRewards(
    trx,
    out.map(({ id }) => id),
    now,
  )
}

async function take(trx: Database, allowed: readonly Claimed[], token: Buffer): Promise<void> {
  if (allowed.length === 0) return
  const marks = allowed.map(() => '?').join(', ')
  await execute(
    trx,
    `UPDATE deliveries SET state = 'sending', claim = ?, attempts = attempts + 1 WHERE id IN (${marks})`,
    [token, ...allowed.map(({ id }) => id)],
  )
}
