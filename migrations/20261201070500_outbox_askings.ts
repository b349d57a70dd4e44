// Why: with one row per workflow every transaction that asked for the upkeep of segments held that row until it ended, and all
// others waited for it (between the nodes of a cluster they conflicted instead). Now each asking is a row of its own. Older
// workers and APIs may still be up: their tickets are written and not read, and what they remove by a workflow's id is what
// they have just handed over.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  if (await db.schema.hasColumn('workflow_outbox', 'id')) return
  await db.raw(`ALTER TABLE workflow_outbox
    DROP PRIMARY KEY,
    ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY FIRST,
    -- what older processes look for
    ADD KEY workflow_outbox_workflow (workflow_id)`)
}

export async function down(db: Knex): Promise<void> {
  if (!(await db.schema.hasColumn('workflow_outbox', 'id'))) return
  await db.raw(`DELETE later FROM workflow_outbox later
    JOIN workflow_outbox first ON first.workflow_id = later.workflow_id AND first.id < later.id`)
  await db.raw(`ALTER TABLE workflow_outbox
    DROP COLUMN id, DROP KEY workflow_outbox_workflow, ADD PRIMARY KEY (workflow_id)`)
}
