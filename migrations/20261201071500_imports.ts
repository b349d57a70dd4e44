// Why: files of customers and of what they did are taken in. Older workers may still be up: they know none of these tables
// and start no import.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  // How far a file is. A part of it is stored in the transaction that moves `done` on: whatever crashes, each row once.
  await db.raw(`
    CREATE TABLE imports (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      kind VARCHAR(16) ${ASCII} NOT NULL,
      -- uploading, ready, running, done, failed or cancelled
      state VARCHAR(10) ${ASCII} NOT NULL,
      file_name VARCHAR(255) NOT NULL,
      -- in bytes
      size BIGINT UNSIGNED NOT NULL,
      -- how the file is read: format, encoding, separator, sheet, whether its first row has titles (JSON)
      reading TEXT NULL,
      -- the titles of its columns, and what each is stored as (JSON)
      columns_found MEDIUMTEXT NULL,
      mapping MEDIUMTEXT NULL,
      -- how values are understood (JSON)
      choices TEXT NULL,
      historical BOOLEAN NOT NULL DEFAULT TRUE,
      total INT UNSIGNED NOT NULL DEFAULT 0,
      -- rows that were looked at; the next part begins after them
      done INT UNSIGNED NOT NULL DEFAULT 0,
      made INT UNSIGNED NOT NULL DEFAULT 0,
      changed INT UNSIGNED NOT NULL DEFAULT 0,
      rejected INT UNSIGNED NOT NULL DEFAULT 0,
      error VARCHAR(500) NULL,
      created_by VARCHAR(320) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      started_at DATETIME(3) NULL,
      finished_at DATETIME(3) NULL,
      -- what came in the file is no longer kept; how many rows it had is
      file_removed_at DATETIME(3) NULL,
      -- files that are old enough to be removed
      KEY imports_age (file_removed_at, created_at)
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE import_parts (
      import_id BIGINT UNSIGNED NOT NULL,
      place SMALLINT UNSIGNED NOT NULL,
      bytes MEDIUMBLOB NOT NULL,
      PRIMARY KEY (import_id, place),
      CONSTRAINT import_parts_import FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  // Rows with something in them that could not be taken: refused, or stored without it.
  await db.raw(`
    CREATE TABLE import_problems (
      import_id BIGINT UNSIGNED NOT NULL,
      -- as a spreadsheet counts
      line_number INT UNSIGNED NOT NULL,
      \`stored\` BOOLEAN NOT NULL,
      cells MEDIUMTEXT NOT NULL,
      reasons TEXT NOT NULL,
      PRIMARY KEY (import_id, line_number),
      CONSTRAINT import_problems_import FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['import_problems', 'import_parts', 'imports']) await db.schema.dropTableIfExists(table)
}
