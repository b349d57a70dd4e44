import { type Database, rows } from '../database.ts'

/** The most messages that pass all others: a single one to a customer, or to the few of a step. */
const FEW = 10

/** Whether what a campaign sends is so little that nobody shall wait for it behind the many of another. */
export async function isUrgent(db: Database, campaign: number): Promise<boolean> {
  const sql = `SELECT 1 FROM deliveries WHERE campaign_id = ? LIMIT ${FEW + 1}`
  return (await rows(db, sql, [campaign])).length <= FEW
}
