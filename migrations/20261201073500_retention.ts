// Why: what is kept has an end. Older workers and APIs may still be up: they keep everything, and what has gone they miss nowhere.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE erasures
      -- the night that began it; null when somebody asked for it
      ADD COLUMN retention_run_id BIGINT UNSIGNED NULL,
      -- what a night has begun and not ended, and how many it has
      ADD KEY erasures_run (retention_run_id, state)`)
  // opens and clicks that are past their period
  await db.raw('ALTER TABLE delivery_events ADD KEY delivery_events_type (type, at)')
  // whether a customer has anything in the ledger that may still be reversed
  await db.raw('ALTER TABLE ledger_entries ADD KEY ledger_entries_customer (customer_id, booked_on)')

  // How often links were followed whose single clicks are not kept any more.
  await db.raw(`
    CREATE TABLE kept_clicks (
      campaign_id BIGINT UNSIGNED NOT NULL,
      url_hash BINARY(32) NOT NULL,
      url VARCHAR(2048) NOT NULL,
      people INT UNSIGNED NOT NULL,
      clicks INT UNSIGNED NOT NULL,
      PRIMARY KEY (campaign_id, url_hash),
      CONSTRAINT kept_clicks_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  // Messages up to this one have been emptied.
  await db.raw(`
    CREATE TABLE retention_places (
      kind VARCHAR(16) ${ASCII} NOT NULL PRIMARY KEY,
      at DATETIME(3) NOT NULL,
      id BIGINT UNSIGNED NOT NULL
    ) ${OPTIONS}`)
  // Those among them that had not come to an end.
  await db.raw(`
    CREATE TABLE retention_kept_back (
      delivery_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      CONSTRAINT retention_kept_back_delivery FOREIGN KEY (delivery_id) REFERENCES deliveries (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE retention_runs (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      -- null: the clock
      asked_by VARCHAR(320) NULL,
      -- running or done
      state VARCHAR(8) ${ASCII} NOT NULL,
      started_at DATETIME(3) NOT NULL,
      finished_at DATETIME(3) NULL,
      -- old ones; the last that ended
      KEY retention_runs_started (started_at),
      -- the one that is going on
      KEY retention_runs_state (state, id)
    ) ${OPTIONS}`)
  // What a night does with each kind; batch and count in one transaction.
  await db.raw(`
    CREATE TABLE retention_removals (
      run_id BIGINT UNSIGNED NOT NULL,
      kind VARCHAR(16) ${ASCII} NOT NULL,
      -- its place among the others
      turn TINYINT UNSIGNED NOT NULL,
      -- what happened before it goes: as an instant, and as the local day that begins then
      before_at DATETIME(3) NOT NULL,
      before_on DATE NOT NULL,
      -- waiting, done or failed
      state VARCHAR(8) ${ASCII} NOT NULL DEFAULT 'waiting',
      removed BIGINT UNSIGNED NOT NULL DEFAULT 0,
      -- past the period, and kept because something is still open
      held BIGINT UNSIGNED NOT NULL DEFAULT 0,
      -- how far it is: our id of the customer looked at last
      place BIGINT UNSIGNED NOT NULL DEFAULT 0,
      error VARCHAR(500) NULL,
      PRIMARY KEY (run_id, kind),
      CONSTRAINT retention_removals_run FOREIGN KEY (run_id) REFERENCES retention_runs (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  await db.raw(`
    CREATE TABLE retention (
      id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
      -- what was said of each kind: {"customers": 24}; null is for ever, what is not in it has its default
      periods JSON NOT NULL,
      -- when the next night's work begins
      next_at DATETIME(3) NOT NULL,
      CONSTRAINT retention_one_row CHECK (id = 1)
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const tables = ['retention', 'retention_removals', 'retention_runs', 'retention_kept_back', 'retention_places']
  for (const table of [...tables, 'kept_clicks']) await db.schema.dropTableIfExists(table)
  for (const [table, key] of [
    ['ledger_entries', 'ledger_entries_customer'],
    ['delivery_events', 'delivery_events_type'],
    ['erasures', 'erasures_run'],
  ] as const) {
    const [found] = (await db.raw(`SHOW KEYS FROM ${table} WHERE Key_name = ?`, [key])) as [unknown[]]
    if (found.length > 0) await db.raw(`ALTER TABLE ${table} DROP KEY ${key}`)
  }
  if (await db.schema.hasColumn('erasures', 'retention_run_id')) {
    await db.raw('ALTER TABLE erasures DROP COLUMN retention_run_id')
  }
}
