// Why: one loyalty mailing per provider, segment and week, and what comes with it: a voucher or free minutes, reserved for
// each message and usable once it was handed over. Old workers may still be up: what is new in old tables has defaults,
// and a campaign with a reward is made by a new process only.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

/** Columns and keys by table, each undone by itself. */
const COLUMNS = {
  campaigns: {
    // what each recipient gets: kind, size and period, as it was ordered
    reward: 'JSON NULL',
  },
  rewards: {
    // the message that brings it, and its campaign; none for one that was given by hand
    campaign_id: 'BIGINT UNSIGNED NULL',
    delivery_id: 'BIGINT UNSIGNED NULL',
    // a voucher: minor units of the business's currency, or percent of the price up to a ceiling
    amount: 'BIGINT NULL',
    percent: 'TINYINT UNSIGNED NULL',
    ceiling: 'BIGINT NULL',
    // free minutes
    minutes: 'INT UNSIGNED NULL',
    // the period is so many days from the day on which the message is handed over
    valid_days: 'SMALLINT UNSIGNED NULL',
    activated_at: 'DATETIME(3) NULL',
    given_back_at: 'DATETIME(3) NULL',
  },
} as const

const KEYS = {
  campaigns: {
    // a provider's loyalty mailings, newest first
    campaigns_provider: 'KEY campaigns_provider (provider_id, kind, id)',
  },
  rewards: {
    // one for each message, however often it is frozen; what a message brings
    rewards_delivery: 'UNIQUE KEY rewards_delivery (delivery_id)',
    // how many of a campaign are in each state (covering)
    rewards_campaign: 'KEY rewards_campaign (campaign_id, state)',
  },
  bookings: {
    // a provider's highest prices of late (covering)
    bookings_price: 'KEY bookings_price (provider_id, starts_at, deleted, state, price, minutes)',
  },
} as const

export async function up(db: Knex): Promise<void> {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const added = Object.entries(columns).map(([name, type]) => `ADD COLUMN ${name} ${type}`)
    await db.raw(`ALTER TABLE ${table} ${added.join(', ')}`)
  }
  for (const [table, keys] of Object.entries(KEYS)) {
    await db.raw(
      `ALTER TABLE ${table} ${Object.values(keys)
        .map((key) => `ADD ${key}`)
        .join(', ')}`,
    )
  }
  // rules that ask for rewards are only told of changes once there are such rules
  await db.raw(`
    INSERT INTO facts_in_use (fact, in_use)
    SELECT 'reward', COUNT(*) > 0 FROM segment_versions WHERE rule LIKE '%"reward"%'`)

  // Which campaign has the one loyalty mailing of a provider, a segment and a week.
  await db.raw(`
    CREATE TABLE loyalty_slots (
      provider_id BIGINT UNSIGNED NOT NULL,
      segment_id BIGINT UNSIGNED NOT NULL,
      -- ISO year and week in the business's time zone: 2026-W53
      week CHAR(8) ${ASCII} NOT NULL,
      campaign_id BIGINT UNSIGNED NOT NULL,
      -- when it is sent, as far as that is known: the instant that lies in the week
      sends_at DATETIME(3) NOT NULL,
      -- the quota itself; also a provider's weeks
      PRIMARY KEY (provider_id, segment_id, week),
      -- the slot of a campaign; it has one at most
      UNIQUE KEY loyalty_slots_campaign (campaign_id),
      -- those that another time zone may move
      KEY loyalty_slots_sends (sends_at),
      CONSTRAINT loyalty_slots_provider FOREIGN KEY (provider_id) REFERENCES providers (id),
      CONSTRAINT loyalty_slots_segment FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE CASCADE,
      CONSTRAINT loyalty_slots_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('loyalty_slots')
  if (await db.schema.hasTable('facts_in_use')) await db.raw("DELETE FROM facts_in_use WHERE fact = 'reward'")
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
  // the one on bookings has taken the place of the foreign key's own, which the server needs back
  const own = name === 'bookings_price' ? ', ADD KEY bookings_provider (provider_id)' : ''
  await db.raw(`ALTER TABLE ${table} DROP KEY ${name}${own}`)
}
