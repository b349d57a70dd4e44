// Why: rewards that are used at the till, once; a ledger that is only ever added to; and which message a booking belongs
// to. Old workers may still be up: what is new in old tables has defaults, and what they change of messages only leaves
// the share of a reading as it was until its booking changes.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

/** Columns and keys by table, each undone by itself. */
const COLUMNS = {
  settings: {
    // what is left of free minutes after a use can be used until the period ends
    free_minutes_carry_on: 'BOOLEAN NOT NULL DEFAULT TRUE',
    // a booking belongs to a message of the last so many days
    attribution_days: 'SMALLINT UNSIGNED NOT NULL DEFAULT 14',
  },
  rewards: {
    // free minutes: how many were used
    minutes_used: 'INT UNSIGNED NOT NULL DEFAULT 0',
    // who gave one that no message and no automation brought
    given_by: 'VARCHAR(320) NULL',
    // the automation, the customer's way through it and the step that gave it
    automation_id: `VARCHAR(64) ${ASCII} NULL`,
    enrolment_id: 'BIGINT UNSIGNED NULL',
    step: `VARCHAR(64) ${ASCII} NULL`,
  },
} as const

const KEYS = {
  rewards: {
    // one for each way and step, however often the step is tried
    rewards_enrolment: 'UNIQUE KEY rewards_enrolment (enrolment_id, step)',
    // the list of one state, newest first
    rewards_state: 'KEY rewards_state (state, id)',
    // how many of a provider, or of all, are in each state (covering)
    rewards_provider_state:
      'KEY rewards_provider_state (provider_id, state, valid_from, valid_to, campaign_id, minutes_used)',
    // the rewards of an automation
    rewards_automation: 'KEY rewards_automation (automation_id, state)',
  },
} as const

/** The rows of these are never changed and never deleted. */
const APPEND_ONLY = ['ledger_entries', 'ledger_lines', 'loyalty_terms'] as const

/** Not without a right that not every user of a database has: the code adds only, whether the server enforces it or not. */
const NOT_ALLOWED: ReadonlySet<unknown> = new Set([
  'ER_BINLOG_CREATE_ROUTINE_NEED_SUPER',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
])

