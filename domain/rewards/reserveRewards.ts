import { addDays, type Day } from '../../rules/time.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import type { Reward } from './reward.ts'

/**
 * Reserves the reward of a campaign for each of its messages that has none yet, in the transaction that makes them.
 * Set-based; nothing for a campaign without a reward. The reward is the provider's who writes, or the one's that it names.
 *
 * @param today the local day
 */
export async function reserveRewards(trx: Database, campaign: number, today: Day, now: Date): Promise<void> {
  const [row] = await rows<{ reward: string | null; provider_id: number }>(
    trx,
    'SELECT reward, provider_id FROM campaigns WHERE id = ?',
    [campaign],
  )
  const reward = fromJson<Reward & { provider_id?: number }>(row?.reward ?? null)
  if (row === undefined || reward === null) return
  const { kind, amount, percent, ceiling, minutes, valid_days: days } = reward
  const from = reward.valid_from ?? today
  const to = days === null ? reward.valid_to : addDays(today, days - 1)
  await execute(
    trx,
    `INSERT INTO rewards (provider_id, customer_id, campaign_id, delivery_id, kind, state, amount, percent, ceiling,
       minutes, valid_from, valid_to, valid_days, created_at)
     SELECT ?, d.customer_id, d.campaign_id, d.id, ?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?
     FROM deliveries d LEFT JOIN rewards r ON r.delivery_id = d.id
     WHERE d.campaign_id = ? AND d.test = 0 AND d.state = 'queued' AND r.id IS NULL ORDER BY d.id`,
    [reward.provider_id ?? row.provider_id, kind, amount, percent, ceiling, minutes, from, to, days, now, campaign],
  )
}
