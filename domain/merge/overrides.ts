import { type Database, execute, rows } from '../database.ts'
import { remember } from '../history/remember.ts'
import type { Whose } from './pair.ts'

type Row = { segment_id: number; provider_id: number; is_in: number }

/** What somebody decided about either by hand holds; who was taken out of a segment and put in stays out. */
export async function mergeOverrides(trx: Database, { stays, goes }: Whose, now: Date): Promise<void> {
  const of = (id: number) =>
    rows<Row>(
      trx,
      `SELECT segment_id, provider_id, is_in FROM segment_overrides WHERE customer_id = ?
       ORDER BY segment_id, provider_id FOR UPDATE`,
      [id],
    )
  const own = await of(stays.id)
  for (const { segment_id, provider_id, is_in } of await of(goes.id)) {
    const same = own.find((one) => one.segment_id === segment_id && one.provider_id === provider_id)
    const where = 'x.customer_id = ? AND x.segment_id = ? AND x.provider_id = ?'
    const key = [segment_id, provider_id]
    if (same !== undefined) {
      if (is_in === 1 || same.is_in === 0) continue
      await remember(trx, 'segment_overrides', { sql: where, bindings: [stays.id, ...key] }, now)
      await execute(trx, `DELETE x FROM segment_overrides x WHERE ${where}`, [stays.id, ...key])
    }
    await execute(trx, `UPDATE segment_overrides x SET x.customer_id = ? WHERE ${where}`, [stays.id, goes.id, ...key])
  }
  await execute(trx, 'DELETE FROM segment_overrides WHERE customer_id = ?', [goes.id])
}
