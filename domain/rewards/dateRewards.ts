import type { Day } from '../../rules/time.ts'
import { type Database, execute, rows } from '../database.ts'

/**
 * Looks at the rewards of messages that are being claimed, before their mails are made. A period of so many days begins
 * on this day, so that waiting costs the customer none of them; and a promise whose time is over is none.
 *
 * @param today the local day
 * @returns the messages that bring a reward that can no longer be used
 */
export async function dateRewards(trx: Database, deliveries: readonly number[], today: Day): Promise<Set<number>> {
  if (deliveries.length === 0) return new Set()
  const found = await rows<{ id: number; delivery_id: number; valid_days: number | null }>(
    trx,
    `SELECT id, delivery_id, valid_days FROM rewards
     WHERE delivery_id IN (?) AND state = 'reserved' AND (valid_days IS NOT NULL AND valid_from <> ? OR valid_to < ?)
     ORDER BY id FOR UPDATE`,
    [[...deliveries], today, today],
  )
  const moving = found.filter(({ valid_days }) => valid_days !== null)
  if (moving.length > 0) {
    await execute(
      trx,
      'UPDATE rewards SET valid_from = ?, valid_to = DATE_ADD(?, INTERVAL valid_days - 1 DAY) WHERE id IN (?)',
      [today, today, moving.map(({ id }) => id)],
    )
  }
  return new Set(found.filter(({ valid_days }) => valid_days === null).map(({ delivery_id }) => delivery_id))
}
