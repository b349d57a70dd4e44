import type { Day } from '../../rules/time.ts'
import { type Database, fromJson, rows } from '../database.ts'
import type { Reward, RewardState } from './reward.ts'

/** The reward that a message brings; one that is active may be over by now. */
export type DeliveryReward = {
  id: string
  kind: Reward['kind']
  amount: number | null
  percent: number | null
  ceiling: number | null
  minutes: number | null
  valid_from: Day
  valid_to: Day
  state: RewardState
}

type Row = Omit<DeliveryReward, 'id'> & { id: number; delivery_id: number }

/** The rewards of messages, by message; those without one are not in it. */
export async function rewardsOf(db: Database, deliveries: readonly number[]): Promise<Map<number, DeliveryReward>> {
  if (deliveries.length === 0) return new Map()
  const found = await rows<Row>(
    db,
    `SELECT id, delivery_id, kind, amount, percent, ceiling, minutes, valid_from, valid_to, state
     FROM rewards WHERE delivery_id IN (?)`,
    [[...deliveries]],
  )
  return new Map(found.map(({ delivery_id, id, ...rest }) => [delivery_id, { id: String(id), ...rest }]))
}

/** The reward of a campaign with how many of those that its messages bring are in each state. */
export type CampaignReward = Reward & { [State in RewardState]: number }

/**
 * What became of the rewards of campaigns, by campaign; those without one are not in it.
 *
 * @param campaigns their ids with the column `reward`
 */
export async function campaignRewards(
  db: Database,
  campaigns: readonly { id: number; reward: string | null }[],
): Promise<Map<number, CampaignReward>> {
  const rewards = new Map<number, CampaignReward>()
  for (const { id, reward: column } of campaigns) {
    const reward = fromJson<Reward>(column)
    if (reward !== null) rewards.set(id, { ...reward, reserved: 0, active: 0, used: 0, given_back: 0 })
  }
  if (rewards.size === 0) return rewards
  const counts = await rows<{ campaign_id: number; state: RewardState; count: number }>(
    db,
    'SELECT campaign_id, state, COUNT(*) AS count FROM rewards WHERE campaign_id IN (?) GROUP BY campaign_id, state',
    [[...rewards.keys()]],
  )
  for (const { campaign_id, state, count } of counts) {
    const reward = rewards.get(campaign_id)
    if (reward !== undefined) reward[state] = count
  }
  return rewards
}
