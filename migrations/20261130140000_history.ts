// Why: the history of deliveries over everything stays fast with millions of them, and tagging many customers can be taken
// back. Old workers may still be up: what is new in old tables has defaults.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE deliveries
      -- the list over everything, newest first, and what it is narrowed by: a page, a count and all numbers beside the
      -- filters are read from here alone (covering). New rows are appended at its end
      -- (docs/decisions/023-one-index-of-the-history.md)
      ADD KEY deliveries_history (queued_at, id, campaign_id, customer_id, state, channel, test, opened_at, clicked_at)`)

  await db.raw(`
    CREATE TABLE taggings (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      tagged_by VARCHAR(320) NULL,
      tagged_at DATETIME(3) NOT NULL,
      undone_at DATETIME(3) NULL,
      -- the clean-up of those that nobody takes back any more
      KEY taggings_age (tagged_at)
    ) ${OPTIONS}`)

  await db.raw(`
    ALTER TABLE customer_tags
      -- which act put it on; null when it was put on otherwise
      ADD COLUMN tagging_id BIGINT UNSIGNED NULL,
      -- taking an act back takes off what it put on, and nothing else
      ADD KEY customer_tags_tagging (tagging_id)`)

  // What an act took off: taking it back puts it on again.
  await db.raw(`
    CREATE TABLE tagging_removals (
      tagging_id BIGINT UNSIGNED NOT NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      tag VARCHAR(100) NOT NULL,
      PRIMARY KEY (tagging_id, customer_id, tag),
      CONSTRAINT tagging_removals_tagging FOREIGN KEY (tagging_id) REFERENCES taggings (id) ON DELETE CASCADE,
      CONSTRAINT tagging_removals_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('tagging_removals')
  // with the column goes its key
  if (await db.schema.hasColumn('customer_tags', 'tagging_id')) {
    await db.raw('ALTER TABLE customer_tags DROP COLUMN tagging_id')
  }
  await db.schema.dropTableIfExists('taggings')
  const [keys] = await db.raw("SHOW INDEX FROM deliveries WHERE Key_name = 'deliveries_history'")
  if (keys.length > 0) await db.raw('ALTER TABLE deliveries DROP KEY deliveries_history')
}
