// Why: what comes back about a message and from its reader: late bounces, complaints, machines, consent with its history,
// unsubscribing from one kind of mail, links that survive a new key. Old workers may still be up: what is new in old tables
// has defaults; they go on reading the first key.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  // 'all', or the one kind of mail that is not wanted: one_off, loyalty, automation
  await db.raw(`
    ALTER TABLE suppressions
      ADD COLUMN kind VARCHAR(12) ${ASCII} NOT NULL DEFAULT 'all' AFTER channel,
      DROP PRIMARY KEY,
      ADD PRIMARY KEY (customer_id, provider_id, channel, kind)`)
  await db.raw(`
    ALTER TABLE suppressions_history
      ADD COLUMN kind VARCHAR(12) ${ASCII} NOT NULL DEFAULT 'all' AFTER channel,
      DROP PRIMARY KEY,
      ADD PRIMARY KEY (customer_id, provider_id, channel, kind, known_to)`)

  // bad_address, mailbox_full, content, configuration, other; null for what did not bounce.
  // opened_at and clicked_at are what a person did; machines that look at mails have columns of their own
  await db.raw(`
    ALTER TABLE deliveries
      ADD COLUMN bounce_class VARCHAR(16) ${ASCII} NULL AFTER reason,
      ADD COLUMN machine_opened_at DATETIME(3) NULL AFTER clicked_at,
      ADD COLUMN machine_clicked_at DATETIME(3) NULL AFTER machine_opened_at`)
  // the rule by which an open or a click was a machine's; null: a person's
  await db.raw(`ALTER TABLE delivery_events ADD COLUMN machine VARCHAR(32) ${ASCII} NULL`)

  // Every consent that was given, withdrawn or made unknown (given null); rows are only ever added. The one that holds now
  // stands in consents.
  await db.raw(`
    CREATE TABLE consent_events (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id BIGINT UNSIGNED NOT NULL,
      channel VARCHAR(8) ${ASCII} NOT NULL,
      given BOOLEAN NULL,
      at DATETIME(3) NOT NULL,
      source VARCHAR(100) NOT NULL,
      -- the words that the customer said yes to
      wording TEXT NULL,
      -- the address of whoever entered it by hand
      recorded_by VARCHAR(320) NULL,
      recorded_at DATETIME(3) NOT NULL,
      -- the history of one customer, newest first
      KEY consent_events_customer (customer_id, id),
      CONSTRAINT consent_events_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  await db.raw(`
    INSERT INTO consent_events (customer_id, channel, given, at, source, wording, recorded_at)
    SELECT customer_id, channel, given, at, source, wording, at FROM consents ORDER BY at, customer_id, channel`)

  // Somebody's address that waits for its owner to say yes (double opt-in).
  await db.raw(`
    CREATE TABLE opt_ins (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      email VARCHAR(320) NOT NULL,
      first_name VARCHAR(200) NULL,
      language CHAR(2) ${ASCII} NOT NULL,
      wording TEXT NOT NULL,
      source VARCHAR(100) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      expires_at DATETIME(3) NOT NULL,
      sent_at DATETIME(3) NULL,
      confirmed_at DATETIME(3) NULL,
      -- how often an address was asked lately
      KEY opt_ins_email (email, created_at),
      -- the clean-up of those that nobody confirmed
      KEY opt_ins_expiry (expires_at)
    ) ${OPTIONS}`)

  // Notices of mail services that have been taken, so that a second delivery of one changes nothing.
  await db.raw(`
    CREATE TABLE taken_notices (
      id BINARY(32) NOT NULL PRIMARY KEY,
      taken_at DATETIME(3) NOT NULL,
      -- the clean-up of old ones
      KEY taken_notices_age (taken_at)
    ) ${OPTIONS}`)

  // The domain of the return paths, whose MX leads to our own listener.
  await db.raw(`ALTER TABLE settings ADD COLUMN bounce_domain VARCHAR(253) ${ASCII} NULL`)

  // A key that was replaced still verifies what it signed.
  await db.raw(`
    ALTER TABLE secrets
      ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1 AFTER name,
      DROP PRIMARY KEY,
      ADD PRIMARY KEY (name, version)`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  if (await db.schema.hasColumn('secrets', 'version')) {
    await db.raw('DELETE FROM secrets WHERE version > 1')
    await db.raw('ALTER TABLE secrets DROP PRIMARY KEY, ADD PRIMARY KEY (name), DROP COLUMN version')
  }
  for (const table of ['taken_notices', 'opt_ins', 'consent_events']) await db.schema.dropTableIfExists(table)
  for (const [table, column] of [
    ['settings', 'bounce_domain'],
    ['delivery_events', 'machine'],
    ['deliveries', 'machine_clicked_at'],
    ['deliveries', 'machine_opened_at'],
    ['deliveries', 'bounce_class'],
  ] as const) {
    if (await db.schema.hasColumn(table, column)) await db.raw(`ALTER TABLE ${table} DROP COLUMN ${column}`)
  }
  for (const [table, key] of [
    ['suppressions_history', 'customer_id, provider_id, channel, known_to'],
    ['suppressions', 'customer_id, provider_id, channel'],
  ] as const) {
    if (!(await db.schema.hasColumn(table, 'kind'))) continue
    // there is no such thing as one kind any more: it would become all of them
    await db.raw(`DELETE FROM ${table} WHERE kind <> 'all'`)
    await db.raw(`ALTER TABLE ${table} DROP PRIMARY KEY, ADD PRIMARY KEY (${key}), DROP COLUMN kind`)
  }
}
