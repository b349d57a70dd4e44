import { type Database, execute } from '../database.ts'
import type { Whose } from './pair.ts'
import { tablesThat } from './tables.ts'

/**
 * Gives the one who stays what is the other's in the tables in which nothing is to be decided. Once more finds nothing.
 *
 * @returns how many rows were moved
 */
export async function moveRows(trx: Database, { stays, goes }: Whose): Promise<number> {
  const ids = [stays.id, goes.id]
  let moved = await execute(
    trx,
    `UPDATE redemptions q JOIN rewards r ON r.id = q.reward_id SET q.customer_id = ?
     WHERE r.customer_id = ? AND q.customer_id = r.customer_id`,
    ids,
  )
  for (const table of tablesThat('moved')) {
    moved += await execute(trx, `UPDATE ${table} SET customer_id = ? WHERE customer_id = ?`, ids)
  }
  for (const table of tablesThat('joined')) {
    moved += await execute(trx, `UPDATE IGNORE ${table} SET customer_id = ? WHERE customer_id = ?`, ids)
    await execute(trx, `DELETE FROM ${table} WHERE customer_id = ?`, [goes.id])
  }
  for (const table of tablesThat('beside')) {
    moved += await execute(trx, `UPDATE IGNORE ${table} SET customer_id = ? WHERE customer_id = ?`, ids)
  }
  return moved
}

/**
 * Has the next refresh look at both again, in every relationship that either has or is about to have. It is no news: nobody is
 * welcomed or missed because two records became one.
 */
export async function lookAtBoth(trx: Database, { stays, goes }: Whose, now: Date): Promise<void> {
  const ids = [stays.id, goes.id]
  await execute(
    trx,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT w.provider_id, c.id, 'historical', ? FROM (
       SELECT 0 AS provider_id
       UNION SELECT provider_id FROM relationships WHERE customer_id IN (?)
       UNION SELECT provider_id FROM dirty_relationships WHERE customer_id IN (?)
     ) w JOIN customers c ON c.id IN (?)`,
    [now, ids, ids, ids],
  )
}
