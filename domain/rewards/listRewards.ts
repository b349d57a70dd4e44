import type { Day } from '../../rules/time.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import type { DeliveryReward } from './readRewards.ts'

/** A reward's state as somebody sees it on a day: an active one can be used, or not yet, or no longer. */
export type ShownState = 'reserved' | 'upcoming' | 'usable' | 'used' | 'expired' | 'given_back'

/** Each state as a condition on a reward `r`; `:today` is the local day. What was used in part and is over was used. */
const STATES: Readonly<Record<ShownState, string>> = {
  reserved: "r.state = 'reserved'",
  upcoming: "r.state = 'active' AND r.valid_from > :today",
  usable: "r.state = 'active' AND r.valid_from <= :today AND r.valid_to >= :today",
  used: "(r.state = 'used' OR r.state = 'active' AND r.valid_to < :today AND r.minutes_used > 0)",
  expired: "r.state = 'active' AND r.valid_to < :today AND r.minutes_used = 0",
  given_back: "r.state = 'given_back'",
}

const escaped = (today: Day) => `'${today}'`

/** SQL for the state of a reward `r` on a day. */
export const shownState = (today: Day): string =>
  `CASE ${Object.entries(STATES)
    .map(([state, when]) => `WHEN ${when.replaceAll(':today', escaped(today))} THEN '${state}'`)
    .join(' ')} END`

/** What rewards are narrowed by; ids are ours. */
export type RewardFilter = {
  id?: number
  providerId?: number | undefined
  customerId?: number | undefined
  /** 'none': those that no campaign brought. */
  campaign?: number | 'none' | undefined
  automation?: string | undefined
  kinds?: readonly string[] | undefined
  states?: readonly ShownState[] | undefined
}

/** A reward that somebody has; ids of campaigns and rewards are ours, the others the caller's. */
export type HeldReward = Omit<DeliveryReward, 'id' | 'state'> & {
  id: number
  provider: { id: string; name: string }
  customer: { id: string; name: string }
  minutesUsed: number
  state: ShownState
  campaign: { id: number; name: string } | null
  automation: string | null
  givenBy: string | null
  discount: number
  bookings: string[]
  createdAt: Date
  usedAt: Date | null
}

type Row = Omit<DeliveryReward, 'id' | 'state'> &
  Named & {
    id: number
    state: ShownState
    minutes_used: number
    provider: string
    provider_name: string | null
    campaign_id: number | null
    campaign_name: string | null
    automation_id: string | null
    given_by: string | null
    created_at: Date
    used_at: Date | null
  }

function where(filter: RewardFilter, today: Day): { sql: string; bindings: Array<number | string | string[]> } {
  const parts: string[] = ['TRUE']
  const bindings: Array<number | string | string[]> = []
  const add = (sql: string, value: number | string | string[] | undefined) => {
    if (value === undefined) return
    parts.push(sql)
    bindings.push(value)
  }
  add('r.id = ?', filter.id)
  add('r.provider_id = ?', filter.providerId)
  add('r.customer_id = ?', filter.customerId)
  if (filter.campaign === 'none') parts.push('r.campaign_id IS NULL')
  else add('r.campaign_id = ?', filter.campaign)
  add('r.automation_id = ?', filter.automation)
  if (filter.kinds !== undefined) add('r.kind IN (?)', [...filter.kinds])
  if (filter.states !== undefined) {
    const any = filter.states.map((state) => `(${STATES[state].replaceAll(':today', escaped(today))})`)
    parts.push(`(${any.join(' OR ')})`)
  }
  return { sql: parts.join(' AND '), bindings }
}

/** How many rewards a filter lets through. */
export async function countRewards(db: Database, filter: RewardFilter, today: Day): Promise<number> {
  const { sql, bindings } = where(filter, today)
  const [row] = await rows<{ count: number }>(db, `SELECT COUNT(*) AS count FROM rewards r WHERE ${sql}`, bindings)
  return row?.count ?? 0
}

/**
 * Rewards, newest first, with what they have taken off and where.
 *
 * @param page `before`: the id of the last one of the page before
 */
export async function listRewards(
  db: Database,
  filter: RewardFilter,
  page: { limit: number; before: number | null },
  today: Day,
): Promise<HeldReward[]> {
  const { sql, bindings } = where(filter, today)
  const found = await rows<Row>(
    db,
    `SELECT r.id, r.kind, r.amount, r.percent, r.ceiling, r.minutes, r.minutes_used, r.valid_from, r.valid_to,
       ${shownState(today)} AS state, r.automation_id, r.given_by, r.created_at, r.used_at, r.campaign_id,
       m.name AS campaign_name, p.external_id AS provider, p.name AS provider_name, ${NAME_COLUMNS}
     FROM rewards r JOIN customers c ON c.id = r.customer_id JOIN providers p ON p.id = r.provider_id
       LEFT JOIN campaigns m ON m.id = r.campaign_id
     WHERE ${sql} ${page.before === null ? '' : 'AND r.id < ?'} ORDER BY r.id DESC LIMIT ?`,
    [...bindings, ...(page.before === null ? [] : [page.before]), page.limit],
  )
  const uses = await readUses(
    db,
    found.map(({ id }) => id),
  )
  return found.map((row) => toReward(row, uses.get(row.id) ?? []))
}

type UsedOn = { reward_id: number; booking: string; discount: number }

async function readUses(db: Database, rewards: readonly number[]): Promise<Map<number, UsedOn[]>> {
  if (rewards.length === 0) return new Map()
  const found = await rows<UsedOn>(
    db,
    `SELECT q.reward_id, b.external_id AS booking, q.discount FROM redemptions q JOIN bookings b ON b.id = q.booking_id
     WHERE q.reward_id IN (?) AND q.standing = 1 ORDER BY q.id`,
    [[...rewards]],
  )
  return Map.groupBy(found, ({ reward_id }) => reward_id)
}

function toReward(row: Row, uses: readonly UsedOn[]): HeldReward {
  return {
    id: row.id,
    ...{ kind: row.kind, amount: row.amount, percent: row.percent, ceiling: row.ceiling, minutes: row.minutes },
    ...{ valid_from: row.valid_from, valid_to: row.valid_to, state: row.state },
    provider: { id: row.provider, name: row.provider_name ?? row.provider },
    customer: { id: row.external_id, name: customerName(row) },
    minutesUsed: row.minutes_used,
    campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign_name ?? '' },
    automation: row.automation_id,
    givenBy: row.given_by,
    discount: uses.reduce((sum, { discount }) => sum + discount, 0),
    bookings: uses.map(({ booking }) => booking),
    createdAt: row.created_at,
    usedAt: row.used_at,
  }
}
