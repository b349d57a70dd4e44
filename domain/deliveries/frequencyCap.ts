import type { Sql } from '../customers/sql.ts'
import { type Database, rows } from '../database.ts'
import type { FrequencyCap } from '../settings/readSettings.ts'

const DAY = 86_400_000

const windowOf = ({ days }: FrequencyCap, now: Date) => new Date(now.getTime() - days * DAY)

/**
 * Customers who have had as many messages as they may, whatever the channel, with the instant from which one more may go.
 * What is on its way or unconfirmed counts as if they had it. The customers stay locked until the transaction ends, so
 * that two campaigns can't both find room for the same one.
 */
export async function cappedUntil(
  trx: Database,
  customers: readonly number[],
  cap: FrequencyCap,
  now: Date,
): Promise<Map<number, Date>> {
  if (customers.length === 0) return new Map()
  const marks = customers.map(() => '?').join(', ')
  await trx.raw(`SELECT id FROM customers WHERE id IN (${marks}) ORDER BY id FOR UPDATE`, [...customers])
  const since = windowOf(cap, now)
  const found = await rows<{ customer_id: number; at: Date }>(
    trx,
    `SELECT m.customer_id, m.at FROM (
       SELECT d.customer_id, COALESCE(d.sent_at, d.due_at) AS at,
         ROW_NUMBER() OVER (PARTITION BY d.customer_id ORDER BY COALESCE(d.sent_at, d.due_at) DESC) AS place
       FROM deliveries d
       WHERE d.customer_id IN (${marks}) AND NOT d.test
         AND (d.sent_at > ? OR (d.sent_at IS NULL AND d.state IN ('sending', 'unconfirmed') AND d.due_at > ?))
     ) m WHERE m.place = ?`,
    [...customers, since, since, cap.mails],
  )
  return new Map(found.map(({ customer_id: id, at }) => [id, new Date(at.getTime() + cap.days * DAY)]))
}

/**
 * The customers whom the cap would hold now, as a query of `customer_id` over everybody: for counting an audience. It counts
 * what {@link cappedUntil} counts.
 *
 * @param cap null holds nobody
 */
export function cappedSql(cap: FrequencyCap | null, now: Date): Sql {
  if (cap === null) return { sql: 'SELECT 0 AS customer_id FROM DUAL WHERE FALSE', bindings: [] }
  const since = windowOf(cap, now)
  return {
    sql: `SELECT x.customer_id FROM (
        SELECT customer_id FROM deliveries WHERE sent_at > ? AND NOT test
        UNION ALL
        SELECT customer_id FROM deliveries
        WHERE sent_at IS NULL AND state IN ('sending', 'unconfirmed') AND due_at > ? AND NOT test
      ) x GROUP BY x.customer_id HAVING COUNT(*) >= ?`,
    bindings: [since, since, cap.mails],
  }
}
