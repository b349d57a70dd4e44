// Why: invitations, second factors, sessions that are listed and ended one by one, keys with scopes, and who changed what.
// Older API processes may still be up: they make sessions and read users as before.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'

const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  users: {
    // nobody signs in with it: who was invited and has not come yet, or comes by another way only
    no_password: 'BOOLEAN NOT NULL DEFAULT FALSE',
    deactivated_at: 'DATETIME(3) NULL',
    // the shared secret of the second factor; sealed with a key of the installation's own
    totp_secret: 'VARBINARY(128) NULL',
    totp_since: 'DATETIME(3) NULL',
    // the last step of time whose code was taken: no code counts twice
    totp_step: 'BIGINT UNSIGNED NOT NULL DEFAULT 0',
    invited_by: 'VARCHAR(320) NULL',
    last_seen_at: 'DATETIME(3) NULL',
    // who somebody is at the identity provider, once they have come from there
    oidc_subject: 'VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL',
  },
  sessions: {
    id: 'BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE',
    address: "VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''",
    device: "VARCHAR(300) NOT NULL DEFAULT ''",
    seen_at: 'DATETIME(3) NULL',
  },
  api_keys: {
    // what it may do, as JSON; null: everything
    scopes: 'TEXT NULL',
    provider_id: 'BIGINT UNSIGNED NULL',
    // the first letters, by which its owner knows which one it is
    prefix: "VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''",
    created_by: 'VARCHAR(320) NULL',
    expires_at: 'DATETIME(3) NULL',
    last_used_at: 'DATETIME(3) NULL',
    revoked_at: 'DATETIME(3) NULL',
  },
}

export async function up(db: Knex): Promise<void> {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    for (const [name, type] of Object.entries(columns)) {
      await db.raw(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`)
    }
  }
  await db.raw(`
    CREATE TABLE user_tokens (
      token_hash BINARY(32) NOT NULL PRIMARY KEY,
      user_id BIGINT UNSIGNED NOT NULL,
      -- invitation or reset
      kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      created_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      -- a new one takes the place of those before
      KEY user_tokens_user (user_id, kind),
      CONSTRAINT user_tokens_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE recovery_codes (
      user_id BIGINT UNSIGNED NOT NULL,
      code_hash BINARY(32) NOT NULL,
      used_at DATETIME(3) NULL,
      PRIMARY KEY (user_id, code_hash),
      CONSTRAINT recovery_codes_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  // Names are copied: what somebody did stays readable when they, or what it was about, are gone.
  await db.raw(`
    CREATE TABLE audit_entries (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      at DATETIME(3) NOT NULL,
      actor_kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      actor_id BIGINT UNSIGNED NOT NULL,
      actor VARCHAR(400) NOT NULL,
      address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      permission VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      method VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      route VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      status SMALLINT UNSIGNED NOT NULL,
      -- what it was about, as the API says it
      entity VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      entity_id VARCHAR(250) NOT NULL,
      entity_name VARCHAR(300) NOT NULL DEFAULT '',
      before_value MEDIUMTEXT NULL,
      after_value MEDIUMTEXT NULL,
      -- one person's or key's acts
      KEY audit_entries_actor (actor_kind, actor_id, id),
      -- the history of one thing
      KEY audit_entries_entity (entity, entity_id, id),
      -- a period
      KEY audit_entries_at (at, id)
    ) ${OPTIONS}`)
  for (const act of ['UPDATE', 'DELETE'] as const) await forbid(db, act)
}

/** What a server answers to somebody who may not make triggers while it writes a binary log. */
const NOT_ALLOWED: ReadonlySet<unknown> = new Set([
  'ER_BINLOG_CREATE_ROUTINE_NEED_SUPER',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
])

async function forbid(db: Knex, act: 'UPDATE' | 'DELETE'): Promise<void> {
  const name = `audit_entries_no_${act.toLowerCase()}`
  try {
    await db.raw(`
      CREATE TRIGGER ${name} BEFORE ${act} ON audit_entries FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_entries is only ever added to'`)
  } catch (error) {
    if (!NOT_ALLOWED.has((error as { code?: unknown }).code)) throw error
  }
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  for (const table of ['audit_entries', 'recovery_codes', 'user_tokens']) await db.schema.dropTableIfExists(table)
  for (const [table, columns] of Object.entries(COLUMNS)) {
    for (const name of Object.keys(columns)) {
      if (await db.schema.hasColumn(table, name)) await db.raw(`ALTER TABLE ${table} DROP COLUMN ${name}`)
    }
  }
}
