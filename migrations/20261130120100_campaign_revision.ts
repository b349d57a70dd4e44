// Why: who approves a campaign, or edits it, says which state of it they have seen. Old workers may still be up: they never
// read it.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  // grows with every edit
  await db.raw('ALTER TABLE campaigns ADD COLUMN revision INT UNSIGNED NOT NULL DEFAULT 1')
}

export async function down(db: Knex): Promise<void> {
  if (await db.schema.hasColumn('campaigns', 'revision')) await db.raw('ALTER TABLE campaigns DROP COLUMN revision')
}
