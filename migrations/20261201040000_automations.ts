// Why: automations with their versions and drafts, and each customer's way through one of them. Old workers may still be
// up: they know none of the new tables, and what is new in old ones has defaults; they start no automations.
//
// `provider_id` 0 stands for the whole business; it has no row in `providers`, so these columns carry no foreign key.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'
/** Drafts are kept byte for byte. */
const EXACT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'

/** Columns and keys by table, each undone by itself. */
const COLUMNS = {
  campaigns: {
    // a step of an automation: its messages are those of one campaign, which never ends by itself
    automation_id: 'BIGINT UNSIGNED NULL',
    automation_version: 'INT UNSIGNED NULL',
    step: `VARCHAR(32) ${ASCII} NULL`,
  },
  deliveries: {
    // whose way through an automation it belongs to, and the turn that the step was; 0 for other messages
    enrolment_id: 'BIGINT UNSIGNED NOT NULL DEFAULT 0',
    turn: 'INT UNSIGNED NOT NULL DEFAULT 0',
  },
} as const

const KEYS = {
  campaigns: {
    // the campaign of a step; it has one
    campaigns_step: 'UNIQUE KEY campaigns_step (automation_id, automation_version, step)',
  },
  deliveries: {
    // never twice: one delivery for each customer of a campaign, in an automation for each turn of an enrolment
    deliveries_once: 'UNIQUE KEY deliveries_once (campaign_id, customer_id, enrolment_id, turn)',
  },
  customers: {
    // whose birthday a day is: one look for each year in which somebody may have been born
    customers_birthdate: 'KEY customers_birthdate (birthdate)',
  },
  memberships: {
    // whose membership ends on a day
    memberships_end: 'KEY memberships_end (valid_to, deleted, customer_id)',
  },
  rewards: {
    // whose reward ends on a day
    rewards_end: 'KEY rewards_end (valid_to, state, customer_id)',
  },
} as const

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE automations (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      \`key\` VARCHAR(64) ${ASCII} NOT NULL,
      name VARCHAR(200) NOT NULL,
      note VARCHAR(1000) NOT NULL DEFAULT '',
      -- draft (nothing published yet), live, paused, stopped
      state VARCHAR(10) ${ASCII} NOT NULL,
      -- the one that those who enter now begin on; 0 before the first
      version INT UNSIGNED NOT NULL DEFAULT 0,
      -- begins on a date: the next instant at which somebody may enter
      next_date_at DATETIME(3) NULL,
      -- the automation of the gallery that it was made of
      gallery VARCHAR(64) ${ASCII} NULL,
      archived_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL,
      updated_at DATETIME(3) NOT NULL,
      -- the API and rules name it by its key
      UNIQUE KEY automations_key (\`key\`),
      -- the list, last changed first
      KEY automations_list (updated_at, id),
      -- those whose date has come
      KEY automations_date (next_date_at)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE automation_versions (
      automation_id BIGINT UNSIGNED NOT NULL,
      version INT UNSIGNED NOT NULL,
      definition JSON NOT NULL,
      note VARCHAR(1000) NOT NULL DEFAULT '',
      restored_from INT UNSIGNED NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL,
      PRIMARY KEY (automation_id, version),
      CONSTRAINT automation_versions_automation FOREIGN KEY (automation_id) REFERENCES automations (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // One draft for each automation. It may hold mistakes.
  await db.raw(`
    CREATE TABLE automation_drafts (
      automation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      definition MEDIUMTEXT ${EXACT} NOT NULL,
      -- 0: made from nothing
      base_version INT UNSIGNED NOT NULL,
      -- grows with every keeping, and never begins anew: a stale one is always noticed
      revision BIGINT UNSIGNED NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      updated_by VARCHAR(320) NOT NULL,
      CONSTRAINT automation_drafts_automation FOREIGN KEY (automation_id) REFERENCES automations (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // What published versions listen to: those that customers enter, and those that some are still inside of.
  await db.raw(`
    CREATE TABLE automation_listeners (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      automation_id BIGINT UNSIGNED NOT NULL,
      version INT UNSIGNED NOT NULL,
      -- starts, exit, goal, wait
      role VARCHAR(8) ${ASCII} NOT NULL,
      -- the exit or the step; '' for the others
      place VARCHAR(32) ${ASCII} NOT NULL,
      -- the happening, or 'rule'
      happening VARCHAR(24) ${ASCII} NOT NULL,
      -- the segment, tag, survey, event or step that it is about; '' for the others
      about VARCHAR(100) NOT NULL,
      -- who listens to a happening
      KEY automation_listeners_happening (happening, about),
      CONSTRAINT automation_listeners_version FOREIGN KEY (automation_id, version)
        REFERENCES automation_versions (automation_id, version) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // Who is about to enter: written in the transaction in which it happens, looked at by the refresh that follows.
  await db.raw(`
    CREATE TABLE automation_arrivals (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      automation_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      -- as of a transition of a segment: event, time, by_hand, …
      cause VARCHAR(12) ${ASCII} NOT NULL,
      happened_at DATETIME(3) NOT NULL,
      -- not before this instant
      due_at DATETIME(3) NOT NULL,
      -- those whose time has come, in order
      KEY automation_arrivals_due (due_at, id),
      CONSTRAINT automation_arrivals_automation FOREIGN KEY (automation_id) REFERENCES automations (id) ON DELETE CASCADE,
      CONSTRAINT automation_arrivals_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // Those who entered together; each is carried by one workflow.
  await db.raw(`
    CREATE TABLE cohorts (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      automation_id BIGINT UNSIGNED NOT NULL,
      version INT UNSIGNED NOT NULL,
      created_at DATETIME(3) NOT NULL,
      ended_at DATETIME(3) NULL,
      -- those of an automation that are under way: pausing, going on and stopping tell them
      KEY cohorts_automation (automation_id, ended_at, id),
      CONSTRAINT cohorts_version FOREIGN KEY (automation_id, version)
        REFERENCES automation_versions (automation_id, version) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // One customer's way through one version.
  await db.raw(`
    CREATE TABLE enrolments (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      automation_id BIGINT UNSIGNED NOT NULL,
      version INT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      -- null for those held out: nobody carries them
      cohort_id BIGINT UNSIGNED NULL,
      -- active, finished, exited, goal, stopped, held_out
      state VARCHAR(10) ${ASCII} NOT NULL,
      -- 1 for who is inside and may not be twice; null for all others
      inside TINYINT UNSIGNED NULL,
      -- where they are, or were when they left; null at the end
      step VARCHAR(32) ${ASCII} NULL,
      -- how they stand there: ready (to be acted on), waiting (until due_at), sending (for a message), failed; null when left
      stands VARCHAR(8) ${ASCII} NULL,
      since DATETIME(3) NOT NULL,
      due_at DATETIME(3) NULL,
      -- the number of the step on this way: 1, 2, …
      turn INT UNSIGNED NOT NULL DEFAULT 1,
      -- of a step that is tried again
      attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      -- the message that is waited for
      delivery_id BIGINT UNSIGNED NULL,
      -- why the step failed, or by which exit they left
      reason VARCHAR(500) NULL,
      cause VARCHAR(12) ${ASCII} NOT NULL,
      entered_at DATETIME(3) NOT NULL,
      ended_at DATETIME(3) NULL,
      -- never two at once
      UNIQUE KEY enrolments_inside (automation_id, provider_id, customer_id, inside),
      -- who of a cohort is where, and what is due next (covering)
      KEY enrolments_cohort (cohort_id, state, step, stands, due_at),
      -- a customer's enrolments, and those whom a happening concerns (covering)
      KEY enrolments_customer (customer_id, state, automation_id, provider_id, step),
      -- when somebody last entered; the list of an automation, newest first
      KEY enrolments_entered (automation_id, entered_at, id),
      -- who is where now, for the numbers on the canvas (covering)
      KEY enrolments_place (automation_id, state, version, step, stands, due_at),
      CONSTRAINT enrolments_version FOREIGN KEY (automation_id, version)
        REFERENCES automation_versions (automation_id, version) ON DELETE CASCADE,
      CONSTRAINT enrolments_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // The steps that somebody has left behind, each with what became of it.
  await db.raw(`
    CREATE TABLE enrolment_steps (
      enrolment_id BIGINT UNSIGNED NOT NULL,
      turn INT UNSIGNED NOT NULL,
      automation_id BIGINT UNSIGNED NOT NULL,
      step VARCHAR(32) ${ASCII} NOT NULL,
      entered_at DATETIME(3) NOT NULL,
      left_at DATETIME(3) NOT NULL,
      -- passed, left_out, bounced, skipped, …; of a step with several ways, which: then, else, 0, 1, …
      outcome VARCHAR(16) ${ASCII} NOT NULL,
      detail VARCHAR(500) NULL,
      -- one way in order
      PRIMARY KEY (enrolment_id, turn),
      -- how many have passed a step since when, and what became of them (covering)
      KEY enrolment_steps_passed (automation_id, step, left_at, outcome),
      CONSTRAINT enrolment_steps_enrolment FOREIGN KEY (enrolment_id) REFERENCES enrolments (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // What systems of the business say has happened to a customer.
  await db.raw(`
    CREATE TABLE customer_events (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      external_id VARCHAR(64) ${ASCII} NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      provider_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
      name VARCHAR(64) ${ASCII} NOT NULL,
      at DATETIME(3) NOT NULL,
      received_at DATETIME(3) NOT NULL,
      -- an event that is told twice happened once
      UNIQUE KEY customer_events_external_id (external_id),
      -- a customer's timeline
      KEY customer_events_customer (customer_id, at),
      CONSTRAINT customer_events_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

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
  await db.raw('ALTER TABLE deliveries DROP KEY deliveries_campaign_customer')
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const tables = [
    'customer_events',
    'enrolment_steps',
    'enrolments',
    'cohorts',
    'automation_arrivals',
    'automation_listeners',
    'automation_drafts',
    'automation_versions',
    'automations',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
  if (await db.schema.hasTable('campaigns')) await db.raw("DELETE FROM campaigns WHERE kind = 'automation'")
  if ((await db.schema.hasTable('deliveries')) && !(await hasKey(db, 'deliveries', 'deliveries_campaign_customer'))) {
    await db.raw('ALTER TABLE deliveries ADD UNIQUE KEY deliveries_campaign_customer (campaign_id, customer_id)')
  }
  for (const [table, keys] of Object.entries(KEYS)) {
    for (const name of Object.keys(keys)) {
      if (await hasKey(db, table, name)) await db.raw(`ALTER TABLE ${table} DROP KEY ${name}`)
    }
  }
  for (const [table, columns] of Object.entries(COLUMNS)) {
    for (const name of Object.keys(columns)) {
      if (await db.schema.hasColumn(table, name)) await db.raw(`ALTER TABLE ${table} DROP COLUMN ${name}`)
    }
  }
}

async function hasKey(db: Knex, table: string, name: string): Promise<boolean> {
  const [found] = (await db.raw(
    `SELECT 1 FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? LIMIT 1`,
    [table, name],
  )) as [unknown[]]
  return found.length > 0
}
