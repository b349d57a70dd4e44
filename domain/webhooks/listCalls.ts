import type { Knex } from 'knex'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { type EventBody, eventId, eventName, headersOf, readBodies } from './callBody.ts'

/** What became of an event at an endpoint. */
export type Call = {
  event: string
  type: string
  at: Date
  state: 'queued' | 'done' | 'failed'
  attempts: number
  /** When it is tried next; null when it is not. */
  nextAt: Date | null
  lastAt: Date | null
  status: number | null
  /** Our words where there was no answer; what the other side said else. */
  answer: string | null
}

type Row = {
  event_id: number
  type: string
  at: Date
  state: Call['state']
  attempts: number
  due_at: Date
  last_at: Date | null
  status: number | null
  answer: string | null
}

const shown = ({ event_id, type, at, state, attempts, due_at, last_at, status, answer }: Row): Call => ({
  ...{ event: eventName(event_id), type, at, state, attempts },
  nextAt: state === 'queued' ? due_at : null,
  ...{ lastAt: last_at, status, answer },
})

const SELECT = `SELECT c.event_id, e.type, e.at, c.state, c.attempts, c.due_at, t.at AS last_at, t.status, t.answer
  FROM webhook_calls c JOIN webhook_events e ON e.id = c.event_id
  LEFT JOIN webhook_attempts t ON t.id = (SELECT MAX(x.id) FROM webhook_attempts x WHERE x.call_id = c.id)`

type Which = { state?: Call['state'] | undefined; type?: string | undefined }

/**
 * The calls of an endpoint, the newest event first.
 *
 * @param before our own id of the last event of the page before
 */
export async function listCalls(
  db: Database,
  endpoint: number,
  { state, type }: Which,
  { limit, before }: { limit: number; before: number | undefined },
): Promise<{ items: Call[]; next: number | null }> {
  const conditions: [string, Knex.RawBinding][] = [['c.endpoint_id = ?', endpoint]]
  if (before !== undefined) conditions.push(['c.event_id < ?', before])
  if (state !== undefined) conditions.push(['c.state = ?', state])
  if (type !== undefined) conditions.push(['e.type = ?', type])
  const found = await rows<Row>(
    db,
    `${SELECT} WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY c.event_id DESC LIMIT ?`,
    [...conditions.map(([, value]) => value), limit + 1],
  )
  const part = found.slice(0, limit)
  return { items: part.map(shown), next: found.length > limit ? (part.at(-1)?.event_id ?? null) : null }
}

/** One try of a call. */
export type Attempt = {
  at: Date
  url: string
  headers: Record<string, string>
  /** Null while it is being made, and for good where the process died over it. */
  outcome: 'done' | 'again' | 'failed' | null
  status: number | null
  answer: string | null
  milliseconds: number | null
}

/**
 * A call with what was sent and each of its tries, the first one first.
 *
 * @throws Problem 'not_found'
 */
export async function readCall(
  db: Database,
  endpoint: number,
  event: string,
): Promise<Call & { body: EventBody; tries: Attempt[] }> {
  const id = eventId(event)
  const [row] =
    id === null ? [] : await rows<Row>(db, `${SELECT} WHERE c.endpoint_id = ? AND c.event_id = ?`, [endpoint, id])
  const body = row === undefined ? undefined : (await readBodies(db, [row.event_id])).get(row.event_id)
  if (row === undefined || body === undefined) {
    throw new Problem('not_found', `The webhook ${endpoint} has no event ${event}; events are kept for a month at most`)
  }
  const tries = await rows<Omit<Attempt, 'headers'> & { signature: string }>(
    db,
    `SELECT t.at, t.url, t.signature, t.outcome, t.status, t.answer, t.milliseconds FROM webhook_attempts t
     JOIN webhook_calls c ON c.id = t.call_id WHERE c.endpoint_id = ? AND c.event_id = ? ORDER BY t.id`,
    [endpoint, row.event_id],
  )
  return {
    ...shown(row),
    body,
    tries: tries.map(({ signature, ...tried }) => ({ ...tried, headers: headersOf(body, signature) })),
  }
}
