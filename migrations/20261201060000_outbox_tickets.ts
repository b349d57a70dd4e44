// Why: whoever hands a row of the outbox over and removes it has to know whether it was asked for again meanwhile; two
// askings may carry the same instant. Older workers and APIs may still be up: they leave the column as it is, and are told
// apart by the instant, as before.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.raw("ALTER TABLE workflow_outbox ADD COLUMN ticket BINARY(8) NOT NULL DEFAULT ''")
}

export async function down(db: Knex): Promise<void> {
  if (await db.schema.hasColumn('workflow_outbox', 'ticket')) {
    await db.raw('ALTER TABLE workflow_outbox DROP COLUMN ticket')
  }
}
