import type { Knex } from 'knex'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { LEFT } from './numbers/readSteps.ts'

export type EnrolmentState = 'active' | 'failed' | 'finished' | 'goal' | 'exited' | 'stopped' | 'held_out'

/** One customer's way through a version of an automation, as it stands. */
export type Enrolment = {
  id: number
  automation: { id: string; name: string }
  version: number
  customer: { id: string; name: string }
  provider: { id: string; name: string } | null
  state: EnrolmentState
  step: string | null
  since: Date | null
  held: boolean
  dueAt: Date | null
  cause: string
  enteredAt: Date
  endedAt: Date | null
  reason: string | null
  /** Our own id of those whom one workflow carries. */
  cohort: number | null
}

type Row = Named & {
  id: number
  automation_key: string
  automation_name: string
  version: number
  provider: string | null
  provider_name: string | null
  state: Exclude<EnrolmentState, 'failed'>
  step: string | null
  stands: string | null
  since: Date
  due_at: Date | null
  held: number
  cause: string
  entered_at: Date
  ended_at: Date | null
  reason: string | null
  cohort_id: number | null
}

const SELECT = `SELECT e.id, a.\`key\` AS automation_key, a.name AS automation_name, e.version, ${NAME_COLUMNS},
    p.external_id AS provider, p.name AS provider_name, e.state, e.step, e.stands, e.since, e.due_at,
    COALESCE(d.state = 'queued' AND d.reason IS NOT NULL, 0) AS held, e.cause, e.entered_at, e.ended_at, e.reason, e.cohort_id
  FROM enrolments e JOIN automations a ON a.id = e.automation_id JOIN customers c ON c.id = e.customer_id
  LEFT JOIN providers p ON p.id = e.provider_id
  LEFT JOIN deliveries d ON d.id = e.delivery_id AND e.stands = 'sending'`

export type EnrolmentFilter = {
  state?: EnrolmentState | undefined
  step?: string | undefined
  /** Those who have passed the step, in place of those who stand there. */
  passed?: boolean | undefined
  /** With `passed`: only those for whom this came of the step. */
  outcome?: string | undefined
  /** Those who left before the end, by whatever reason. */
  left?: boolean | undefined
  version?: number | undefined
  held?: boolean | undefined
  reason?: string | undefined
  /** The caller's id. */
  customer?: string | undefined
  providerId?: number | undefined
}

type Place = { enteredAt: Date; id: number }

/**
 * Who is or was inside an automation, last entered first.
 *
 * @param after where the page before ended
 */
export async function listEnrolments(
  db: Database,
  automation: number,
  filter: EnrolmentFilter,
  { limit, after }: { limit: number; after: Place | null },
): Promise<Enrolment[]> {
  const asked = ['e.automation_id = ?']
  const bindings: Knex.RawBinding[] = [automation]
  const ask = (sql: string, ...values: Knex.RawBinding[]) => {
    asked.push(sql)
    bindings.push(...values)
  }
  const { state, step, passed, outcome, left, version, held, reason, customer, providerId } = filter
  if (state === 'failed') ask("e.state = 'active' AND e.stands = 'failed'")
  else if (state === 'active') ask("e.state = 'active' AND e.stands <> 'failed'")
  else if (state !== undefined) ask('e.state = ?', state)
  if (left === true) ask("e.state IN ('exited', 'stopped')")
  if (step !== undefined && passed === true) {
    const came = outcome === undefined ? '' : ' AND s.outcome = ?'
    const values = outcome === undefined ? [step] : [step, outcome]
    ask(
      `EXISTS (SELECT 1 FROM enrolment_steps s
         WHERE s.enrolment_id = e.id AND s.step = ? AND s.outcome NOT IN (${LEFT})${came})`,
      ...values,
    )
  } else if (step !== undefined) {
    ask('e.step = ?', step)
  }
  if (version !== undefined) ask('e.version = ?', version)
  if (held === true) ask("d.state = 'queued' AND d.reason IS NOT NULL")
  if (reason !== undefined) ask('e.reason = ?', reason)
  if (customer !== undefined) ask('c.external_id = ?', customer)
  if (providerId !== undefined) ask('e.provider_id = ?', providerId)
  if (after !== null) {
    ask('(e.entered_at < ? OR (e.entered_at = ? AND e.id < ?))', after.enteredAt, after.enteredAt, after.id)
  }
  const sql = `${SELECT} WHERE ${asked.join(' AND ')} ORDER BY e.entered_at DESC, e.id DESC LIMIT ?`
  return (await rows<Row>(db, sql, [...bindings, limit])).map(shown)
}

