// Why: what a customer answered stays when the message that asked is deleted, and may have come without one. Old workers
// may still be up: they know nothing of answers.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.raw('ALTER TABLE survey_answers DROP FOREIGN KEY survey_answers_delivery')
  await db.raw(`
    ALTER TABLE survey_answers
      MODIFY COLUMN delivery_id BIGINT UNSIGNED NULL,
      ADD CONSTRAINT survey_answers_of_delivery FOREIGN KEY (delivery_id) REFERENCES deliveries (id) ON DELETE SET NULL`)
}

/** The stricter column would refuse answers that have lost their message: it stays as it is. */
export async function down(): Promise<void> {}
