// Why: a step of an automation of each provider has a campaign for each of them, since each has readers of its own who
// want no more. Old workers may still be up: they make no such campaigns.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    ALTER TABLE campaigns
      DROP KEY campaigns_step,
      -- the campaign of a step, for each provider; it has one
      ADD UNIQUE KEY campaigns_step (automation_id, automation_version, step, provider_id)`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const [found] = await db.raw("SHOW INDEX FROM campaigns WHERE Key_name = 'campaigns_step' AND Seq_in_index = 4")
  if (found.length === 0) return
  // of those of several providers one is left
  await db.raw(`
    UPDATE campaigns c JOIN campaigns o ON o.automation_id = c.automation_id
      AND o.automation_version = c.automation_version AND o.step = c.step AND o.id < c.id
    SET c.automation_id = NULL`)
  await db.raw(`
    ALTER TABLE campaigns
      DROP KEY campaigns_step, ADD UNIQUE KEY campaigns_step (automation_id, automation_version, step)`)
}
