// Why: people who are to be forgotten. Older processes may still be up: they know nobody who was erased, and what they ingest of
// somebody who was is stored as before; a worker of this version has to be up before the first one is erased.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  await db.raw('ALTER TABLE customers ADD COLUMN erased_at DATETIME(3) NULL')
  await db.raw(`
    CREATE TABLE erasures (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id BIGINT UNSIGNED NOT NULL,
      -- running, done or failed
      state VARCHAR(8) ${ASCII} NOT NULL,
      step TINYINT UNSIGNED NOT NULL DEFAULT 0,
      -- by what the person is found in texts; only while it runs
      traces TEXT NULL,
      error VARCHAR(500) NULL,
      requested_by VARCHAR(320) NOT NULL,
      requested_at DATETIME(3) NOT NULL,
      finished_at DATETIME(3) NULL,
      -- one for each customer
      UNIQUE KEY erasures_customer (customer_id),
      CONSTRAINT erasures_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
    ) ${OPTIONS}`)
  // Addresses of people who were erased: an HMAC with a key of the installation's, so that nobody writes to them again.
  await db.raw(`
    CREATE TABLE erased_addresses (
      hash BINARY(32) NOT NULL PRIMARY KEY,
      channel VARCHAR(8) ${ASCII} NOT NULL,
      erased_at DATETIME(3) NOT NULL
    ) ${OPTIONS}`)
  for (const act of ['UPDATE', 'DELETE'] as const) await guard(db, act, FORGETTING)
}

/** Who is to be forgotten, and what is past its period, says so in its session. */
const FORGETTING = 'IF COALESCE(@perennial_forgetting, 0) <> 1 THEN'

/** What a server answers to somebody who may not make triggers while it writes a binary log. */
const NOT_ALLOWED: ReadonlySet<unknown> = new Set([
  'ER_BINLOG_CREATE_ROUTINE_NEED_SUPER',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
])

async function guard(db: Knex, act: 'UPDATE' | 'DELETE', condition: string | null): Promise<void> {
  const name = `audit_entries_no_${act.toLowerCase()}`
  const refuse = "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_entries is only ever added to'"
  const body = condition === null ? refuse : `${condition} ${refuse}; END IF`
  try {
    await db.raw(`DROP TRIGGER IF EXISTS ${name}`)
    await db.raw(`CREATE TRIGGER ${name} BEFORE ${act} ON audit_entries FOR EACH ROW ${body}`)
  } catch (error) {
    if (!NOT_ALLOWED.has((error as { code?: unknown }).code)) throw error
  }
}

export async function down(db: Knex): Promise<void> {
  for (const act of ['UPDATE', 'DELETE'] as const) await guard(db, act, null)
  for (const table of ['erased_addresses', 'erasures']) await db.schema.dropTableIfExists(table)
  if (await db.schema.hasColumn('customers', 'erased_at')) await db.raw('ALTER TABLE customers DROP COLUMN erased_at')
}
