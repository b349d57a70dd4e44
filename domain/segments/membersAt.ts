import type { Sql } from '../customers/sql.ts'

/** An id that no transition will ever have. */
const NO_TRANSITION = '9223372036854775807'

/**
 * Who was in which of some segments just before an instant, as SQL that gives `segment_id` and `customer_id`: the
 * members who have been in since before it, and those whose first transition from it on was to leave. It reads today's
 * members and what happened since, so the nearer the instant, the less it costs.
 *
 * @param segments our own ids
 * @param providerId 0 for the whole business
 * @param now for an instant that has not come, today's members are all there is to know
 */
export function membersAtSql(segments: readonly number[], providerId: number, at: Date, now: Date): Sql {
  const asked = `segment_id IN (${segments.map(() => '?').join(', ')}) AND provider_id = ?`
  if (at > now) {
    return {
      sql: `SELECT segment_id, customer_id FROM segment_members WHERE ${asked}`,
      bindings: [...segments, providerId],
    }
  }
  return {
    sql: `
      SELECT segment_id, customer_id FROM segment_members WHERE ${asked} AND since < ?
      UNION ALL
      SELECT segment_id, customer_id FROM segment_transitions WHERE ${asked} AND at >= ?
      GROUP BY segment_id, customer_id
      HAVING MIN(CASE WHEN entered = 0 THEN id END) < COALESCE(MIN(CASE WHEN entered = 1 THEN id END), ${NO_TRANSITION})`,
    bindings: [...segments, providerId, at, ...segments, providerId, at],
  }
}
