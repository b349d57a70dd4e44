// Why: other systems are told what happens here. Older workers and APIs may still be up: what they do is not told.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE webhook_endpoints (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      name VARCHAR(200) NOT NULL,
      url VARCHAR(2000) NOT NULL,
      -- on or off
      state VARCHAR(8) ${ASCII} NOT NULL DEFAULT 'on',
      secret VARBINARY(32) NOT NULL,
      -- signs as well for a day after another one was made
      previous_secret VARBINARY(32) NULL,
      secret_since DATETIME(3) NOT NULL,
      -- since when nothing has arrived, whatever was tried
      failing_since DATETIME(3) NULL,
      -- why it was switched off by itself; null when somebody did it
      off_at DATETIME(3) NULL,
      off_reason VARCHAR(500) NULL,
      -- when the admins were told of it
      told_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NOT NULL,
      updated_at DATETIME(3) NOT NULL
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE webhook_subscriptions (
      type VARCHAR(32) ${ASCII} NOT NULL,
      endpoint_id BIGINT UNSIGNED NOT NULL,
      -- whether anybody wants to know, in every transaction in which something happens
      PRIMARY KEY (type, endpoint_id),
      CONSTRAINT webhook_subscriptions_endpoint FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  // written in the transaction in which it happens; who it is about is looked up when it is sent, so that nobody who was
  // erased stands in it
  await db.raw(`
    CREATE TABLE webhook_events (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      type VARCHAR(32) ${ASCII} NOT NULL,
      at DATETIME(3) NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
      provider_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
      data MEDIUMTEXT NOT NULL,
      distributed BOOLEAN NOT NULL DEFAULT FALSE,
      -- what is still to be given to the endpoints that want it
      KEY webhook_events_new (distributed, id),
      -- what is sent again from an instant on, and what is old
      KEY webhook_events_at (at, id)
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE webhook_calls (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      endpoint_id BIGINT UNSIGNED NOT NULL,
      event_id BIGINT UNSIGNED NOT NULL,
      -- queued, done, failed
      state VARCHAR(8) ${ASCII} NOT NULL DEFAULT 'queued',
      attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      -- queued: not before this instant; while it is tried, when another worker may
      due_at DATETIME(3) NOT NULL,
      -- which try of which worker holds it
      claim BINARY(16) NULL,
      -- one call for each event and endpoint; what an endpoint got last comes first
      UNIQUE KEY webhook_calls_once (endpoint_id, event_id),
      -- what is due, by endpoint
      KEY webhook_calls_due (state, endpoint_id, due_at),
      -- with an event go its calls
      KEY webhook_calls_event (event_id),
      CONSTRAINT webhook_calls_endpoint FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
      CONSTRAINT webhook_calls_event FOREIGN KEY (event_id) REFERENCES webhook_events (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE webhook_attempts (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      call_id BIGINT UNSIGNED NOT NULL,
      claim BINARY(16) NOT NULL,
      at DATETIME(3) NOT NULL,
      url VARCHAR(2000) NOT NULL,
      -- null until the answer is written, and for good when the process died over it
      outcome VARCHAR(8) ${ASCII} NULL,
      signature VARCHAR(300) ${ASCII} NOT NULL DEFAULT '',
      milliseconds INT UNSIGNED NULL,
      status SMALLINT UNSIGNED NULL,
      answer TEXT NULL,
      -- all tries of a call, in their order
      KEY webhook_attempts_call (call_id, id),
      CONSTRAINT webhook_attempts_call FOREIGN KEY (call_id) REFERENCES webhook_calls (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const tables = ['attempts', 'calls', 'events', 'subscriptions', 'endpoints']
  for (const table of tables) await db.schema.dropTableIfExists(`webhook_${table}`)
}