export async function up(db: Knex): Promise<void> {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const added = Object.entries(columns).map(([name, type]) => `ADD COLUMN ${name} ${type}`)
    await db.raw(`ALTER TABLE ${table} ${added.join(', ')}`)
  }
  for (const [table, keys] of Object.entries(KEYS)) {
    const added = Object.values(keys).map((key) => `ADD ${key}`)
    await db.raw(`ALTER TABLE ${table} ${added.join(', ')}`)
  }

  // What readings that a loyalty mail brought about earn: the terms of a mail are the last before it was handed over.
  await db.raw(`
    CREATE TABLE loyalty_terms (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      since DATETIME(3) NOT NULL,
      -- millionths of the price; 0: nothing
      rate INT UNSIGNED NOT NULL,
      -- provider or business
      beneficiary VARCHAR(8) ${ASCII} NOT NULL,
      -- readings within so many days after the mail; null: within the period of its voucher
      days SMALLINT UNSIGNED NULL,
      -- the terms at an instant
      KEY loyalty_terms_since (since, id)
    ) ${OPTIONS}`)
  await db.raw(`
    INSERT INTO loyalty_terms (since, rate, beneficiary)
    SELECT '1970-01-01', ROUND(JSON_EXTRACT(loyalty_reward, '$.rate') * 1000000),
      JSON_UNQUOTE(JSON_EXTRACT(loyalty_reward, '$.to'))
    FROM settings WHERE loyalty_reward IS NOT NULL`)

  // A reward used on a booking. Taken back it stays as a row, and the booking may have another one.
  await db.raw(`
    CREATE TABLE redemptions (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      booking_id BIGINT UNSIGNED NOT NULL,
      reward_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      campaign_id BIGINT UNSIGNED NULL,
      -- the booking's then, before the discount
      price BIGINT NOT NULL,
      -- free minutes that were used
      minutes INT UNSIGNED NOT NULL DEFAULT 0,
      discount BIGINT NOT NULL,
      -- the first, second, … use of the reward; null once taken back, as is standing
      turn SMALLINT UNSIGNED NULL,
      standing TINYINT UNSIGNED NULL,
      redeemed_at DATETIME(3) NOT NULL,
      redeemed_by VARCHAR(320) NULL,
      taken_back_at DATETIME(3) NULL,
      taken_back_by VARCHAR(320) NULL,
      -- by_hand, or what happened to the booking: cancelled, deleted, changed
      taken_back_why VARCHAR(12) ${ASCII} NULL,
      -- one reward on a booking, whoever asks at once
      UNIQUE KEY redemptions_booking (booking_id, standing),
      -- a reward once, or its minutes one use after the other
      UNIQUE KEY redemptions_reward (reward_id, turn),
      -- what the rewards of a campaign, and of all, have cost (covering)
      KEY redemptions_campaign (campaign_id, standing, provider_id, discount),
      -- what those of a provider have cost (covering)
      KEY redemptions_provider (provider_id, standing, campaign_id, discount),
      CONSTRAINT redemptions_booking FOREIGN KEY (booking_id) REFERENCES bookings (id),
      CONSTRAINT redemptions_reward FOREIGN KEY (reward_id) REFERENCES rewards (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // Money that moves between parties. No foreign keys to customers, bookings and rewards: who is erased there stays here,
  // as a number.
  await db.raw(`
    CREATE TABLE ledger_entries (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      -- what it is written for: redemption:7, reward:12:1 (the first of booking 12), reversal:3 (of entry 3)
      reference VARCHAR(64) ${ASCII} NOT NULL,
      -- discount or loyalty_reward
      kind VARCHAR(16) ${ASCII} NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      booking_id BIGINT UNSIGNED NOT NULL,
      reward_id BIGINT UNSIGNED NOT NULL,
      campaign_id BIGINT UNSIGNED NULL,
      -- what it was reckoned from: the booking's price, and of a share the millionths
      price BIGINT NOT NULL,
      rate INT UNSIGNED NULL,
      currency CHAR(3) ${ASCII} NOT NULL,
      -- the entry whose opposite it is
      reverses_id BIGINT UNSIGNED NULL,
      -- the local day on which it was written: a month that is over never changes
      booked_on DATE NOT NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL,
      -- nothing is written twice
      UNIQUE KEY ledger_entries_reference (reference),
      -- an entry is reversed once; whether it is
      UNIQUE KEY ledger_entries_reverses (reverses_id),
      -- a provider's month
      KEY ledger_entries_provider (provider_id, booked_on, id),
      -- what stands for a booking
      KEY ledger_entries_booking (booking_id, kind),
      CONSTRAINT ledger_entries_provider FOREIGN KEY (provider_id) REFERENCES providers (id),
      CONSTRAINT ledger_entries_reverses FOREIGN KEY (reverses_id) REFERENCES ledger_entries (id)
    ) ${OPTIONS}`)

  // The lines of an entry sum to zero. An amount is what its account gains.
  await db.raw(`
    CREATE TABLE ledger_lines (
      entry_id BIGINT UNSIGNED NOT NULL,
      -- provider, customer or business
      account VARCHAR(8) ${ASCII} NOT NULL,
      amount BIGINT NOT NULL,
      PRIMARY KEY (entry_id, account),
      CONSTRAINT ledger_lines_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id)
    ) ${OPTIONS}`)

  // The one message that a booking belongs to.
  await db.raw(`
    CREATE TABLE attributions (
      booking_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      delivery_id BIGINT UNSIGNED NOT NULL,
      campaign_id BIGINT UNSIGNED NOT NULL,
      automation_id VARCHAR(64) ${ASCII} NULL,
      -- whether the customer clicked in it before; otherwise it was the last one that they got
      clicked BOOLEAN NOT NULL,
      -- the bookings of a campaign
      KEY attributions_campaign (campaign_id, clicked),
      -- the bookings of an automation
      KEY attributions_automation (automation_id, clicked),
      -- a message that came back after all, or in which a machine has clicked
      KEY attributions_delivery (delivery_id),
      CONSTRAINT attributions_booking FOREIGN KEY (booking_id) REFERENCES bookings (id) ON DELETE CASCADE,
      CONSTRAINT attributions_delivery FOREIGN KEY (delivery_id) REFERENCES deliveries (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  for (const table of APPEND_ONLY) {
    for (const act of ['UPDATE', 'DELETE'] as const) await forbid(db, table, act)
  }
}

async function forbid(db: Knex, table: string, act: 'UPDATE' | 'DELETE'): Promise<void> {
  try {
    await db.raw(`
      CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table} FOR EACH ROW
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is only ever added to'`)
  } catch (error) {
    if (!NOT_ALLOWED.has((error as { code?: unknown }).code)) throw error
  }
}

/** What of it is there: a process may have been killed over it. With a table go its triggers. */
export async function down(db: Knex): Promise<void> {
  const tables = ['attributions', 'ledger_lines', 'ledger_entries', 'redemptions', 'loyalty_terms']
  for (const table of tables) await db.schema.dropTableIfExists(table)
  for (const [table, keys] of Object.entries(KEYS)) {
    for (const name of Object.keys(keys)) await dropKey(db, table, name)
  }
  for (const [table, columns] of Object.entries(COLUMNS)) {
    for (const name of Object.keys(columns)) {
      if (await db.schema.hasColumn(table, name)) await db.raw(`ALTER TABLE ${table} DROP COLUMN ${name}`)
    }
  }
}

async function dropKey(db: Knex, table: string, name: string): Promise<void> {
  const [found] = (await db.raw(
    `SELECT 1 FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? LIMIT 1`,
    [table, name],
  )) as [unknown[]]
  if (found.length === 0) return
  // it has taken the place of the foreign key's own, which the server needs back
  const own = name === 'rewards_provider_state' ? ', ADD KEY rewards_provider (provider_id)' : ''
  await db.raw(`ALTER TABLE ${table} DROP KEY ${name}${own}`)
}
