// Why: the business itself and the people who may act for it. Old workers may still be up: they know none of these tables.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  // One row, id 1: the business whose time zone and currency every other table is read with.
  await db.raw(`
    CREATE TABLE settings (
      id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
      name VARCHAR(200) NOT NULL,
      time_zone VARCHAR(64) NOT NULL,
      currency CHAR(3) NOT NULL,
      language CHAR(2) NOT NULL,
      sender_name VARCHAR(200) NOT NULL,
      sender_email VARCHAR(320) NOT NULL,
      mail_unknown_consent BOOLEAN NOT NULL DEFAULT FALSE,
      frequency_cap JSON NULL,
      quiet_hours JSON NULL,
      loyalty_reward JSON NULL,
      updated_at DATETIME(3) NOT NULL,
      CONSTRAINT settings_one_row CHECK (id = 1)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)

  // Keys that all processes of one business share: link signatures, session cookies.
  await db.raw(`
    CREATE TABLE secrets (
      name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      value VARBINARY(64) NOT NULL,
      created_at DATETIME(3) NOT NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)

  await db.raw(`
    CREATE TABLE users (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      email VARCHAR(320) NOT NULL,
      name VARCHAR(200) NOT NULL,
      password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      language CHAR(2) NULL,
      created_at DATETIME(3) NOT NULL,
      -- sign-in looks the user up by email; two people never share one
      UNIQUE KEY users_email (email)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)

  // Only the SHA-256 of a session token is kept: who reads the table cannot sign in with it.
  await db.raw(`
    CREATE TABLE sessions (
      token_hash BINARY(32) NOT NULL PRIMARY KEY,
      user_id BIGINT UNSIGNED NOT NULL,
      created_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      -- the clean-up of expired sessions
      KEY sessions_expiry (expires_at),
      CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)

  await db.raw(`
    CREATE TABLE api_keys (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      name VARCHAR(100) NOT NULL,
      key_hash BINARY(32) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      -- every call with a key looks it up by its hash
      UNIQUE KEY api_keys_hash (key_hash)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)

  // The answer to an unsafe call, given again when the same caller repeats it with the same Idempotency-Key.
  await db.raw(`
    CREATE TABLE idempotency_keys (
      caller VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      idempotency_key VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      request_hash BINARY(32) NOT NULL,
      status SMALLINT UNSIGNED NULL,
      body MEDIUMTEXT NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (caller, idempotency_key),
      -- the clean-up of answers older than a day
      KEY idempotency_keys_age (created_at)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['idempotency_keys', 'api_keys', 'sessions', 'users', 'secrets', 'settings']) {
    await db.schema.dropTableIfExists(table)
  }
}
