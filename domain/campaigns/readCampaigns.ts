import type { Knex } from 'knex'
import { type Database, fromJson, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'
import { type Criteria, resolveCriteria } from './criteria.ts'
import type { LeftOutReason } from './leftOut.ts'
import { preflight } from './preflight.ts'

type CampaignState = 'draft' | 'scheduled' | 'preparing' | 'sending' | 'paused' | 'sent' | 'cancelled' | 'failed'

/** A campaign with its progress. `total` = `sent` + `failed` + `unconfirmed` + `cancelled` + what is still to send. */
export type Campaign = {
  id: number
  name: string
  kind: 'one_off' | 'loyalty'
  channel: ChannelName
  state: CampaignState
  segment: { id: string; name: string } | null
  subject: string
  total: number
  /** Taken over by a mail server, whatever happened then. */
  sent: number
  delivered: number
  opened: number
  clicked: number
  bounced: number
  /** Bounced or given up. */
  failed: number
  unconfirmed: number
  cancelled: number
  leftOut: { reason: LeftOutReason; count: number }[]
  failure: string | null
  sendAt: Date | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

type Row = {
  id: number
  name: string
  kind: 'one_off' | 'loyalty'
  channel: ChannelName
  state: CampaignState
  segment_key: string | null
  segment_name: string | null
  subject: string
  criteria: string
  left_out: string | null
  failure: string | null
  send_at: Date | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

/**
 * Campaigns, newest first.
 *
 * @param before the id of the last one of the page before
 */
export async function listCampaigns(
  db: Database,
  { limit, before }: { limit: number; before: number | null },
): Promise<Campaign[]> {
  return select(db, 'm.id < ?', [before ?? Number.MAX_SAFE_INTEGER, limit])
}

/**
 * One campaign.
 *
 * @throws Problem `not_found`
 */
export async function getCampaign(db: Database, id: number): Promise<Campaign> {
  const [campaign] = await select(db, 'm.id = ?', [id, 1])
  if (campaign === undefined) throw new Problem('not_found', `There is no campaign ${id}`)
  return campaign
}

async function select(db: Database, where: string, bindings: readonly Knex.RawBinding[]): Promise<Campaign[]> {
  const found = await rows<Row>(
    db,
    `SELECT m.id, m.name, m.kind, m.channel, m.state, s.\`key\` AS segment_key, s.name AS segment_name, m.subject,
       m.criteria, a.left_out, m.failure, m.send_at, m.created_at, m.started_at, m.finished_at
     FROM campaigns m LEFT JOIN segments s ON s.id = m.segment_id LEFT JOIN audiences a ON a.campaign_id = m.id
     WHERE ${where} ORDER BY m.id DESC LIMIT ?`,
    bindings,
  )
  const progress = await readProgress(
    db,
    found.map(({ id }) => id),
  )
  return Promise.all(found.map((row) => toCampaign(db, row, progress.get(row.id) ?? {})))
}

type Progress = { [state: string]: number }

/** How many deliveries are in each state, and how many were opened and clicked; all from indexes. */
async function readProgress(db: Database, ids: readonly number[]): Promise<Map<number, Progress>> {
  const progress = new Map<number, Progress>()
  if (ids.length === 0) return progress
  const marks = ids.map(() => '?').join(', ')
  const states = await rows<{ campaign_id: number; state: string; count: number }>(
    db,
    `SELECT campaign_id, state, COUNT(*) AS count FROM deliveries WHERE campaign_id IN (${marks})
     GROUP BY campaign_id, state`,
    ids,
  )
  const visits = await rows<{ campaign_id: number; opened: number; clicked: number }>(
    db,
    `SELECT campaign_id, COUNT(opened_at) AS opened, COUNT(clicked_at) AS clicked FROM deliveries
     WHERE campaign_id IN (${marks}) AND (opened_at IS NOT NULL OR clicked_at IS NOT NULL) GROUP BY campaign_id`,
    ids,
  )
  for (const { campaign_id, state, count } of states) {
    progress.set(campaign_id, { ...progress.get(campaign_id), [state]: count })
  }
  for (const { campaign_id, opened, clicked } of visits) {
    progress.set(campaign_id, { ...progress.get(campaign_id), opened, clicked })
  }
  return progress
}

async function toCampaign(db: Database, row: Row, progress: Progress): Promise<Campaign> {
  const of = (...states: string[]) => states.reduce((sum, state) => sum + (progress[state] ?? 0), 0)
  const frozen = row.left_out !== null
  const expected = !frozen && (row.state === 'preparing' || row.state === 'scheduled') ? await expect(db, row) : null
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    channel: row.channel,
    state: row.state,
    segment: row.segment_key === null ? null : { id: row.segment_key, name: row.segment_name ?? row.segment_key },
    subject: row.subject,
    total:
      expected?.total ?? of('queued', 'sending', 'unconfirmed', 'sent', 'delivered', 'bounced', 'failed', 'cancelled'),
    sent: of('sent', 'delivered'),
    delivered: of('delivered'),
    opened: of('opened'),
    clicked: of('clicked'),
    bounced: of('bounced'),
    failed: of('bounced', 'failed'),
    unconfirmed: of('unconfirmed'),
    cancelled: of('cancelled'),
    leftOut: expected?.leftOut ?? readLeftOut(row.left_out),
    failure: row.failure,
    sendAt: row.send_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

/** Before the audience is frozen: who would get it now. Null when its segment or provider is gone. */
async function expect(db: Database, row: Row): Promise<{ total: number; leftOut: Campaign['leftOut'] } | null> {
  try {
    const now = await preflight(db, await resolveCriteria(db, fromJson<Criteria>(row.criteria) ?? {}))
    return { total: now.recipients, leftOut: now.leftOut.map(({ reason, count }) => ({ reason, count })) }
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function readLeftOut(column: string | null): Campaign['leftOut'] {
  const counts = fromJson<Partial<Record<LeftOutReason, number>>>(column) ?? {}
  return Object.entries(counts).map(([reason, count]) => ({ reason: reason as LeftOutReason, count }))
}
