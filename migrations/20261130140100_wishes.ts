// Why: the report of a campaign says how many unsubscribed or complained because of it; looked up among all events of a
// million messages, that would take seconds. Old workers may still be up: what they note is an event only.
import type { Knex } from 'knex'

const COLUMNS = ['unsubscribed_at', 'complained_at'] as const

export async function up(db: Knex): Promise<void> {
  await db.raw(`ALTER TABLE deliveries ${COLUMNS.map((name) => `ADD COLUMN ${name} DATETIME(3) NULL`).join(', ')}`)
  for (const name of COLUMNS) {
    await db.raw(`
      UPDATE deliveries d JOIN (
        SELECT delivery_id, MIN(at) AS at FROM delivery_events WHERE type = '${name.replace('_at', '')}' GROUP BY delivery_id
      ) e ON e.delivery_id = d.id SET d.${name} = e.at`)
  }
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  for (const name of COLUMNS) {
    if (await db.schema.hasColumn('deliveries', name)) await db.raw(`ALTER TABLE deliveries DROP COLUMN ${name}`)
  }
}
