import { type Database, execute } from '../../domain/database.ts'

/**
 * The baseline: what somebody who knows SQL would write for the eleven segments that ship. One pass over the raw rows for
 * those of the studio and one for those of the advisors, the members into a table with the keys that ours has (segments
 * have no rows here yet, so only customers are referred to).
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
  return (await writeStudio(db, now, day)) + (await writeAdvisors(db, now, day))
}

async function writeStudio(db: Database, now: Date, day: (offset: number) => string): Promise<number> {
  const today = day(0)
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

async function writeAdvisors(db: Database, now: Date, day: (offset: number) => string): Promise<number> {
  // no month of these is clipped: the 25th is in every month
  const threeMonthsAgo = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 3, now.getUTCDate()))
    .toISOString()
    .slice(0, 10)
  return execute(
    db,
    `INSERT INTO hand_written_members (segment_id, provider_id, customer_id, since)
     SELECT k.id, e.provider_id, e.customer_id, ?
     FROM (
       SELECT b.*, c.joined_on, f.customer_id IS NOT NULL AS picked, v.rating >= 4 AND s.customer_id IS NULL AS likes,
         RANK() OVER (PARTITION BY b.provider_id ORDER BY b.lately DESC) <= 100 AND b.lately >= 2 AS top,
         COALESCE(b.first_on >= ?, 0) AND v.rating >= 4 AND s.customer_id IS NULL AS fresh
       FROM (
         SELECT provider_id, customer_id, SUM(state = 'attended') AS readings,
           MIN(CASE WHEN state = 'attended' THEN starts_on END) AS first_on,
           MAX(CASE WHEN state = 'attended' THEN starts_on END) AS last_on,
           SUM(state = 'attended' AND starts_on >= ?) AS lately, SUM(state = 'attended' AND starts_on >= ?) AS months
         FROM bookings WHERE deleted = 0 AND provider_id IS NOT NULL AND starts_at <= ? GROUP BY provider_id, customer_id
         UNION ALL
         SELECT provider_id, customer_id, 0, NULL, NULL, 0, 0
         FROM bookings WHERE deleted = 0 AND provider_id IS NOT NULL GROUP BY provider_id, customer_id
         HAVING MIN(starts_at) > ?
       ) b JOIN customers c ON c.id = b.customer_id
       LEFT JOIN (
         SELECT provider_id, customer_id, rating,
           ROW_NUMBER() OVER (PARTITION BY provider_id, customer_id ORDER BY reviewed_at DESC, id DESC) AS place
         FROM reviews WHERE deleted = 0 AND reviewed_at <= ?
       ) v ON v.provider_id = b.provider_id AND v.customer_id = b.customer_id AND v.place = 1
       LEFT JOIN favourites f ON f.provider_id = b.provider_id AND f.customer_id = b.customer_id
       LEFT JOIN suppressions s ON s.provider_id = b.provider_id AND s.customer_id = b.customer_id AND s.channel = 'email'
       WHERE c.known = 1
     ) e
     JOIN (SELECT 7 AS id UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11) k
       ON CASE k.id
         WHEN 7 THEN e.fresh
         WHEN 8 THEN e.likes AND NOT e.fresh AND e.top AND (e.readings > 3 OR e.joined_on >= ?)
         WHEN 9 THEN e.likes AND e.readings >= 3 AND e.last_on < ?
         WHEN 10 THEN e.likes AND NOT e.fresh AND NOT e.top AND (e.readings >= 3 OR e.months = 0)
         ELSE e.picked END`,
    [now, day(-60), day(-30), threeMonthsAgo, now, now, now, threeMonthsAgo, day(-30)],
  )
}
