import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import type { RewardState } from './reward.ts'
import { tellRules } from './tellRules.ts'

type Row = {
  id: number
  provider_id: number
  customer_id: number
  delivery_id: number | null
  state: RewardState
  minutes_used: number
}

/**
 * Takes back a reward that was given by hand or by an automation. One that a message has brought is a promise that
 * somebody may have read: it stays. Again changes nothing.
 *
 * @param providerId for somebody who may do so with that provider's only; null for all
 * @throws Problem 'not_found'; 'conflict' when a message has brought it, or it has been used
 */
export function withdrawReward(db: Database, reward: number, providerId: number | null, now: Date): Promise<void> {
  return transact(db, async (trx) => {
    const [row] = await rows<Row>(
      trx,
      `SELECT id, provider_id, customer_id, delivery_id, state, minutes_used FROM rewards
       WHERE id = ? AND COALESCE(?, provider_id) = provider_id FOR UPDATE`,
      [reward, providerId],
    )
    if (row === undefined) throw new Problem('not_found', `There is no reward ${reward}`)
    if (row.state === 'given_back') return
    if (row.delivery_id !== null) {
      throw new Problem('conflict', 'A message has brought this reward: somebody may have read the promise')
    }
    if (row.state === 'used' || row.minutes_used > 0) throw new Problem('conflict', 'The reward has been used')
    await execute(trx, "UPDATE rewards SET state = 'given_back', given_back_at = ? WHERE id = ?", [now, reward])
    await tellRules(trx, [{ providerId: row.provider_id, customerId: row.customer_id }], now)
  })
}
