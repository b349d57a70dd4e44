// Why: people write down what no system knows of a customer. Old workers may still be up: they know nothing of notes.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE customer_notes (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id BIGINT UNSIGNED NOT NULL,
      -- whose note it is: a provider's, which other providers don't see; 0 for the business's
      provider_id BIGINT UNSIGNED NOT NULL,
      text VARCHAR(4000) NOT NULL,
      -- names are copied: a note stays readable when its writer is gone
      written_by VARCHAR(320) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      edited_by VARCHAR(320) NULL,
      edited_at DATETIME(3) NULL,
      -- the notes of a customer, the newest first
      KEY customer_notes_customer (customer_id, created_at),
      CONSTRAINT customer_notes_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('customer_notes')
}
