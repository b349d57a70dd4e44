import { type Database, rows } from '../database.ts'
import type { ChannelName } from './channels/channel.ts'
import { BUSINESS, type DeliveryFilter, deliveriesSql, REACTIONS, type Reaction } from './filter.ts'
import type { DeliveryState } from './state.ts'

type Choice<Value = string> = { value: Value; count: number }

/** What the history can be narrowed by. Each choice says how many messages it would leave, given the other filters. */
export type DeliveryFacets = {
  total: number
  state: Choice<DeliveryState>[]
  reaction: Choice<Reaction>[]
  channel: Choice<ChannelName>[]
  kind: Choice[]
  /** {@link BUSINESS} is the business itself. */
  provider: (Choice & { label: string })[]
  campaign: (Choice & { label: string })[]
}

/** The parts of a filter that have a number beside each choice. */
type Facet = 'state' | 'reaction' | 'channel' | 'kind' | 'provider'

/** How many messages are alike in all that has a number beside it. */
type Alike = {
  state: DeliveryState
  channel: ChannelName
  kind: string
  provider: string
  provider_name: string | null
  opened: number
  clicked: number
  count: number
}

/** The newest campaigns that have any; the others are found by their name. */
const CAMPAIGNS = 200

/**
 * Counts a history for its filters. Two passes over one index: the first groups messages that are alike, from which every
 * number follows; the second counts by campaign.
 *
 * @throws Problem as `deliveriesSql`
 */
export async function facetsOf(db: Database, filter: DeliveryFilter, at: string): Promise<DeliveryFacets> {
  const { state, reaction, channel, kind, provider, ...fixed } = filter
  const alike = await groupAlike(db, fixed, at)
  const chosen = { state, reaction, channel, kind, provider }
  const left = (without: Facet | null) => alike.filter((group) => letsThrough(group, chosen, without))
  const names = new Map(alike.map((group) => [group.provider, group.provider_name ?? group.provider]))
  return {
    total: sum(left(null)),
    state: choices(left('state'), (group) => group.state),
    reaction: REACTIONS.map((value) => {
      // reactions narrow together: opened, but not clicked
      const also = { ...chosen, reaction: [...new Set([...(reaction ?? []), value])] }
      return { value, count: sum(alike.filter((group) => letsThrough(group, also, null))) }
    }),
    channel: choices(left('channel'), (group) => group.channel),
    kind: choices(left('kind'), (group) => group.kind),
    provider: choices(left('provider'), (group) => group.provider).map((one) => ({
      ...one,
      label: names.get(one.value) ?? one.value,
    })),
    campaign: await countCampaigns(db, isOfOne(filter) ? filter : { ...filter, campaign: undefined }, at),
  }
}

async function groupAlike(db: Database, fixed: DeliveryFilter, at: string): Promise<Alike[]> {
  const { from, where } = await deliveriesSql(db, fixed, at)
  return rows<Alike>(
    db,
    `SELECT g.state, g.channel, IF(g.test, 'test', m.kind) AS kind, COALESCE(p.external_id, '${BUSINESS}') AS provider,
       p.name AS provider_name, g.opened, g.clicked, SUM(g.count) AS count
     FROM (
       SELECT d.campaign_id, d.state, d.channel, d.test, d.opened_at IS NOT NULL AS opened,
         d.clicked_at IS NOT NULL AS clicked, COUNT(*) AS count
       FROM ${from} WHERE ${where.sql} GROUP BY d.campaign_id, d.state, d.channel, d.test, opened, clicked
     ) g JOIN campaigns m ON m.id = g.campaign_id LEFT JOIN providers p ON p.id = m.provider_id
     GROUP BY g.state, g.channel, IF(g.test, 'test', m.kind), COALESCE(p.external_id, '${BUSINESS}'), p.name, g.opened, g.clicked`,
    where.bindings,
  )
}

async function countCampaigns(db: Database, filter: DeliveryFilter, at: string): Promise<DeliveryFacets['campaign']> {
  const { from, where } = await deliveriesSql(db, filter, at)
  return rows(
    db,
    `SELECT CAST(g.campaign_id AS CHAR) AS value, n.name AS label, g.count FROM (
       SELECT d.campaign_id, COUNT(*) AS count FROM ${from} WHERE ${where.sql}
       GROUP BY d.campaign_id ORDER BY d.campaign_id DESC LIMIT ${CAMPAIGNS}
     ) g JOIN campaigns n ON n.id = g.campaign_id ORDER BY g.campaign_id DESC`,
    where.bindings,
  )
}

/** What only the messages of a campaign are narrowed by goes with that campaign. */
const isOfOne = ({ variant, bounce, domain, link, wish }: DeliveryFilter): boolean =>
  [variant, bounce, domain, link, wish].some((value) => value !== undefined)

type Chosen = Pick<DeliveryFilter, Facet>

function letsThrough(group: Alike, chosen: Chosen, without: Facet | null): boolean {
  const isIn = (facet: 'state' | 'channel' | 'kind' | 'provider') => {
    const values: readonly string[] = (facet === without ? undefined : chosen[facet]) ?? []
    return values.length === 0 || values.includes(group[facet])
  }
  return (
    isIn('state') &&
    isIn('channel') &&
    isIn('kind') &&
    isIn('provider') &&
    (without === 'reaction' || (chosen.reaction ?? []).every((reaction) => reacted(group, reaction)))
  )
}

function reacted({ state, opened, clicked }: Alike, reaction: Reaction): boolean {
  const did = reaction.endsWith('opened') ? opened === 1 : clicked === 1
  if (!reaction.startsWith('not_')) return did
  return (state === 'sent' || state === 'delivered') && !did
}

const sum = (groups: readonly Alike[]): number => groups.reduce((total, { count }) => total + count, 0)

/** The values that occur, the commonest first. */
function choices<Value extends string>(groups: readonly Alike[], of: (group: Alike) => Value): Choice<Value>[] {
  const counts = new Map<Value, number>()
  for (const group of groups) counts.set(of(group), (counts.get(of(group)) ?? 0) + group.count)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}
