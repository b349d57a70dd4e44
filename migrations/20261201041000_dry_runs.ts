// Why: replays of automations over past days, with what each customer would have got; and definitions of any depth. Old
// workers may still be up: they know nothing of the new tables, and a definition reads the same as text.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const EXACT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'

export async function up(db: Knex): Promise<void> {
  // MariaDB refuses JSON that is deeper than 31 levels, and ways in ways with a rule in them are
  await db.raw(`ALTER TABLE automation_versions MODIFY COLUMN definition MEDIUMTEXT ${EXACT} NOT NULL`)
  await db.raw(`
    CREATE TABLE dry_runs (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      automation_id BIGINT UNSIGNED NULL,
      definition MEDIUMTEXT ${EXACT} NOT NULL,
      provider_id BIGINT UNSIGNED NULL,
      days SMALLINT UNSIGNED NOT NULL,
      asked_at DATETIME(3) NOT NULL,
      state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      -- from 0 to 1
      progress DOUBLE NOT NULL DEFAULT 0,
      -- the sums, as JSON, once it is done
      result MEDIUMTEXT ${EXACT} NULL,
      error VARCHAR(500) NULL,
      created_by VARCHAR(320) NULL,
      finished_at DATETIME(3) NULL,
      -- those that have grown old
      KEY dry_runs_asked (asked_at),
      CONSTRAINT dry_runs_automation FOREIGN KEY (automation_id) REFERENCES automations (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE dry_run_ways (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      dry_run_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      entered_at DATETIME(3) NOT NULL,
      entered_on DATE NOT NULL,
      ended_at DATETIME(3) NULL,
      reason VARCHAR(64) NULL,
      -- what would have happened, as JSON
      events MEDIUMTEXT ${EXACT} NOT NULL,
      -- the list, in the order of time; of one day
      KEY dry_run_ways_entered (dry_run_id, entered_at, id),
      CONSTRAINT dry_run_ways_dry_run FOREIGN KEY (dry_run_id) REFERENCES dry_runs (id) ON DELETE CASCADE,
      CONSTRAINT dry_run_ways_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. Definitions stay text, which reads the same. */
export async function down(db: Knex): Promise<void> {
  for (const table of ['dry_run_ways', 'dry_runs']) await db.schema.dropTableIfExists(table)
}
