// Why: what the business knows about its customers. Old workers may still be up: they know none of these tables.
//
// Each thing has the caller's own `external_id` and our numeric `id`; joins use the latter.
// A customer or provider that was only named by others, or was deleted, is a row with `known` = 0: things that name it
// have something to hang on to, and nothing counts or shows it until it arrives.
// A deleted booking, membership, payment, review or interaction stays as a row with `deleted` = 1, so that an older
// version of it that arrives late finds the newer `source_updated_at` and is ignored. When the deletion arrived before
// the thing itself, nobody is known to whom it belonged: then, and only then, `customer_id` is null.
// `*_on` columns hold the local calendar day of the instant beside them in the business's time zone.
import type { Knex } from 'knex'

const EXTERNAL_ID = 'external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL'
const BOOKKEEPING = `
      source_updated_at DATETIME(6) NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL`
const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'

/** Every fact is between a customer and perhaps a provider. */
const parties = (table: string) => `
      CONSTRAINT ${table}_owned CHECK (deleted = 1 OR customer_id IS NOT NULL),
      CONSTRAINT ${table}_customer FOREIGN KEY (customer_id) REFERENCES customers (id),
      CONSTRAINT ${table}_provider FOREIGN KEY (provider_id) REFERENCES providers (id)`

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE customers (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      ${EXTERNAL_ID},
      known BOOLEAN NOT NULL DEFAULT FALSE,
      email VARCHAR(320) NULL,
      username VARCHAR(100) NULL,
      first_name VARCHAR(200) NULL,
      last_name VARCHAR(200) NULL,
      phone VARCHAR(40) NULL,
      birthdate DATE NULL,
      gender VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
      language VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
      country VARCHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL,
      customer_group VARCHAR(100) NULL,
      aggregator VARCHAR(100) NULL,
      joined_at DATETIME(3) NULL,
      joined_on DATE NULL,
      attributes JSON NULL,
      status VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'lead',
      status_by_hand BOOLEAN NOT NULL DEFAULT FALSE,
      ${BOOKKEEPING},
      -- ingest finds the row of a caller's id
      UNIQUE KEY customers_external_id (external_id),
      -- the customer list, sorted by name, and search by the beginning of the last name
      KEY customers_name (last_name, first_name, id),
      -- search by the beginning of the first name
      KEY customers_first_name (first_name),
      -- search by address, and the check that one address gets one mail
      KEY customers_email (email),
      -- search by user name ("unsubscribe a customer")
      KEY customers_username (username)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE consents (
      customer_id BIGINT UNSIGNED NOT NULL,
      channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      given BOOLEAN NOT NULL,
      at DATETIME(3) NOT NULL,
      source VARCHAR(100) NOT NULL,
      wording TEXT NULL,
      PRIMARY KEY (customer_id, channel),
      CONSTRAINT consents_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE customer_tags (
      customer_id BIGINT UNSIGNED NOT NULL,
      tag VARCHAR(100) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (customer_id, tag),
      -- customers with a tag, and the list of tags that exist
      KEY customer_tags_tag (tag, customer_id),
      CONSTRAINT customer_tags_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE providers (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      ${EXTERNAL_ID},
      known BOOLEAN NOT NULL DEFAULT FALSE,
      name VARCHAR(200) NULL,
      email VARCHAR(320) NULL,
      ${BOOKKEEPING},
      -- ingest finds the row of a caller's id
      UNIQUE KEY providers_external_id (external_id)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE bookings (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      ${EXTERNAL_ID},
      customer_id BIGINT UNSIGNED NULL,
      provider_id BIGINT UNSIGNED NULL,
      service VARCHAR(100) NULL,
      starts_at DATETIME(3) NOT NULL,
      starts_on DATE NOT NULL,
      minutes SMALLINT UNSIGNED NULL,
      price BIGINT NULL,
      state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      booked_at DATETIME(3) NULL,
      deleted BOOLEAN NOT NULL DEFAULT FALSE,
      ${BOOKKEEPING},
      -- ingest finds the row of a caller's id
      UNIQUE KEY bookings_external_id (external_id),
      -- rollup, windows and explanations of some customers read this index and no row (covering)
      KEY bookings_customer (customer_id, starts_at, deleted, state, provider_id, starts_on),
      ${parties('bookings')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE memberships (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      ${EXTERNAL_ID},
      customer_id BIGINT UNSIGNED NULL,
      provider_id BIGINT UNSIGNED NULL,
      type VARCHAR(100) NULL,
      recurring BOOLEAN NOT NULL DEFAULT FALSE,
      valid_from DATE NOT NULL,
      valid_to DATE NULL,
      cancelled_on DATE NULL,
      deleted BOOLEAN NOT NULL DEFAULT FALSE,
      ${BOOKKEEPING},
      -- ingest finds the row of a caller's id
      UNIQUE KEY memberships_external_id (external_id),
      -- conditions on the memberships of some customers (covering)
      KEY memberships_customer (customer_id, deleted, valid_from, valid_to, cancelled_on, provider_id, type),
      ${parties('memberships')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE payments (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      ${EXTERNAL_ID},
      customer_id BIGINT UNSIGNED NULL,
      provider_id BIGINT UNSIGNED NULL,
      amount BIGINT NOT NULL,
      paid_at DATETIME(3) NOT NULL,
      paid_on DATE NOT NULL,
      deleted BOOLEAN NOT NULL DEFAULT FALSE,
      ${BOOKKEEPING},
      -- ingest finds the row of a caller's id
      UNIQUE KEY payments_external_id (external_id),
      -- sums and counts of some customers (covering)
      KEY payments_customer (customer_id, paid_at, deleted, amount, provider_id, paid_on),
      ${parties('payments')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE reviews (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      ${EXTERNAL_ID},
      customer_id BIGINT UNSIGNED NULL,
      provider_id BIGINT UNSIGNED NULL,
      booking_external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
      rating TINYINT UNSIGNED NOT NULL,
      reviewed_at DATETIME(3) NOT NULL,
      deleted BOOLEAN NOT NULL DEFAULT FALSE,
      ${BOOKKEEPING},
      -- ingest finds the row of a caller's id
      UNIQUE KEY reviews_external_id (external_id),
      -- the latest review of some customers (covering)
      KEY reviews_customer (customer_id, reviewed_at, deleted, rating, provider_id),
      ${parties('reviews')}
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE interactions (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      ${EXTERNAL_ID},
      customer_id BIGINT UNSIGNED NULL,
      provider_id BIGINT UNSIGNED NULL,
      direction VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      at DATETIME(3) NOT NULL,
      happened_on DATE NOT NULL,
      deleted BOOLEAN NOT NULL DEFAULT FALSE,
      ${BOOKKEEPING},
      -- ingest finds the row of a caller's id
      UNIQUE KEY interactions_external_id (external_id),
      -- the last interaction of some customers (covering)
      KEY interactions_customer (customer_id, at, deleted, direction, provider_id, happened_on),
      ${parties('interactions')}
    ) ${OPTIONS}`)
}

export async function down(db: Knex): Promise<void> {
  const tables = [
    'interactions',
    'reviews',
    'payments',
    'memberships',
    'bookings',
    'providers',
    'customer_tags',
    'consents',
    'customers',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
}
