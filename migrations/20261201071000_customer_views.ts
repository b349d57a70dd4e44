// Why: what somebody looks at again and again in the list of customers is saved under a name, for oneself or for all; and
// the list of a hundred thousand is sorted and counted by indexes. Old workers may still be up: they know nothing of views.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'

/** A part of the list in each of these orders is read from the index (beside those by name and address, which are there). */
const ORDERED: Readonly<Record<string, string>> = {
  customers_group: 'customer_group',
  customers_aggregator: 'aggregator',
  customers_language: 'language',
  customers_joined: 'joined_at',
}

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE customer_views (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      user_id BIGINT UNSIGNED NOT NULL,
      name VARCHAR(100) NOT NULL,
      shared BOOLEAN NOT NULL DEFAULT FALSE,
      -- what is searched, sorted and shown, as the API says it
      definition TEXT NOT NULL,
      revision INT UNSIGNED NOT NULL DEFAULT 1,
      updated_at DATETIME(3) NOT NULL,
      -- the views of a person
      KEY customer_views_user (user_id, name),
      -- those that are shared
      KEY customer_views_shared (shared, name),
      CONSTRAINT customer_views_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
  const added = Object.entries(ORDERED).map(([name, column]) => `ADD KEY ${name} (${column})`)
  await db.raw(`ALTER TABLE customers ${added.join(', ')}`)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('customer_views')
  for (const name of Object.keys(ORDERED)) {
    const [found] = (await db.raw('SHOW INDEX FROM customers WHERE Key_name = ?', [name])) as [unknown[]]
    if (found.length > 0) await db.raw(`ALTER TABLE customers DROP KEY ${name}`)
  }
}
