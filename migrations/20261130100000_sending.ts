// Why: sending keeps to limits that all workers share, signs its mail, and reaches telephones and browsers, too. Old
// workers may still be up: they send without limits and leave what is new as it is.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE settings
      -- how many messages a minute: {"per_campaign": 600, "channels": {"sms": 60}, "domains": {"mail.example": 300}}
      ADD COLUMN rate_limits JSON NULL,
      -- what a telephone number without a country begins with, e.g. +49
      ADD COLUMN phone_prefix VARCHAR(5) ${ASCII} NULL,
      -- mail is signed for this domain with the key that DNS has under this selector: {"domain": …, "selector": …}
      ADD COLUMN dkim JSON NULL`)

  // a private key is longer than 32 random bytes
  await db.raw('ALTER TABLE secrets MODIFY value VARBINARY(4096) NOT NULL')

  // How far the messages that were counted against a limit reach: the next one may go when that instant has come.
  await db.raw(`
    CREATE TABLE send_rates (
      name VARCHAR(300) ${ASCII} NOT NULL PRIMARY KEY,
      free_at DATETIME(6) NOT NULL,
      -- the clean-up of limits that nothing has met for a day
      KEY send_rates_age (free_at)
    ) ${OPTIONS}`)

  // Who got how many messages lately: preflight counts whom the frequency cap would hold (covering).
  await db.raw('ALTER TABLE deliveries ADD KEY deliveries_sent (sent_at, customer_id)')

  // Browsers that customers get notifications in. A browser belongs to whoever agreed in it last.
  await db.raw(`
    CREATE TABLE push_subscriptions (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id BIGINT UNSIGNED NOT NULL,
      endpoint VARCHAR(1000) ${ASCII} NOT NULL,
      endpoint_hash BINARY(32) NOT NULL,
      -- the browser's public key and its secret, as it gave them: base64url
      p256dh VARCHAR(100) ${ASCII} NOT NULL,
      auth VARCHAR(40) ${ASCII} NOT NULL,
      created_at DATETIME(3) NOT NULL,
      -- an endpoint is too long for a key of its own; each stands here once
      UNIQUE KEY push_subscriptions_endpoint (endpoint_hash),
      -- the browsers of one customer, newest last: who can be reached, and where a message goes
      KEY push_subscriptions_customer (customer_id, id),
      CONSTRAINT push_subscriptions_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // The inbox shows messages to telephones and browsers beside mails.
  await db.raw(`ALTER TABLE inbox_mails ADD COLUMN channel VARCHAR(8) ${ASCII} NOT NULL DEFAULT 'email'`)
}

export async function down(db: Knex): Promise<void> {
  await db.raw('ALTER TABLE inbox_mails DROP COLUMN channel')
  await db.schema.dropTableIfExists('push_subscriptions')
  await db.raw('ALTER TABLE deliveries DROP KEY deliveries_sent')
  await db.schema.dropTableIfExists('send_rates')
  await db.raw('DELETE FROM secrets WHERE LENGTH(value) > 64')
  await db.raw('ALTER TABLE secrets MODIFY value VARBINARY(64) NOT NULL')
  await db.raw('ALTER TABLE settings DROP COLUMN dkim, DROP COLUMN phone_prefix, DROP COLUMN rate_limits')
}
