// Why: the history of a segment is asked for by period, cause, direction and provider, newest first; the old index told
// only how many entered and left. Old workers may still be up: an index is nothing that they would notice.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE segment_transitions
      DROP KEY segment_transitions_segment,
      -- the transitions of a period newest first, its sums by day and cause, and who was in at its ends (covering)
      ADD KEY segment_transitions_history (segment_id, at, id, entered, cause, provider_id, customer_id)`)
}

/** One statement did it all or nothing, so there is nothing half-made. */
export async function down(db: Knex): Promise<void> {
  const [rows] = await db.raw("SHOW INDEX FROM segment_transitions WHERE Key_name = 'segment_transitions_history'")
  if (rows.length === 0) return
  await db.raw(`
    ALTER TABLE segment_transitions
      DROP KEY segment_transitions_history,
      ADD KEY segment_transitions_segment (segment_id, at, entered)`)
}
