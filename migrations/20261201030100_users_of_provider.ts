// Why: a user who is a provider sees what is theirs: rewards, statement. Old workers may still be up: they don't read it.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE users
      -- whose user it is, for the role provider
      ADD COLUMN provider_id BIGINT UNSIGNED NULL`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  if (await db.schema.hasColumn('users', 'provider_id')) await db.raw('ALTER TABLE users DROP COLUMN provider_id')
}