/** One step of somebody's way; what they stand at now has no end yet. */
export type WayStep = {
  step: string
  enteredAt: Date
  leftAt: Date | null
  outcome: string | null
  error: string | null
  delivery: number | null
  channel: ChannelName | null
}

/**
 * A customer's ways through automations, newest first, each with its steps in order.
 *
 * @param customer our own id
 * @param after where the page before ended
 */
export async function enrolmentsOf(
  db: Database,
  customer: number,
  { providerId, limit, after }: { providerId?: number | undefined; limit: number; after: Place | null },
): Promise<(Enrolment & { steps: WayStep[] })[]> {
  const own = providerId === undefined ? '' : 'AND e.provider_id = ?'
  const place = after === null ? '' : 'AND (e.entered_at < ? OR (e.entered_at = ? AND e.id < ?))'
  const found = await rows<Row>(
    db,
    `${SELECT} WHERE e.customer_id = ? ${own} ${place} ORDER BY e.entered_at DESC, e.id DESC LIMIT ?`,
    [
      customer,
      ...(providerId === undefined ? [] : [providerId]),
      ...(after === null ? [] : [after.enteredAt, after.enteredAt, after.id]),
      limit,
    ],
  )
  const steps = await stepsOfWays(
    db,
    found.map(({ id }) => id),
  )
  return found.map((row) => {
    const gone = steps.get(row.id) ?? []
    const here = row.state === 'active' && row.step !== null ? [standing(row, row.step)] : []
    return { ...shown(row), steps: [...gone, ...here] }
  })
}

const standing = ({ stands, since, reason }: Row, step: string): WayStep => ({
  step,
  enteredAt: since,
  leftAt: null,
  outcome: null,
  error: stands === 'failed' ? (reason ?? '') : null,
  delivery: null,
  channel: null,
})

async function stepsOfWays(db: Database, ids: readonly number[]): Promise<Map<number, WayStep[]>> {
  const ways = new Map<number, WayStep[]>()
  if (ids.length === 0) return ways
  const found = await rows<{
    enrolment_id: number
    step: string
    entered_at: Date
    left_at: Date
    outcome: string
    detail: string | null
    delivery: number | null
    channel: ChannelName | null
  }>(
    db,
    `SELECT s.enrolment_id, s.step, s.entered_at, s.left_at, s.outcome, s.detail, d.id AS delivery, d.channel
     FROM enrolment_steps s JOIN enrolments e ON e.id = s.enrolment_id
     LEFT JOIN deliveries d ON d.customer_id = e.customer_id AND d.enrolment_id = s.enrolment_id AND d.turn = s.turn
     WHERE s.enrolment_id IN (?) ORDER BY s.enrolment_id, s.turn`,
    [ids] as never,
  )
  for (const row of found) {
    const way = ways.get(row.enrolment_id) ?? []
    way.push({
      step: row.step,
      enteredAt: row.entered_at,
      leftAt: row.left_at,
      outcome: row.outcome,
      error: row.detail,
      delivery: row.delivery,
      channel: row.channel,
    })
    ways.set(row.enrolment_id, way)
  }
  return ways
}

const shown = (row: Row): Enrolment => ({
  id: row.id,
  automation: { id: row.automation_key, name: row.automation_name },
  version: row.version,
  customer: { id: row.external_id, name: customerName(row) },
  provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
  state: row.state === 'active' && row.stands === 'failed' ? 'failed' : row.state,
  step: row.step,
  since: row.step === null ? null : row.since,
  held: row.held === 1,
  dueAt: row.due_at,
  cause: row.cause,
  enteredAt: row.entered_at,
  endedAt: row.ended_at,
  reason: row.reason,
  cohort: row.cohort_id,
})
