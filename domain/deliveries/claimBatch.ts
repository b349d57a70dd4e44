import { randomBytes } from 'node:crypto'
import { dayOf } from '../../rules/time.ts'
import { type LeftOutReason, leftOutSql, type MayWrite } from '../campaigns/leftOut.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { dateRewards } from '../rewards/dateRewards.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { type FrequencyCap, type RateLimits, readSettings } from '../settings/readSettings.ts'
import { insertEvents } from './events.ts'
import { cappedUntil } from './frequencyCap.ts'
import { type Quiet, quietUntil } from './quietHours.ts'
import { admitByDomain, Rates } from './rates.ts'

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

type Candidate = Claimed & { reason: LeftOutReason | 'reward_expired' | 'left_automation' | null }

/** What may hold a message that would otherwise go now. */
export type Limits = Quiet & {
  frequencyCap: FrequencyCap | null
  rateLimits: RateLimits | null
  /** A message that waits for no limit on how many go a minute, but is counted. */
  urgent: boolean
}

const NO_LIMITS: Limits = { quietHours: null, timeZone: 'UTC', frequencyCap: null, rateLimits: null, urgent: false }

/** Deliveries with the token that their results are written with; `next`: when a limit lets the next one through. */
export type Batch = { token: Buffer; claimed: Claimed[]; next: Date | null }

/**
 * Takes the next due deliveries of a campaign, at most {@link BATCH}, and commits that before anything is handed over.
 * Whoever unsubscribed, bounced or withdrew consent since the audience was frozen is cancelled here, with the reason; so is
 * a message whose reward could no longer be used, or one of an automation that its customer has left. Whoever has had enough messages, or whose domain takes no more now, is
 * held until later. Rows that another attempt is taking are passed over.
 *
 * @returns null when nothing is due, it is quiet, or the campaign is paused or cancelled
 */
export async function claimBatch(
  db: Database,
  campaign: number,
  may: MayWrite,
  now: Date,
  { limits = NO_LIMITS, most = BATCH }: { limits?: Limits; most?: number } = {},
): Promise<Batch | null> {
  if (quietUntil(limits, now) !== null) return null
  return transact(db, async (trx) => {
    // shared, so that claims go on side by side; cancelling or pausing waits for them and stops the next ones
    const sql = 'SELECT state, reward IS NOT NULL AS gives FROM campaigns WHERE id = ? LOCK IN SHARE MODE'
    const [row] = await rows<{ state: string; gives: number }>(trx, sql, [campaign])
    if (row?.state !== 'sending') return null
    const rates = await Rates.ofCampaign(trx, { id: campaign, channel: may.channel }, limits.rateLimits, now)
    const { count, next } = limits.urgent ? { count: most, next: null } : rates.room(most)
    const token = randomBytes(16)
    const ids = await lockDue(trx, campaign, Math.max(count, 1), now)
    if (ids.length === 0) return null
    if (count === 0) return { token, claimed: [], next }
    const candidates = await look(trx, ids, may)
    if (row.gives === 1) await lookAtRewards(trx, candidates, now)
    await cancelLeftOut(trx, candidates, now)
    const wanted = candidates.filter(({ reason }) => reason === null)
    const held = await hold(trx, campaign, wanted, limits, now)
    const allowed = wanted.filter(({ id }) => !held.has(id))
    await take(trx, allowed, token)
    rates.count(allowed.length)
    await rates.write()
    return { token, claimed: allowed.map(({ attempts, ...rest }) => ({ ...rest, attempts: attempts + 1 })), next: null }
  })
}

async function lockDue(trx: Database, campaign: number, most: number, now: Date): Promise<number[]> {
  const due = await rows<{ id: number }>(
    trx,
    `SELECT id FROM deliveries WHERE campaign_id = ? AND state = 'queued' AND due_at <= ?
     ORDER BY due_at, id LIMIT ? FOR UPDATE SKIP LOCKED`,
    [campaign, now, most],
  )
  return due.map(({ id }) => id)
}

/** Puts off those who have to wait. Of the frequency cap their history says so; a limit of speed is no news about them. */
async function hold(
  trx: Database,
  campaign: number,
  wanted: readonly Candidate[],
  { frequencyCap, rateLimits, urgent }: Limits,
  now: Date,
): Promise<ReadonlySet<number>> {
  const customers = wanted.map(({ customer_id: id }) => id)
  const until = frequencyCap === null ? new Map<number, Date>() : await cappedUntil(trx, customers, frequencyCap, now)
  const capped = wanted.flatMap(({ id, customer_id }) => {
    const due = until.get(customer_id)
    return due === undefined ? [] : [{ id, due }]
  })
  await putOff(trx, 'frequency_cap', capped)
  await insertEvents(
    trx,
    capped.map(({ id, due }) => {
      return { delivery: id, type: 'held', detail: { reason: 'frequency_cap', until: due.toISOString() } }
    }),
    now,
  )
  const held = new Set(capped.map(({ id }) => id))
  const domains = rateLimits?.domains
  if (domains === undefined) return held
  const rest = wanted.filter(({ id }) => !held.has(id))
  const waiting = await admitByDomain(trx, campaign, rest, { domains, urgent }, now)
  await putOff(
    trx,
    'rate_limit',
    [...waiting].map(([id, due]) => ({ id, due })),
  )
  return new Set([...held, ...waiting.keys()])
}

async function putOff(trx: Database, reason: string, held: readonly { id: number; due: Date }[]): Promise<void> {
  if (held.length === 0) return
  const table = held.map(() => 'SELECT ? AS id, CAST(? AS DATETIME(3)) AS due').join(' UNION ALL ')
  await execute(trx, `UPDATE deliveries d JOIN (${table}) n ON n.id = d.id SET d.due_at = n.due, d.reason = ?`, [
    ...held.flatMap(({ id, due }) => [id, due]),
    reason,
  ])
}

function look(trx: Database, ids: readonly number[], may: MayWrite): Promise<Candidate[]> {
  const { joins, reason } = leftOutSql(may, 'd.address')
  return rows<Candidate>(
    trx,
    `SELECT d.id, d.customer_id, d.address, d.attempts, d.variant, c.first_name, c.last_name, c.language,
       CASE WHEN w.state IN ('exited', 'goal', 'stopped') THEN 'left_automation' ELSE ${reason.sql} END AS reason
     FROM deliveries d JOIN customers c ON c.id = d.customer_id
     LEFT JOIN enrolments w ON d.enrolment_id > 0 AND w.id = d.enrolment_id ${joins.sql}
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
