// Why: two customers who are one person become one. Older workers may still be up: an older API takes the identifier of the
// one who went for somebody who is not known, so nobody is merged before all processes are of this version.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE customers
      -- who they are by now: the one who stayed, at once and not over several; null for everybody who went into nobody
      ADD COLUMN merged_into BIGINT UNSIGNED NULL,
      -- whom somebody has taken in: what stays attributed to them is read with it
      ADD KEY customers_merged_into (merged_into),
      -- who may be the same person: those with one number
      ADD KEY customers_phone (phone),
      ADD CONSTRAINT customers_merged_into FOREIGN KEY (merged_into) REFERENCES customers (id)`)
  await db.raw(`
    CREATE TABLE customer_merges (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      -- who stays
      customer_id BIGINT UNSIGNED NOT NULL,
      -- who went, by our id and by the caller's
      went_id BIGINT UNSIGNED NOT NULL,
      went VARCHAR(64) ${ASCII} NOT NULL,
      -- the profile of the one who went, and by what else they are found in texts
      profile MEDIUMTEXT NULL,
      -- values that were decided against, by the field: they don't come back by themselves
      refused MEDIUMTEXT NULL,
      -- what was moved, in numbers
      counts TEXT NOT NULL,
      merged_by VARCHAR(320) NULL,
      merged_at DATETIME(3) NOT NULL,
      -- when it was looked for the last time for what others had written of the one who went while they did
      swept_at DATETIME(3) NULL,
      -- each goes once
      UNIQUE KEY customer_merges_went (went_id),
      -- whom a customer has taken in: profile, timeline, ingest
      KEY customer_merges_customer (customer_id, merged_at),
      -- those that were not looked at a last time yet
      KEY customer_merges_swept (swept_at, merged_at),
      CONSTRAINT customer_merges_customer FOREIGN KEY (customer_id) REFERENCES customers (id),
      CONSTRAINT customer_merges_went FOREIGN KEY (went_id) REFERENCES customers (id)
    ) ${OPTIONS}`)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('customer_merges')
  if (!(await db.schema.hasColumn('customers', 'merged_into'))) return
  await db.raw('ALTER TABLE customers DROP FOREIGN KEY customers_merged_into')
  await db.raw(
    'ALTER TABLE customers DROP KEY customers_merged_into, DROP KEY customers_phone, DROP COLUMN merged_into',
  )
}
