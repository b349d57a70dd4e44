import { type Database, execute, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { markSteps } from '../deliveries/markSteps.ts'
import { transact } from '../retry.ts'

/** A history stays readable however often a machine fetches a link. */
const MAX_EVENTS = 200

/** The mail was shown: its pixel was fetched. */
export const recordOpen = (db: Database, delivery: number, now: Date): Promise<boolean> =>
  record(db, delivery, 'opened', undefined, now)

/** A link was followed. */
export const recordClick = (db: Database, delivery: number, url: string, now: Date): Promise<boolean> =>
  record(db, delivery, 'clicked', { url }, now)

/**
 * Whoever sees a mail has got it: what was only sent, or unconfirmed, is delivered from then on.
 *
 * @returns whether rules ask for it, so that the upkeep of segments is to be woken
 */
async function record(
  db: Database,
  delivery: number,
  type: 'opened' | 'clicked',
  detail: Record<string, unknown> | undefined,
  now: Date,
): Promise<boolean> {
  const column = type === 'opened' ? 'opened_at' : 'clicked_at'
  return transact(db, async (trx) => {
    const sql = `SELECT state, ${column} AS reached FROM deliveries WHERE id = ? FOR UPDATE`
    const [row] = await rows<{ state: string; reached: Date | null }>(trx, sql, [delivery])
    if (row === undefined) return false
    const arrived = row.state === 'sent' || row.state === 'unconfirmed'
    await execute(
      trx,
      `UPDATE deliveries SET ${column} = COALESCE(${column}, ?)
       ${arrived ? ", state = 'delivered', reason = NULL, delivered_at = COALESCE(delivered_at, ?)" : ''} WHERE id = ?`,
      arrived ? [now, now, delivery] : [now, delivery],
    )
    const marked = (arrived || row.reached === null) && (await markSteps(trx, [delivery], now))
    const events = await rows<{ count: number }>(
      trx,
      'SELECT COUNT(*) AS count FROM delivery_events WHERE delivery_id = ?',
      [delivery],
    )
    if ((events[0]?.count ?? 0) < MAX_EVENTS) {
      await insertEvents(trx, [{ delivery, type, ...(detail === undefined ? {} : { detail }) }], now)
    }
    return marked
  })
}
