// Why: while somebody keeps refreshing, waking them for every change costs a way through Temporal that nobody needs. Old
// workers may still be up: they never say that they attend, so they are woken as before.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  // One row, id 1, apart from the row that a refresh locks: until when whoever refreshes will notice every change.
  await db.raw(`
    CREATE TABLE upkeep_attendance (
      id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
      attended_until DATETIME(3) NULL,
      CONSTRAINT upkeep_attendance_one_row CHECK (id = 1)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)
  await db.raw('INSERT INTO upkeep_attendance (id) VALUES (1)')
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('upkeep_attendance')
}
