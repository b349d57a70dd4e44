// Why: a mailing of a hundred thousand letters reaches three steps with each; only where a rule asks for messages must
// their customers be evaluated again. Old workers may still be up: they mark nobody, and their messages count with the
// next change of their customers.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  // Facts whose changes are only marked once rules ask for them. The rows are always there, to be locked: whoever
  // changes such a fact holds its row, and a rule that is going to be computed waits for them.
  await db.raw(`
    CREATE TABLE facts_in_use (
      fact VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      in_use BOOLEAN NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)
  await db.raw(`
    INSERT INTO facts_in_use (fact, in_use)
    SELECT 'delivery', COUNT(*) > 0 FROM segment_versions WHERE rule LIKE '%"delivery"%'`)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('facts_in_use')
}
