import { type Database, execute, rows } from '../database.ts'
import { remember } from '../history/remember.ts'
import { isStrongerReason, type SuppressionReason } from '../suppressions/suppress.ts'
import type { Whose } from './pair.ts'

type Row = { provider_id: number; channel: string; kind: string; reason: SuppressionReason; address: string | null }

/**
 * Whoever wanted no mail from somebody wants none: what either has, the one who stays has. Of two reasons for the same the one
 * that says more stands; of two bounces the one of the address that is kept.
 *
 * @param email the address that is kept
 */
export async function mergeSuppressions(
  trx: Database,
  { stays, goes }: Whose,
  email: string | null,
  now: Date,
): Promise<void> {
  const of = (id: number) =>
    rows<Row>(
      trx,
      `SELECT provider_id, channel, kind, reason, address FROM suppressions WHERE customer_id = ?
       ORDER BY provider_id, channel, kind FOR UPDATE`,
      [id],
    )
  const own = await of(stays.id)
  for (const row of await of(goes.id)) {
    const { provider_id, channel, kind } = row
    const key = [provider_id, channel, kind]
    const same = own.find((one) => [one.provider_id, one.channel, one.kind].join() === key.join())
    const where = 'x.customer_id = ? AND x.provider_id = ? AND x.channel = ? AND x.kind = ?'
    if (same !== undefined) {
      const says =
        isStrongerReason(row.reason, same.reason) ||
        (row.reason === same.reason && row.address !== null && row.address === email && same.address !== email)
      if (!says) continue
      await remember(trx, 'suppressions', { sql: where, bindings: [stays.id, ...key] }, now)
      await execute(trx, `DELETE x FROM suppressions x WHERE ${where}`, [stays.id, ...key])
    }
    await execute(trx, `UPDATE suppressions x SET x.customer_id = ? WHERE ${where}`, [stays.id, goes.id, ...key])
  }
  await execute(trx, 'DELETE FROM suppressions WHERE customer_id = ?', [goes.id])
}
