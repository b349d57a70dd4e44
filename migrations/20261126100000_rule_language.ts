// Why: the whole rule language: money, favourites, rewards, rankings, segments in segments with members put in or taken
// out by hand. Old workers may still be up: they read none of the new tables, and what is new in old ones has defaults.
//
// `provider_id` 0 stands for the whole business; it has no row in `providers`, so these columns carry no foreign key.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  // what of payments most rules ask for; kept as the counts of bookings are
  await db.raw(`
    ALTER TABLE relationships
      ADD COLUMN payments INT UNSIGNED NOT NULL DEFAULT 0,
      ADD COLUMN paid_total BIGINT NOT NULL DEFAULT 0`)

  // The customers that a provider has picked.
  await db.raw(`
    CREATE TABLE favourites (
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      created_at DATETIME(3) NOT NULL,
      -- those of some customers (covering)
      PRIMARY KEY (customer_id, provider_id),
      CONSTRAINT favourites_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
      CONSTRAINT favourites_provider FOREIGN KEY (provider_id) REFERENCES providers (id)
    ) ${OPTIONS}`)

  // Vouchers and free minutes of one customer with one provider; both days count.
  await db.raw(`
    CREATE TABLE rewards (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      kind VARCHAR(12) ${ASCII} NOT NULL,
      -- reserved, active, used or given_back
      state VARCHAR(12) ${ASCII} NOT NULL,
      valid_from DATE NOT NULL,
      valid_to DATE NOT NULL,
      created_at DATETIME(3) NOT NULL,
      used_at DATETIME(3) NULL,
      -- conditions on the rewards of some customers (covering)
      KEY rewards_customer (customer_id, provider_id, state, kind, valid_from, valid_to),
      CONSTRAINT rewards_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
      CONSTRAINT rewards_provider FOREIGN KEY (provider_id) REFERENCES providers (id)
    ) ${OPTIONS}`)

  // what rules may ask of a message beside its campaign; nothing writes them yet
  await db.raw(`
    ALTER TABLE deliveries
      ADD COLUMN template_id VARCHAR(64) ${ASCII} NULL,
      ADD COLUMN automation_id VARCHAR(64) ${ASCII} NULL`)

  // What somebody decided by hand: it outranks the rule until it is taken back.
  await db.raw(`
    CREATE TABLE segment_overrides (
      segment_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      is_in BOOLEAN NOT NULL,
      decided_at DATETIME(3) NOT NULL,
      decided_by VARCHAR(320) NULL,
      PRIMARY KEY (segment_id, provider_id, customer_id),
      -- those of the customers that a refresh concerns
      KEY segment_overrides_customer (customer_id, segment_id, provider_id, is_in),
      CONSTRAINT segment_overrides_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE,
      CONSTRAINT segment_overrides_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  await db.raw(`
    INSERT INTO segment_overrides (segment_id, provider_id, customer_id, is_in, decided_at)
    SELECT segment_id, provider_id, customer_id, TRUE, since FROM segment_members WHERE by_hand`)
  await db.raw(`
    ALTER TABLE segment_members
      DROP KEY segment_members_customer,
      ADD KEY segment_members_customer (customer_id, segment_id, provider_id),
      DROP COLUMN by_hand`)

  // The numbers by which rules in use rank customers, so that one change is one changed number and not a new ranking.
  await db.raw(`
    CREATE TABLE rankings (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      -- scope and condition, as the compiler names them: its hash is looked for
      name TEXT NOT NULL,
      name_hash CHAR(64) ${ASCII} NOT NULL,
      scope VARCHAR(8) ${ASCII} NOT NULL,
      \`condition\` JSON NOT NULL,
      -- whether every number is in rank_values; until then rules draw the ranking up themselves
      complete BOOLEAN NOT NULL DEFAULT FALSE,
      UNIQUE KEY rankings_name (name_hash)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE rank_values (
      ranking_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      number BIGINT NOT NULL,
      PRIMARY KEY (ranking_id, provider_id, customer_id),
      -- the number at a place, and those between two numbers
      KEY rank_values_number (ranking_id, provider_id, number),
      -- the numbers of the customers that a refresh concerns
      KEY rank_values_customer (customer_id, ranking_id, provider_id, number),
      CONSTRAINT rank_values_ranking FOREIGN KEY (ranking_id) REFERENCES rankings (id) ON DELETE CASCADE,
      CONSTRAINT rank_values_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // How many at the top rules in use ask for.
  await db.raw(`
    CREATE TABLE rank_tops (
      ranking_id BIGINT UNSIGNED NOT NULL,
      top INT UNSIGNED NOT NULL,
      PRIMARY KEY (ranking_id, top),
      CONSTRAINT rank_tops_ranking FOREIGN KEY (ranking_id) REFERENCES rankings (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // The number that is needed to be among so many; no row where there are not so many.
  await db.raw(`
    CREATE TABLE rank_thresholds (
      ranking_id BIGINT UNSIGNED NOT NULL,
      top INT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      number BIGINT NOT NULL,
      PRIMARY KEY (ranking_id, top, provider_id),
      CONSTRAINT rank_thresholds_top FOREIGN KEY (ranking_id, top) REFERENCES rank_tops (ranking_id, top)
        ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  if (!(await db.schema.hasColumn('segment_members', 'by_hand'))) {
    await db.raw(`
      ALTER TABLE segment_members
        ADD COLUMN by_hand BOOLEAN NOT NULL DEFAULT FALSE,
        DROP KEY segment_members_customer,
        ADD KEY segment_members_customer (customer_id, segment_id, provider_id, by_hand)`)
  }
  const tables = [
    'rank_thresholds',
    'rank_tops',
    'rank_values',
    'rankings',
    'segment_overrides',
    'rewards',
    'favourites',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
  for (const [table, column] of [
    ['deliveries', 'template_id'],
    ['deliveries', 'automation_id'],
    ['relationships', 'payments'],
    ['relationships', 'paid_total'],
  ] as const) {
    if (await db.schema.hasColumn(table, column)) await db.raw(`ALTER TABLE ${table} DROP COLUMN ${column}`)
  }
}
