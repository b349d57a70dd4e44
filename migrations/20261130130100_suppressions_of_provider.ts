// Why: a provider looks up whom they do not write to. Old workers may still be up: nothing that they read changes.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  // those of one provider (covering, with the primary key)
  await db.raw('ALTER TABLE suppressions ADD KEY suppressions_provider (provider_id, channel, customer_id)')
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const [found] = (await db.raw(
    `SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'suppressions'
       AND index_name = 'suppressions_provider' LIMIT 1`,
  )) as [unknown[]]
  if (found.length > 0) await db.raw('ALTER TABLE suppressions DROP KEY suppressions_provider')
}
