import type { Knex } from 'knex'
import { type Database, fromJson, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'
import { escapeLike } from '../escapeLike.ts'

/** The frozen list that a campaign goes to. */
export type Audience = {
  id: number
  name: string
  type: ChannelName
  campaign: { id: number; name: string; state: string }
  createdAt: Date
  /** When its campaign began to be sent, or is planned to. */
  launchedAt: Date | null
  /** Everybody who was asked for. */
  requested: number
  /** Those who get it: asked for, not left out, not taken out by hand since. */
  customers: number
  leftOut: { reason: string; count: number }[]
  removed: number
}

type Row = {
  id: number
  name: string
  type: ChannelName
  campaign_id: number
  campaign_name: string
  campaign_state: string
  created_at: Date
  started_at: Date | null
  send_at: Date | null
  total: number
  left_out: string
  removed: number
}

/**
 * Audiences, newest first.
 *
 * @param page.before the id of the last one of the page before
 * @param page.text the beginning of a name
 * @param page.own only those of this provider's campaigns; null for all
 */
export function listAudiences(
  db: Database,
  page: { limit: number; before: number | null; text?: string | undefined; own?: number | null },
): Promise<Audience[]> {
  const { limit, before, text = '', own = null } = page
  return select(db, "a.id < ? AND a.name LIKE ? ESCAPE '!' AND (? IS NULL OR m.provider_id = ?)", [
    before ?? Number.MAX_SAFE_INTEGER,
    `${escapeLike(text)}%`,
    own,
    own,
    limit,
  ])
}

/**
 * One audience.
 *
 * @throws Problem `not_found`
 */
export async function getAudience(db: Database, id: number): Promise<Audience> {
  const [audience] = await select(db, 'a.id = ?', [id, 1])
  if (audience === undefined) throw new Problem('not_found', `There is no audience ${id}`)
  return audience
}

async function select(db: Database, where: string, bindings: readonly Knex.RawBinding[]): Promise<Audience[]> {
  const found = await rows<Row>(
    db,
    `SELECT a.id, a.name, a.type, a.campaign_id, m.name AS campaign_name, m.state AS campaign_state, a.created_at,
       m.started_at, m.send_at, a.total, a.left_out, a.removed
     FROM audiences a JOIN campaigns m ON m.id = a.campaign_id WHERE ${where} ORDER BY a.id DESC LIMIT ?`,
    bindings,
  )
  return found.map(toAudience)
}

function toAudience(row: Row): Audience {
  const counts = Object.entries(fromJson<Record<string, number>>(row.left_out) ?? {})
  const leftOut = counts.map(([reason, count]) => ({ reason, count }))
  const left = leftOut.reduce((sum, { count }) => sum + count, 0)
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    campaign: { id: row.campaign_id, name: row.campaign_name, state: row.campaign_state },
    createdAt: row.created_at,
    launchedAt: row.started_at ?? row.send_at,
    requested: row.total,
    customers: row.total - left - row.removed,
    leftOut,
    removed: row.removed,
  }
}
