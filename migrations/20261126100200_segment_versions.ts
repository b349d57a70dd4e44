// Why: drafts of rules, what is known about each version, and when a segment that is not live is recalculated next.
// Old workers may still be up: what is new in old tables has defaults, and rules stay text.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
/** MariaDB refuses JSON that is deeper than 31 levels, and a rule of 16 levels is: rules are kept as text and checked by us. */
const RULE = 'LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE segments
      MODIFY COLUMN rule ${RULE},
      ADD COLUMN next_recalculation_at DATETIME(3) NULL,
      -- the upkeep: whose time has come, and when the next one's comes
      ADD KEY segments_next_recalculation (next_recalculation_at)`)
  await db.raw(`
    ALTER TABLE segment_versions
      MODIFY COLUMN rule ${RULE},
      ADD COLUMN note VARCHAR(1000) NOT NULL DEFAULT '',
      ADD COLUMN restored_from INT UNSIGNED NULL,
      -- when its first members stood: what entered and left at that instant is what publishing it did
      ADD COLUMN computed_at DATETIME(3) NULL`)
  await db.raw(`
    UPDATE segment_versions v SET v.computed_at = (
      SELECT MIN(t.at) FROM segment_transitions t
      WHERE t.segment_id = v.segment_id AND t.version = v.version AND t.cause IN ('initial', 'rule_change'))`)

  // One draft for each segment. Its rule may hold mistakes, so it is kept as text, just as it came.
  await db.raw(`
    CREATE TABLE segment_drafts (
      segment_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      rule LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
      base_version INT UNSIGNED NOT NULL,
      -- grows with every keeping, and never begins anew: a stale one is always noticed
      revision BIGINT UNSIGNED NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      updated_by VARCHAR(320) NOT NULL,
      CONSTRAINT segment_drafts_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. Rules stay text, which reads the same. */
export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('segment_drafts')
  for (const [table, column] of [
    ['segments', 'next_recalculation_at'],
    ['segment_versions', 'note'],
    ['segment_versions', 'restored_from'],
    ['segment_versions', 'computed_at'],
  ] as const) {
    // with the column goes its key
    if (await db.schema.hasColumn(table, column)) await db.raw(`ALTER TABLE ${table} DROP COLUMN ${column}`)
  }
}
