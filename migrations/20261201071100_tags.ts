// Why: tags have colours. Old workers may still be up: they know nothing of them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  // Only those that somebody has given one: a tag is what customers have.
  await db.raw(`
    CREATE TABLE tags (
      tag VARCHAR(100) NOT NULL PRIMARY KEY,
      colour VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      updated_at DATETIME(3) NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('tags')
}
