// Why: rules, their live members and why each member came or went. Old workers may still be up: they know none of these tables.
//
// `provider_id` 0 stands for the whole business; it has no row in `providers`, so these columns carry no foreign key.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'

export async function up(db: Knex): Promise<void> {
  // One row per (provider, customer), and one with provider 0 for the whole business: what most rules ask for.
  // Rebuilt from the raw rows, never incremented. `flip_at` / `flip_on`: when time alone next changes any answer.
  await db.raw(`
    CREATE TABLE relationships (
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      bookings INT UNSIGNED NOT NULL DEFAULT 0,
      first_booking_at DATETIME(3) NULL,
      first_booking_on DATE NULL,
      last_booking_at DATETIME(3) NULL,
      last_booking_on DATE NULL,
      next_booking_at DATETIME(3) NULL,
      next_booking_on DATE NULL,
      attended INT UNSIGNED NOT NULL DEFAULT 0,
      first_attended_at DATETIME(3) NULL,
      first_attended_on DATE NULL,
      last_attended_at DATETIME(3) NULL,
      last_attended_on DATE NULL,
      next_attended_at DATETIME(3) NULL,
      flip_at DATETIME(3) NULL,
      flip_on DATE NULL,
      PRIMARY KEY (provider_id, customer_id),
      -- all relationships of the customers that a refresh concerns
      KEY relationships_customer (customer_id),
      -- refresh: whose answer changes at an instant that has come
      KEY relationships_flip_at (flip_at),
      -- refresh: whose answer changes on a local day that has begun
      KEY relationships_flip_on (flip_on),
      CONSTRAINT relationships_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // A queue: ingest appends in its own transaction, a refresh deletes exactly the rows it has read.
  await db.raw(`
    CREATE TABLE dirty_relationships (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      cause VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      marked_at DATETIME(3) NOT NULL,
      -- a refresh takes all marks of the customers that it takes, so that the strongest cause wins
      KEY dirty_relationships_customer (customer_id)
    ) ${OPTIONS}`)

  // Whom the running refresh evaluates. Filled and emptied in its transaction, so others never see a row of it.
  await db.raw(`
    CREATE TABLE refresh_scope (
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      PRIMARY KEY (provider_id, customer_id)
    ) ${OPTIONS}`)

  // One row, id 1: locked by a refresh while it runs, so that two never run over each other.
  await db.raw(`
    CREATE TABLE segment_upkeep (
      id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
      refreshed_to DATETIME(3) NULL,
      CONSTRAINT segment_upkeep_one_row CHECK (id = 1)
    ) ${OPTIONS}`)
  await db.raw('INSERT INTO segment_upkeep (id) VALUES (1)')

  await db.raw(`
    CREATE TABLE segments (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      \`key\` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      name VARCHAR(200) NOT NULL,
      note VARCHAR(1000) NOT NULL DEFAULT '',
      scope VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      rule JSON NOT NULL,
      version INT UNSIGNED NOT NULL,
      -- the version whose members stand in segment_members; smaller than version while a recompute runs
      computed_version INT UNSIGNED NULL,
      computed_at DATETIME(3) NULL,
      recalculation JSON NOT NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      -- the API names a segment by its key
      UNIQUE KEY segments_key (\`key\`)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE segment_versions (
      segment_id BIGINT UNSIGNED NOT NULL,
      version INT UNSIGNED NOT NULL,
      rule JSON NOT NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL,
      PRIMARY KEY (segment_id, version),
      CONSTRAINT segment_versions_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE segment_members (
      segment_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      since DATETIME(3) NOT NULL,
      by_hand BOOLEAN NOT NULL DEFAULT FALSE,
      PRIMARY KEY (segment_id, provider_id, customer_id),
      -- the segments of one customer, and the diff of the customers that a refresh concerns
      KEY segment_members_customer (customer_id, segment_id, provider_id, by_hand),
      CONSTRAINT segment_members_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE,
      CONSTRAINT segment_members_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // A recompute that is running. A later one of the same segment takes its place.
  await db.raw(`
    CREATE TABLE segment_recomputations (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      segment_id BIGINT UNSIGNED NOT NULL,
      version INT UNSIGNED NOT NULL,
      started_at DATETIME(3) NOT NULL,
      UNIQUE KEY segment_recomputations_segment (segment_id),
      CONSTRAINT segment_recomputations_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // What a running recompute will change: applied in one transaction at its end, so a crash leaves no half of it.
  await db.raw(`
    CREATE TABLE segment_changes (
      recomputation_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      entered BOOLEAN NOT NULL,
      PRIMARY KEY (recomputation_id, provider_id, customer_id)
    ) ${OPTIONS}`)

  // Whom a refresh has evaluated while a recompute was running: these it evaluates again at its end.
  await db.raw(`
    CREATE TABLE segment_touched (
      recomputation_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      PRIMARY KEY (recomputation_id, provider_id, customer_id)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE segment_transitions (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      segment_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      entered BOOLEAN NOT NULL,
      cause VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      version INT UNSIGNED NOT NULL,
      at DATETIME(3) NOT NULL,
      -- size over time and the latest transitions of a segment (covering for the sums)
      KEY segment_transitions_segment (segment_id, at, entered),
      -- a customer's timeline
      KEY segment_transitions_customer (customer_id, at),
      CONSTRAINT segment_transitions_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE,
      CONSTRAINT segment_transitions_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

export async function down(db: Knex): Promise<void> {
  const tables = [
    'segment_transitions',
    'segment_touched',
    'segment_changes',
    'segment_recomputations',
    'segment_members',
    'segment_versions',
    'segments',
    'segment_upkeep',
    'dirty_relationships',
    'refresh_scope',
    'relationships',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
}
