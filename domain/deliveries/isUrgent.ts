import { type Database, rows } from '../database.ts'

/** The most messages that pass all others: a single one to a customer, or to the few of a step. */
const FEW = 10

/** Whether what a campaign sends is so little that nobody shall wait for it behind the many of another. */
export async function isUrgent(db: Database, campaign: number): Promise<boolean> {
  // a step of an automation sends for years: there those count that are to go
  const sql = `SELECT 1 FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
    WHERE d.campaign_id = ? AND (c.kind <> 'automation' OR d.state IN ('queued', 'sending')) LIMIT ${FEW + 1}`
  return (await rows(db, sql, [campaign])).length <= FEW
}
