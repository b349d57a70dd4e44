import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { eventId } from './callBody.ts'

const CHUNK = 2_000

/** What is to be sent again to an endpoint: one event, or all that it wants since an instant. */
export type Replay = { event: string } | { since: Date; onlyMissed: boolean }

/**
 * Has events sent again to an endpoint, under their old ids: those that it never got (while it was off, or before it
 * wanted them) and, unless only those are asked for, those that it did. They go at once, beside what is new.
 *
 * @returns how many are sent
 * @throws Problem 'not_found' for the endpoint or the event; 'conflict' while it is off
 */
export async function replay(db: Database, endpoint: number, what: Replay, now: Date): Promise<number> {
  const [row] = await rows<{ state: string }>(db, 'SELECT state FROM webhook_endpoints WHERE id = ?', [endpoint])
  if (row === undefined) throw new Problem('not_found', `There is no webhook ${endpoint}`)
  if (row.state !== 'on') throw new Problem('conflict', 'The webhook is off: switch it on first')
  if ('event' in what) return queueOne(db, endpoint, what.event, now)
  let sent = 0
  let after = { at: new Date(what.since.getTime() - 1), id: Number.MAX_SAFE_INTEGER }
  for (;;) {
    const part = await rows<{ id: number; at: Date; call_state: string | null }>(
      db,
      `SELECT e.id, e.at, c.state AS call_state FROM webhook_events e
       JOIN webhook_subscriptions s ON s.type = e.type AND s.endpoint_id = ?
       LEFT JOIN webhook_calls c ON c.endpoint_id = ? AND c.event_id = e.id
       WHERE (e.at > ? OR (e.at = ? AND e.id > ?)) AND e.at <= ? ORDER BY e.at, e.id LIMIT ${CHUNK}`,
      [endpoint, endpoint, after.at, after.at, after.id, now],
    )
    const meant = part.filter(({ call_state: state }) => state !== 'queued' && (!what.onlyMissed || state !== 'done'))
    sent += await queue(db, endpoint, { ids: meant.map(({ id }) => id), anew: !what.onlyMissed }, now)
    const last = part.at(-1)
    if (last === undefined || part.length < CHUNK) return sent
    after = { at: last.at, id: last.id }
  }
}

async function queueOne(db: Database, endpoint: number, name: string, now: Date): Promise<number> {
  const id = eventId(name)
  const [event] = id === null ? [] : await rows<{ id: number }>(db, 'SELECT id FROM webhook_events WHERE id = ?', [id])
  if (event === undefined)
    throw new Problem('not_found', `There is no event ${name}; events are kept for a month at most`)
  return queue(db, endpoint, { ids: [event.id], anew: true }, now)
}

/** @returns how many were not waiting already */
async function queue(
  db: Database,
  endpoint: number,
  { ids, anew }: { ids: readonly number[]; anew: boolean },
  now: Date,
): Promise<number> {
  if (ids.length === 0) return 0
  return transact(db, async (trx) => {
    const missing = await execute(
      trx,
      `INSERT IGNORE INTO webhook_calls (endpoint_id, event_id, due_at)
       SELECT ?, e.id, ? FROM webhook_events e WHERE e.id IN (?) ORDER BY e.id`,
      [endpoint, now, [...ids]],
    )
    const again = await execute(
      trx,
      `UPDATE webhook_calls SET state = 'queued', attempts = 0, due_at = ?, claim = NULL
       WHERE endpoint_id = ? AND event_id IN (?) AND state IN (?)`,
      [now, endpoint, [...ids], anew ? ['done', 'failed'] : ['failed']],
    )
    return missing + again
  })
}
