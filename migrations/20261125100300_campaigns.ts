// Why: mail to an audience, at most once, with its history. Old workers may still be up: they know none of these tables.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE campaigns (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      name VARCHAR(200) NOT NULL,
      kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      -- 0 for the whole business
      provider_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
      segment_id BIGINT UNSIGNED NULL,
      -- who was asked for, as the caller said it: segment, filter, customers
      criteria JSON NOT NULL,
      subject VARCHAR(998) NOT NULL,
      -- the message as a document of allowed nodes; what the composer edits
      document JSON NOT NULL,
      -- the message compiled once: HTML and text with Liquid merge tags left in
      html MEDIUMTEXT NOT NULL,
      text MEDIUMTEXT NOT NULL,
      send_at DATETIME(3) NULL,
      created_by VARCHAR(320) NULL,
      created_at DATETIME(3) NOT NULL,
      started_at DATETIME(3) NULL,
      finished_at DATETIME(3) NULL,
      failure VARCHAR(500) NULL,
      -- the list of campaigns, newest first, also of one state (what a starting worker picks up again)
      KEY campaigns_state (state, id),
      CONSTRAINT campaigns_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE SET NULL
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE audiences (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      campaign_id BIGINT UNSIGNED NOT NULL,
      name VARCHAR(200) NOT NULL,
      type VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      criteria JSON NOT NULL,
      -- everybody who was asked for, and those left out by reason: {"unsubscribed": 12}
      total INT UNSIGNED NOT NULL,
      left_out JSON NOT NULL,
      created_at DATETIME(3) NOT NULL,
      -- a campaign has one audience, frozen once whatever is retried
      UNIQUE KEY audiences_campaign (campaign_id),
      CONSTRAINT audiences_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // Everybody who was asked for; `left_out` says why somebody gets nothing and is null for the recipients.
  await db.raw(`
    CREATE TABLE audience_contacts (
      audience_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      left_out VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
      PRIMARY KEY (audience_id, customer_id),
      CONSTRAINT audience_contacts_audience FOREIGN KEY (audience_id) REFERENCES audiences (id) ON DELETE CASCADE,
      CONSTRAINT audience_contacts_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE deliveries (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      campaign_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      -- true for what somebody sent to their own address to look at; customer_id is whom it was rendered for
      test BOOLEAN NOT NULL DEFAULT FALSE,
      channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      address VARCHAR(320) NOT NULL,
      state VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      reason VARCHAR(1000) NULL,
      attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      -- queued: not before this instant
      due_at DATETIME(3) NOT NULL,
      -- sending: which attempt of which worker holds it
      claim BINARY(16) NULL,
      message_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
      queued_at DATETIME(3) NOT NULL,
      sent_at DATETIME(3) NULL,
      delivered_at DATETIME(3) NULL,
      bounced_at DATETIME(3) NULL,
      opened_at DATETIME(3) NULL,
      clicked_at DATETIME(3) NULL,
      -- never twice: one delivery for each customer of a campaign
      UNIQUE KEY deliveries_campaign_customer (campaign_id, customer_id),
      -- the claim of the next due batch, and the counts by state
      KEY deliveries_claim (campaign_id, state, due_at, id),
      -- the communication history of one customer, newest first
      KEY deliveries_customer (customer_id, id),
      -- a notice from a mail server names the message
      KEY deliveries_message (message_id),
      -- how many opened and clicked, while a progress page asks every second (covering)
      KEY deliveries_opened (campaign_id, opened_at, clicked_at),
      CONSTRAINT deliveries_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE,
      CONSTRAINT deliveries_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE delivery_events (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      delivery_id BIGINT UNSIGNED NOT NULL,
      type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      at DATETIME(3) NOT NULL,
      detail JSON NULL,
      -- the events of a delivery in order
      KEY delivery_events_delivery (delivery_id, at),
      CONSTRAINT delivery_events_delivery FOREIGN KEY (delivery_id) REFERENCES deliveries (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE campaign_links (
      campaign_id BIGINT UNSIGNED NOT NULL,
      position SMALLINT UNSIGNED NOT NULL,
      url VARCHAR(2048) NOT NULL,
      PRIMARY KEY (campaign_id, position),
      CONSTRAINT campaign_links_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE suppressions (
      customer_id BIGINT UNSIGNED NOT NULL,
      -- 0 for the whole business
      provider_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
      channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      -- unsubscribed, bounced, complained, by_hand
      reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      source VARCHAR(200) NOT NULL,
      -- bounced: the address that did; a new address of the customer may be written to
      address VARCHAR(320) NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (customer_id, provider_id, channel),
      CONSTRAINT suppressions_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // Workflows to start: written in the transaction that needs them, handed to Temporal afterwards, once or several
  // times (the workflow id makes the second time harmless), whatever crashes in between.
  await db.raw(`
    CREATE TABLE workflow_outbox (
      workflow_id VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      workflow_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      args JSON NOT NULL,
      created_at DATETIME(3) NOT NULL,
      -- the dispatcher takes the oldest first
      KEY workflow_outbox_age (created_at)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE inbox_mails (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      received_at DATETIME(3) NOT NULL,
      sender VARCHAR(320) NOT NULL,
      recipient VARCHAR(320) NOT NULL,
      subject VARCHAR(998) NOT NULL,
      message_id VARCHAR(255) NULL,
      size INT UNSIGNED NOT NULL,
      source LONGBLOB NOT NULL,
      read_at DATETIME(3) NULL,
      -- mails to one address
      KEY inbox_mails_recipient (recipient, id)
    ) ${OPTIONS}`)
}

export async function down(db: Knex): Promise<void> {
  const tables = [
    'inbox_mails',
    'workflow_outbox',
    'suppressions',
    'campaign_links',
    'delivery_events',
    'deliveries',
    'audience_contacts',
    'audiences',
    'campaigns',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
}
