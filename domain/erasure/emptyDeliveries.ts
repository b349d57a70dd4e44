import type { Knex } from 'knex'
import { type Database, execute } from '../database.ts'

/**
 * Empties messages of whom they went to, and of what servers and people said about them; codes stay, and links, which are
 * counted by what was clicked.
 *
 * @param which a condition over `deliveries d`
 * @returns how many had an address
 */
export async function emptyDeliveries(
  trx: Database,
  { sql, bindings }: { sql: string; bindings: readonly (Knex.RawBinding | readonly number[])[] },
): Promise<number> {
  const values = bindings as Knex.RawBinding[]
  await execute(
    trx,
    `UPDATE delivery_events e JOIN deliveries d ON d.id = e.delivery_id SET e.detail = NULL
     WHERE ${sql} AND e.type NOT IN ('clicked') AND e.detail IS NOT NULL`,
    values,
  )
  await execute(
    trx,
    `UPDATE deliveries d SET d.reason = CASE WHEN d.reason REGEXP '^[a-z_]+$' THEN d.reason END
     WHERE ${sql} AND d.reason IS NOT NULL`,
    values,
  )
  return execute(trx, `UPDATE deliveries d SET d.address = '' WHERE ${sql} AND d.address <> ''`, values)
}

/** Empties those among some campaigns that somebody wrote to one person alone. */
export async function emptyOwnMessages(trx: Database, campaigns: readonly number[]): Promise<void> {
  if (campaigns.length === 0) return
  await execute(
    trx,
    `UPDATE campaigns m SET m.name = '', m.subject = '', m.html = '', m.text = '', m.document = '{"type":"doc","content":[]}'
     WHERE m.id IN (?) AND m.kind = 'one_off' AND m.automation_id IS NULL AND m.template_id IS NULL
       AND (SELECT MIN(d.customer_id) FROM deliveries d WHERE d.campaign_id = m.id)
         = (SELECT MAX(d.customer_id) FROM deliveries d WHERE d.campaign_id = m.id)`,
    [[...campaigns]],
  )
}
