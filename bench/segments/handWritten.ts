import { type Database, execute } from '../../domain/database.ts'

/**
 * The baseline: what somebody who knows SQL would write for the six studio segments. One pass over the raw rows, the
 * members into a table with the keys that ours has (segments have no rows here yet, so only customers are referred to).
 *
 * @returns the number of members written
 */
export async function writeMembersByHand(db: Database, now: Date): Promise<number> {
  const today = now.toISOString().slice(0, 10)
  const day = (offset: number) => new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10)
  await execute(db, 'DROP TABLE IF EXISTS hand_written_members')
  await execute(
    db,
    `CREATE TABLE hand_written_members (
       segment_id BIGINT UNSIGNED NOT NULL, provider_id BIGINT UNSIGNED NOT NULL, customer_id BIGINT UNSIGNED NOT NULL,
       since DATETIME(3) NOT NULL,
       PRIMARY KEY (segment_id, provider_id, customer_id),
       KEY hand_written_members_customer (customer_id, segment_id, provider_id),
       CONSTRAINT hand_written_members_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
     ) ENGINE=InnoDB`,
  )
  return execute(
    db,
    `INSERT INTO hand_written_members (segment_id, provider_id, customer_id, since)
     SELECT k.id, 0, c.id, ?
     FROM customers c
     LEFT JOIN (
       SELECT customer_id, MIN(starts_at) AS first_at, MIN(starts_on) AS first_on,
         MAX(CASE WHEN starts_at <= ? THEN starts_on END) AS last_on,
         MAX(CASE WHEN starts_at <= ? AND state = 'attended' THEN starts_on END) AS attended_on
       FROM bookings WHERE deleted = 0 AND state <> 'cancelled' GROUP BY customer_id
     ) b ON b.customer_id = c.id
     LEFT JOIN (
       SELECT customer_id, SUM(COALESCE(cancelled_on <= ?, 0)) AS cancelled, SUM(COALESCE(cancelled_on > ?, 1)) AS uncancelled
       FROM memberships WHERE deleted = 0 AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?) GROUP BY customer_id
     ) m ON m.customer_id = c.id
     JOIN (SELECT 1 AS id UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6) k
       ON CASE k.id
         WHEN 1 THEN b.first_at > ? AND b.first_on <= ?
         WHEN 2 THEN b.first_at <= ? AND b.first_on >= ?
         WHEN 3 THEN b.first_on < ? AND b.last_on >= ?
         WHEN 4 THEN m.customer_id IS NOT NULL
         WHEN 5 THEN m.cancelled > 0 AND m.uncancelled = 0
         ELSE b.attended_on < ? END
     WHERE c.known = 1`,
    [now, now, now, today, today, today, today, now, day(30), now, day(-30), day(-30), day(-30), day(-14)],
  )
}
