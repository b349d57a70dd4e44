import { type Database, rows } from '../database.ts'
import type { Moment } from '../segments/moment.ts'
import { type ShownState, shownState } from './listRewards.ts'
import type { Reward } from './reward.ts'
import { costOf, dearestOf } from './rewardLiability.ts'

type Counts = Record<ShownState, number>

/** What became of the rewards of a campaign; `campaign` null: those given by hand or by an automation. */
type CampaignSummary = {
  campaign: { id: number; name: string } | null
  provider: { id: string; name: string } | null
  counts: Counts
  cost: number
}

export type RewardSummary = {
  counts: Counts
  /** Discounts given so far. */
  cost: number
  /** What those that are reserved, or can be used now or later, can cost at most; null where nobody can say. */
  most: number | null
  campaigns: CampaignSummary[]
}

/** Only the newest ones are listed. */
const MOST_CAMPAIGNS = 200

const nothing = (): Counts => ({ reserved: 0, upcoming: 0, usable: 0, used: 0, expired: 0, given_back: 0 })

/**
 * How many rewards are in each state, what they have cost and can cost at most. Set-based, from two covering indexes.
 *
 * @param providerId of one provider; null for all
 */
export async function summariseRewards(
  db: Database,
  providerId: number | null,
  moment: Moment,
): Promise<RewardSummary> {
  const own = providerId === null ? '' : 'AND r.provider_id = ?'
  const bindings = providerId === null ? [] : [providerId]
  const counted = await rows<{ campaign_id: number | null; state: ShownState; count: number }>(
    db,
    `SELECT r.campaign_id, ${shownState(moment.today)} AS state, COUNT(*) AS count FROM rewards r
     WHERE TRUE ${own} GROUP BY r.campaign_id, state`,
    bindings,
  )
  const costs = await rows<{ campaign_id: number | null; cost: number }>(
    db,
    `SELECT r.campaign_id, SUM(r.discount) AS cost FROM redemptions r
     WHERE r.standing = 1 ${own} GROUP BY r.campaign_id`,
    bindings,
  )
  const counts = nothing()
  const byCampaign = new Map<number | null, { counts: Counts; cost: number }>()
  const of = (campaign: number | null) => {
    const known = byCampaign.get(campaign) ?? { counts: nothing(), cost: 0 }
    byCampaign.set(campaign, known)
    return known
  }
  for (const { campaign_id, state, count } of counted) {
    counts[state] += count
    of(campaign_id).counts[state] += count
  }
  for (const { campaign_id, cost } of costs) of(campaign_id).cost = cost
  return {
    counts,
    cost: costs.reduce((sum, { cost }) => sum + cost, 0),
    most: await mostOf(db, { sql: own, bindings }, moment),
    campaigns: await nameAll(db, byCampaign),
  }
}

type Named = { id: number; name: string; provider: string | null; provider_name: string | null }

async function nameAll(
  db: Database,
  byCampaign: ReadonlyMap<number | null, { counts: Counts; cost: number }>,
): Promise<CampaignSummary[]> {
  const newest = [...byCampaign.keys()]
    .filter((id) => id !== null)
    .sort((a, b) => b - a)
    .slice(0, MOST_CAMPAIGNS)
  const named =
    newest.length === 0
      ? []
      : await rows<Named>(
          db,
          `SELECT m.id, m.name, p.external_id AS provider, p.name AS provider_name
           FROM campaigns m LEFT JOIN providers p ON p.id = m.provider_id WHERE m.id IN (?) ORDER BY m.id DESC`,
          [newest],
        )
  const shown = named.map(({ id, name, provider, provider_name }) => ({
    campaign: { id, name },
    provider: provider === null ? null : { id: provider, name: provider_name ?? provider },
    ...(byCampaign.get(id) ?? { counts: nothing(), cost: 0 }),
  }))
  const given = byCampaign.get(null)
  return given === undefined ? shown : [{ campaign: null, provider: null, ...given }, ...shown]
}

type Alike = Pick<Reward, 'amount' | 'percent' | 'ceiling' | 'minutes'> & { provider_id: number; count: number }

/** Rewards alike are reckoned together; where the size does not say it, by the highest price of the last year. */
async function mostOf(
  db: Database,
  own: { sql: string; bindings: readonly number[] },
  moment: Moment,
): Promise<number | null> {
  const open = await rows<Alike>(
    db,
    `SELECT r.provider_id, r.amount, r.percent, r.ceiling, r.minutes - r.minutes_used AS minutes, COUNT(*) AS count
     FROM rewards r WHERE (r.state = 'reserved' OR r.state = 'active' AND r.valid_to >= ?) ${own.sql}
     GROUP BY r.provider_id, r.amount, r.percent, r.ceiling, r.minutes - r.minutes_used`,
    [moment.today, ...own.bindings],
  )
  const unknown = open.filter(({ amount, ceiling }) => amount === null && ceiling === null)
  const whose = (byMinute: boolean) => [
    ...new Set(unknown.filter(({ minutes }) => (minutes !== null) === byMinute).map(({ provider_id }) => provider_id)),
  ]
  const dearest = {
    whole: await dearestOf(db, whose(false), false, moment),
    minute: await dearestOf(db, whose(true), true, moment),
  }
  let most = 0
  for (const { provider_id, amount, percent, ceiling, minutes, count } of open) {
    const known = amount ?? ceiling
    const assumption = dearest[minutes === null ? 'whole' : 'minute'].get(provider_id)
    if (known === null && assumption === undefined) return null
    most += (known ?? (assumption === undefined ? 0 : costOf({ percent, minutes }, assumption))) * count
  }
  return most
}
