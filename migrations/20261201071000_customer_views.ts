// Why: what somebody looks at again and again in the list of customers is saved under a name, for oneself or for all; and
// the list of a hundred thousand is sorted and counted by indexes. Old workers may still be up: they know nothing of views.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'

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
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('customer_views')
}
