// Why: whether a customer has used a reward lately is asked of every stretch of customers each night. Older workers and APIs may
// still be up: nothing changes for them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  // when somebody last used a reward
  await db.raw('ALTER TABLE redemptions ADD KEY redemptions_customer (customer_id, redeemed_at)')
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const [found] = (await db.raw("SHOW KEYS FROM redemptions WHERE Key_name = 'redemptions_customer'")) as [unknown[]]
  if (found.length > 0) await db.raw('ALTER TABLE redemptions DROP KEY redemptions_customer')
}
