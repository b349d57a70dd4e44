import type { Knex } from 'knex'
import type { Event } from '../../../rules/automations/simulate.ts'
import type { Day } from '../../../rules/time.ts'
import { customerName, NAME_COLUMNS, type Named } from '../../customers/name.ts'
import { type Database, rows } from '../../database.ts'
import { escapeLike } from '../../escapeLike.ts'

/** One customer's way in a replay. Instants of its events are texts. */
export type ReplayedWay = {
  id: number
  customer: { id: string; name: string }
  provider: string | null
  enteredAt: Date
  endedAt: Date | null
  reason: string | null
  events: (Omit<Event, 'at' | 'until'> & { at: string; until: string | null })[]
}

type Row = Named & {
  id: number
  provider: string | null
  entered_at: Date
  ended_at: Date | null
  reason: string | null
  events: string
}

type Search = {
  day?: Day | undefined
  /** Only who came to this step. */
  step?: string | undefined
  /** The caller's id. */
  customer?: string | undefined
  providerId?: number | undefined
}

/**
 * Who would have entered, in the order of time, with all that each would have got.
 *
 * @param after where the page before ended
 */
export async function listWays(
  db: Database,
  run: number,
  { day, step, customer, providerId }: Search,
  { limit, after }: { limit: number; after: { enteredAt: Date; id: number } | null },
): Promise<ReplayedWay[]> {
  const asked = ['w.dry_run_id = ?']
  const bindings: Knex.RawBinding[] = [run]
  const ask = (sql: string, ...values: Knex.RawBinding[]) => {
    asked.push(sql)
    bindings.push(...values)
  }
  if (day !== undefined) ask('w.entered_on = ?', day)
  // ids of steps have no character that LIKE takes for another one, but for this
  if (step !== undefined) ask("w.events LIKE ? ESCAPE '!'", `%"step":"${escapeLike(step)}"%`)
  if (customer !== undefined) ask('c.external_id = ?', customer)
  if (providerId !== undefined) ask('w.provider_id = ?', providerId)
  if (after !== null) {
    ask('(w.entered_at > ? OR (w.entered_at = ? AND w.id > ?))', after.enteredAt, after.enteredAt, after.id)
  }
  const found = await rows<Row>(
    db,
    `SELECT w.id, ${NAME_COLUMNS}, p.external_id AS provider, w.entered_at, w.ended_at, w.reason, w.events
     FROM dry_run_ways w JOIN customers c ON c.id = w.customer_id LEFT JOIN providers p ON p.id = w.provider_id
     WHERE ${asked.join(' AND ')} ORDER BY w.entered_at, w.id LIMIT ?`,
    [...bindings, limit],
  )
  return found.map((row) => ({
    id: row.id,
    customer: { id: row.external_id, name: customerName(row) },
    provider: row.provider,
    enteredAt: row.entered_at,
    endedAt: row.ended_at,
    reason: row.reason,
    events: JSON.parse(row.events) as ReplayedWay['events'],
  }))
}
