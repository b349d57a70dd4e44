import { type Database, execute, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { noteEnrolments } from '../webhooks/noteEnrolments.ts'
import { wakeCohorts } from './wakeCohorts.ts'

/** How somebody's way ends before its end. */
export type Leaving = { state: 'exited' | 'goal' | 'stopped'; reason: string }

/** Why a message of somebody who has left is not sent. */
const REASON = 'left_automation'

/**
 * Ends the way of those among some enrolments who are still on it, at once and wherever they are. What is queued for them is
 * cancelled with it; what a mail server is being given now can't be called back.
 *
 * @returns how many left, and how many messages could not be stopped
 */
export async function leave(
  trx: Database,
  ids: readonly number[],
  { state, reason }: Leaving,
  now: Date,
): Promise<{ left: number; underWay: number }> {
  if (ids.length === 0) return { left: 0, underWay: 0 }
  const found = await rows<{ id: number; cohort_id: number | null; delivery_id: number | null }>(
    trx,
    "SELECT id, cohort_id, delivery_id FROM enrolments WHERE id IN (?) AND state = 'active' ORDER BY id FOR UPDATE",
    [[...ids]],
  )
  if (found.length === 0) return { left: 0, underWay: 0 }
  const leaving = found.map(({ id }) => id)
  await execute(
    trx,
    `INSERT INTO enrolment_steps (enrolment_id, turn, automation_id, step, entered_at, left_at, outcome, detail)
     SELECT e.id, e.turn, e.automation_id, e.step, e.since, ?, ?, ? FROM enrolments e
     WHERE e.id IN (?) AND e.step IS NOT NULL ON DUPLICATE KEY UPDATE enrolment_steps.turn = enrolment_steps.turn`,
    [now, state, reason.slice(0, 500), leaving],
  )
  await execute(
    trx,
    `UPDATE enrolments SET state = ?, inside = NULL, stands = NULL, due_at = NULL, reason = ?, ended_at = ?
     WHERE id IN (?)`,
    [state, reason.slice(0, 500), now, leaving],
  )
  await noteEnrolments(trx, 'enrolment.ended', { sql: 'e.id IN (?)', bindings: [leaving] }, now)
  const messages = found.flatMap(({ delivery_id: id }) => (id === null ? [] : [id]))
  const underWay = await cancelMessages(trx, messages, now)
  await wakeEmptied(trx, [...new Set(found.flatMap(({ cohort_id: id }) => (id === null ? [] : [id])))], now)
  return { left: found.length, underWay }
}

/** @returns how many were being handed over */
async function cancelMessages(trx: Database, ids: readonly number[], now: Date): Promise<number> {
  if (ids.length === 0) return 0
  const open = await rows<{ id: number; state: string }>(
    trx,
    "SELECT id, state FROM deliveries WHERE id IN (?) AND state IN ('queued', 'sending') ORDER BY id FOR UPDATE",
    [[...ids]],
  )
  const queued = open.flatMap(({ id, state }) => (state === 'queued' ? [id] : []))
  if (queued.length > 0) {
    await execute(trx, "UPDATE deliveries SET state = 'cancelled', reason = ? WHERE id IN (?)", [REASON, queued])
    await settleRewards(trx, queued, now)
    const events = queued.map((delivery) => {
      return { delivery, type: 'cancelled' as const, detail: { reason: REASON } }
    })
    await insertEvents(trx, events, now)
  }
  return open.length - queued.length
}

/** A cohort in which nobody is left has nothing to wait for. */
async function wakeEmptied(trx: Database, cohorts: readonly number[], now: Date): Promise<void> {
  if (cohorts.length === 0) return
  const others = await rows<{ cohort_id: number }>(
    trx,
    "SELECT DISTINCT cohort_id FROM enrolments WHERE cohort_id IN (?) AND state = 'active'",
    [[...cohorts]],
  )
  const peopled = new Set(others.map(({ cohort_id: id }) => id))
  await wakeCohorts(
    trx,
    cohorts.filter((id) => !peopled.has(id)),
    now,
  )
}
