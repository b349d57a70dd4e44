// Why: the second message of a campaign that compares two may be a template, and have a survey. Old workers may still be
// up: what is new has defaults.
import type { Knex } from 'knex'

const COLUMNS = {
  template_id: 'VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL',
  template_version: 'INT UNSIGNED NULL',
  // where its answers begin among those of the campaign
  first_answer: 'SMALLINT UNSIGNED NOT NULL DEFAULT 0',
} as const

export async function up(db: Knex): Promise<void> {
  const added = Object.entries(COLUMNS).map(([name, type]) => `ADD COLUMN ${name} ${type}`)
  await db.raw(`ALTER TABLE campaign_variants ${added.join(', ')}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  for (const column of Object.keys(COLUMNS)) {
    if (await db.schema.hasColumn('campaign_variants', column)) {
      await db.raw(`ALTER TABLE campaign_variants DROP COLUMN ${column}`)
    }
  }
}
