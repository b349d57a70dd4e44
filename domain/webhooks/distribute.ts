import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'

const BATCH = 500

/**
 * Gives new events to the endpoints that want them: one call for each, whatever is tried again. Several processes may do it
 * side by side; what one holds the others leave alone.
 *
 * @returns whether there may be more
 */
export function distribute(db: Database, now: Date): Promise<boolean> {
  return transact(db, async (trx) => {
    const fresh = await rows<{ id: number }>(
      trx,
      `SELECT id FROM webhook_events WHERE distributed = 0 ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    )
    if (fresh.length === 0) return false
    const ids = fresh.map(({ id }) => id)
    await execute(
      trx,
      `INSERT IGNORE INTO webhook_calls (endpoint_id, event_id, due_at)
       SELECT w.id, e.id, ? FROM webhook_events e
       JOIN webhook_subscriptions s ON s.type = e.type JOIN webhook_endpoints w ON w.id = s.endpoint_id
       WHERE e.id IN (?) AND w.state = 'on' ORDER BY e.id, w.id`,
      [now, ids],
    )
    await execute(trx, 'UPDATE webhook_events SET distributed = 1 WHERE id IN (?)', [ids])
    return fresh.length === BATCH
  })
}
