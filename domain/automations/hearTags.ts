import { type Database, rows } from '../database.ts'
import { hear } from './hear.ts'

/** Tells automations which tags an act has put on whom, in the transaction of the act. */
export async function hearTags(trx: Database, tagging: number, now: Date): Promise<void> {
  const added = await rows<{ customer_id: number; tag: string }>(
    trx,
    `SELECT t.customer_id, l.about AS tag FROM automation_listeners l
     STRAIGHT_JOIN customer_tags t ON t.tagging_id = ? AND t.tag = l.about
     WHERE l.happening = 'tag_added' GROUP BY t.customer_id, l.about`,
    [tagging],
  )
  await hear(
    trx,
    added.map(({ customer_id: customerId, tag }) => ({ on: 'tag_added', about: tag, customerId, providerId: 0 })),
    now,
  )
}
