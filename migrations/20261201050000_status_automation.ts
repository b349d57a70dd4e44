// Why: the status of customers follows rules, what somebody set by hand outranks them until it is handed back, and every
// change is kept with its cause. Old workers may still be up: what is new in old tables has defaults, and what they set
// by hand is brought right by the next refresh that looks at the customer.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

const COLUMNS = {
  // the status that the rules have brought somebody to, kept up even while another one is set by hand
  automatic_status: `VARCHAR(10) ${ASCII} NOT NULL DEFAULT 'lead'`,
  // since when, and by whom or by which automation, a status is set by hand
  status_set_at: 'DATETIME(3) NULL',
  status_set_by: 'VARCHAR(320) NULL',
  status_automation_id: `VARCHAR(64) ${ASCII} NULL`,
}

export async function up(db: Knex): Promise<void> {
  const added = Object.entries(COLUMNS).map(([name, type]) => `ADD COLUMN ${name} ${type}`)
  await db.raw(`
    ALTER TABLE customers ${added.join(', ')},
      -- how many have each status, how many of them by hand, and the list narrowed by status (covering for the counts)
      ADD KEY customers_status (known, status, status_by_hand)`)
  // what was not set by hand had come about by itself: nothing takes it back
  await db.raw("UPDATE customers SET automatic_status = status WHERE status <> 'lead' AND NOT status_by_hand")
  await db.raw('UPDATE customers SET status_set_at = updated_at WHERE status_by_hand')

  // Each saving is a version. `computed_to`: customers up to this id have been decided about by it; those behind by the
  // version before, until `computed_at` says that everybody has.
  await db.raw(`
    CREATE TABLE status_automation_versions (
      version INT UNSIGNED NOT NULL PRIMARY KEY,
      enabled BOOLEAN NOT NULL,
      -- text: MariaDB refuses JSON that is as deep as a rule may be
      rules LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
      -- whether it decided about everybody from the beginning, instead of leaving what they had come to
      anew BOOLEAN NOT NULL DEFAULT FALSE,
      computed_to BIGINT UNSIGNED NOT NULL DEFAULT 0,
      computed_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL
    ) ${OPTIONS}`)

  // Written while the row of segment_upkeep is locked, so ids become visible in their order: whoever has read up to one
  // has missed none.
  await db.raw(`
    CREATE TABLE status_changes (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id BIGINT UNSIGNED NOT NULL,
      from_status VARCHAR(10) ${ASCII} NOT NULL,
      to_status VARCHAR(10) ${ASCII} NOT NULL,
      -- event, time, by_hand, rule_change, initial or historical, as of a segment's transitions
      cause VARCHAR(12) ${ASCII} NOT NULL,
      -- the rule that decided, with the version of the status automation
      rule_id VARCHAR(64) ${ASCII} NULL,
      version INT UNSIGNED NULL,
      -- who set it by hand, or which automation did
      changed_by VARCHAR(320) NULL,
      automation_id VARCHAR(64) ${ASCII} NULL,
      at DATETIME(3) NOT NULL,
      -- a customer's timeline, and since when they have their status
      KEY status_changes_customer (customer_id, at, id),
      CONSTRAINT status_changes_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // What the rules have decided about customers in the running transaction, which fills and empties it: others never see
  // a row of it.
  await db.raw(`
    CREATE TABLE status_decisions (
      customer_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      status VARCHAR(10) ${ASCII} NOT NULL,
      cause VARCHAR(12) ${ASCII} NOT NULL,
      rule_id VARCHAR(64) ${ASCII} NULL,
      version INT UNSIGNED NOT NULL
    ) ${OPTIONS}`)

  // One act of setting statuses by hand, which can be taken back.
  await db.raw(`
    CREATE TABLE status_acts (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      -- lead, customer, vip or automatic
      status VARCHAR(10) ${ASCII} NOT NULL,
      acted_by VARCHAR(320) NULL,
      automation_id VARCHAR(64) ${ASCII} NULL,
      acted_at DATETIME(3) NOT NULL,
      undone_at DATETIME(3) NULL,
      -- the clean-up of those that nobody takes back any more
      KEY status_acts_age (acted_at)
    ) ${OPTIONS}`)

  // Whom an act changed, and how it was with them before.
  await db.raw(`
    CREATE TABLE status_act_customers (
      act_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      status VARCHAR(10) ${ASCII} NOT NULL,
      by_hand BOOLEAN NOT NULL,
      set_at DATETIME(3) NULL,
      set_by VARCHAR(320) NULL,
      automation_id VARCHAR(64) ${ASCII} NULL,
      PRIMARY KEY (act_id, customer_id),
      -- whether a later act has changed the same customer: that one stays
      KEY status_act_customers_customer (customer_id, act_id),
      CONSTRAINT status_act_customers_act FOREIGN KEY (act_id) REFERENCES status_acts (id) ON DELETE CASCADE,
      CONSTRAINT status_act_customers_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  for (const table of [
    'status_act_customers',
    'status_acts',
    'status_decisions',
    'status_changes',
    'status_automation_versions',
  ]) {
    await db.schema.dropTableIfExists(table)
  }
  const [keys] = await db.raw("SHOW INDEX FROM customers WHERE Key_name = 'customers_status'")
  if (keys.length > 0) await db.raw('ALTER TABLE customers DROP KEY customers_status')
  for (const name of Object.keys(COLUMNS)) {
    if (await db.schema.hasColumn('customers', name)) await db.raw(`ALTER TABLE customers DROP COLUMN ${name}`)
  }
}
