// Why: what was known at a past instant, and what a rule would have done on past days. Old workers may still be up: what
// is new in old tables has defaults, and what they change without writing history is only missing from the past.
//
// `known_from` null: since the thing was known at all (docs/decisions/010-as-of.md says when that is). A row of a history
// table is an earlier version with what rules read of it; it was what was known in [known_from, known_to).
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

const VERSIONED = ['customers', 'providers', 'bookings', 'memberships', 'payments', 'reviews', 'interactions'] as const

/** Whose version it is; the key begins with the customer, whose earlier versions are read together. */
const ofThing = (table: string) => `
      id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NULL,
      known_from DATETIME(3) NOT NULL,
      known_to DATETIME(3) NOT NULL,
      PRIMARY KEY (customer_id, id, known_to),
      -- a backtest looks for what changed on its days
      KEY ${table}_history_to (known_to),
      CONSTRAINT ${table}_history_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE`

/** The same for what somebody put on a customer, with the columns that tell one from another. */
const ofCustomer = (table: string, key: string) => `
      customer_id BIGINT UNSIGNED NOT NULL,
      known_from DATETIME(3) NOT NULL,
      known_to DATETIME(3) NOT NULL,
      PRIMARY KEY (customer_id, ${key}, known_to),
      -- a backtest looks for what changed on its days
      KEY ${table}_history_to (known_to),
      CONSTRAINT ${table}_history_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE`

export async function up(db: Knex): Promise<void> {
  for (const table of VERSIONED) await db.raw(`ALTER TABLE ${table} ADD COLUMN known_from DATETIME(3) NULL`)

  await db.raw(`
    CREATE TABLE customers_history (
      customer_id BIGINT UNSIGNED NOT NULL,
      email VARCHAR(320) NULL,
      phone VARCHAR(40) NULL,
      birthdate DATE NULL,
      gender VARCHAR(10) ${ASCII} NULL,
      language VARCHAR(10) ${ASCII} NULL,
      country VARCHAR(2) ${ASCII} NULL,
      customer_group VARCHAR(100) NULL,
      aggregator VARCHAR(100) NULL,
      joined_at DATETIME(3) NULL,
      joined_on DATE NULL,
      attributes JSON NULL,
      status VARCHAR(10) ${ASCII} NOT NULL,
      known_from DATETIME(3) NULL,
      known_to DATETIME(3) NOT NULL,
      PRIMARY KEY (customer_id, known_to),
      -- a backtest looks for what changed on its days
      KEY customers_history_to (known_to),
      CONSTRAINT customers_history_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // When a provider who has left, or has come back since, was there.
  await db.raw(`
    CREATE TABLE providers_history (
      provider_id BIGINT UNSIGNED NOT NULL,
      known_from DATETIME(3) NULL,
      known_to DATETIME(3) NOT NULL,
      PRIMARY KEY (provider_id, known_to),
      CONSTRAINT providers_history_provider FOREIGN KEY (provider_id) REFERENCES providers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE bookings_history (
      service VARCHAR(100) NULL,
      starts_at DATETIME(3) NOT NULL,
      starts_on DATE NOT NULL,
      state VARCHAR(10) ${ASCII} NOT NULL,
      ${ofThing('bookings')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE memberships_history (
      type VARCHAR(100) NULL,
      valid_from DATE NOT NULL,
      valid_to DATE NULL,
      cancelled_on DATE NULL,
      ${ofThing('memberships')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE payments_history (
      amount BIGINT NOT NULL,
      paid_at DATETIME(3) NOT NULL,
      paid_on DATE NOT NULL,
      ${ofThing('payments')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE reviews_history (
      rating TINYINT UNSIGNED NOT NULL,
      reviewed_at DATETIME(3) NOT NULL,
      ${ofThing('reviews')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE interactions_history (
      direction VARCHAR(8) ${ASCII} NOT NULL,
      at DATETIME(3) NOT NULL,
      happened_on DATE NOT NULL,
      ${ofThing('interactions')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE customer_tags_history (
      tag VARCHAR(100) NOT NULL,
      ${ofCustomer('customer_tags', 'tag')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE consents_history (
      channel VARCHAR(8) ${ASCII} NOT NULL,
      given BOOLEAN NOT NULL,
      ${ofCustomer('consents', 'channel')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE favourites_history (
      provider_id BIGINT UNSIGNED NOT NULL,
      ${ofCustomer('favourites', 'provider_id')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE suppressions_history (
      provider_id BIGINT UNSIGNED NOT NULL,
      channel VARCHAR(8) ${ASCII} NOT NULL,
      reason VARCHAR(16) ${ASCII} NOT NULL,
      address VARCHAR(320) NULL,
      ${ofCustomer('suppressions', 'provider_id, channel')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE segment_overrides_history (
      segment_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      is_in BOOLEAN NOT NULL,
      ${ofCustomer('segment_overrides', 'segment_id, provider_id')}
    ) ${OPTIONS}`)

  // A rule played over past days, or over the days to come.
  await db.raw(`
    CREATE TABLE backtests (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      -- backtest or forecast
      kind VARCHAR(8) ${ASCII} NOT NULL,
      -- the segment that a forecast is of, with the version of its rule
      segment_id BIGINT UNSIGNED NULL,
      version INT UNSIGNED NULL,
      -- text: MariaDB refuses JSON that is as deep as a rule may be
      rule MEDIUMTEXT NOT NULL,
      scope VARCHAR(8) ${ASCII} NOT NULL,
      -- one provider's customers; null for all of them, or for the whole business
      provider_id BIGINT UNSIGNED NULL,
      -- so many past days, today included; or so many after today
      days SMALLINT UNSIGNED NOT NULL,
      -- the instant at which it was asked for: the end of the last day of a backtest, the beginning of a forecast
      asked_at DATETIME(3) NOT NULL,
      -- running, done, failed or cancelled
      state VARCHAR(10) ${ASCII} NOT NULL,
      -- how many days are written
      days_done SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      -- how far everybody's evaluation at the beginning is, in customers
      looked INT UNSIGNED NOT NULL DEFAULT 0,
      total INT UNSIGNED NOT NULL DEFAULT 0,
      error VARCHAR(500) NULL,
      created_by VARCHAR(320) NULL,
      finished_at DATETIME(3) NULL,
      -- the newest forecast of a segment
      KEY backtests_segment (segment_id, kind, asked_at),
      -- the clean-up of old ones
      KEY backtests_age (asked_at),
      CONSTRAINT backtests_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // Members at the end of each day, and how many came and went on it.
  await db.raw(`
    CREATE TABLE backtest_days (
      backtest_id BIGINT UNSIGNED NOT NULL,
      day DATE NOT NULL,
      members INT UNSIGNED NOT NULL,
      entered INT UNSIGNED NOT NULL,
      went INT UNSIGNED NOT NULL,
      PRIMARY KEY (backtest_id, day),
      CONSTRAINT backtest_days_backtest FOREIGN KEY (backtest_id) REFERENCES backtests (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE backtest_changes (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      backtest_id BIGINT UNSIGNED NOT NULL,
      day DATE NOT NULL,
      -- a forecast says the instant, a backtest the end of the day
      at DATETIME(3) NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      entered BOOLEAN NOT NULL,
      -- the list of a day, and of all days
      KEY backtest_changes_day (backtest_id, day, entered, id),
      CONSTRAINT backtest_changes_backtest FOREIGN KEY (backtest_id) REFERENCES backtests (id) ON DELETE CASCADE,
      CONSTRAINT backtest_changes_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const tables = [
    'backtest_changes',
    'backtest_days',
    'backtests',
    'segment_overrides_history',
    'suppressions_history',
    'favourites_history',
    'consents_history',
    'customer_tags_history',
    'interactions_history',
    'reviews_history',
    'payments_history',
    'memberships_history',
    'bookings_history',
    'providers_history',
    'customers_history',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
  for (const table of VERSIONED) {
    if (await db.schema.hasColumn(table, 'known_from')) await db.raw(`ALTER TABLE ${table} DROP COLUMN known_from`)
  }
}
