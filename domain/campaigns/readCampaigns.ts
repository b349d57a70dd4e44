import type { Knex } from 'knex'
import { type Database, fromJson, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { Problem } from '../errors.ts'
import { type CampaignReward, campaignRewards } from '../rewards/readRewards.ts'
import { type AbResult, readAbResult } from './abTest.ts'
import type { AbTest, Variant } from './choices.ts'
import type { Expected } from './countVerdicts.ts'
import type { LeftOutReason } from './leftOut.ts'

type Kind = 'one_off' | 'loyalty'
type CampaignState =
  | 'draft'
  | 'awaiting_approval'
  | 'scheduled'
  | 'preparing'
  | 'sending'
  | 'paused'
  | 'sent'
  | 'cancelled'
  | 'failed'

/** A campaign with its progress. `total` = `sent` + `failed` + `unconfirmed` + `cancelled` + what is still to send. */
export type Campaign = {
  id: number
  name: string
  kind: Kind
  channel: ChannelName
  state: CampaignState
  segment: { id: string; name: string } | null
  provider: { id: string; name: string } | null
  reward: CampaignReward | null
  subject: string
  /** What the message was made of; null when it was written for this campaign. */
  template: SentTemplate | null
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
  /** Until then it can be taken back and nothing of it was prepared. */
  undoUntil: Date | null
  /** When it was cancelled: how many messages a mail server was just being given. */
  notStopped: number | null
  spreadMinutes: number | null
  holdout: number
  abTest: Comparison | null
  createdBy: string | null
  editedBy: string | null
  /** Grows with every edit. */
  revision: number
  approval: { by: string; at: Date } | null
  /** The frozen audience. */
  audience: number | null
  sendAt: Date | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

/** Two messages compared, as far as it has come. */
type Comparison = AbTest & {
  decideAt: Date | null
  winner: Variant | null
  decidedAt: Date | null
  decidedBy: string | null
  variants: {
    variant: Variant
    subject: string
    template: SentTemplate | null
    recipients: number
    opened: number
    clicked: number
  }[]
}

/** A template and which of its versions; it stands whatever becomes of the template. */
type SentTemplate = { id: string; name: string; version: number }

type Row = {
  id: number
  name: string
  kind: Kind
  channel: ChannelName
  state: CampaignState
  segment_key: string | null
  segment_name: string | null
  provider: string | null
  provider_name: string | null
  reward: string | null
  subject: string
  left_out: string | null
  failure: string | null
  audience: number | null
  expected: string | null
  undo_until: Date | null
  not_stopped: number | null
  spread_minutes: number | null
  holdout: number
  ab_test: string | null
  ab_sizes: string | null
  ab_decide_at: Date | null
  ab_winner: Variant | null
  ab_result: string | null
  ab_decided_at: Date | null
  ab_decided_by: string | null
  second_subject: string | null
  template_id: string | null
  template_version: number | null
  template_name: string | null
  second_template: string | null
  second_version: number | null
  second_name: string | null
  created_by: string | null
  edited_by: string | null
  revision: number
  approved_by: string | null
  approved_at: Date | null
  send_at: Date | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

/**
 * Campaigns, newest first; all, or those of one kind, of a provider, or made of a template.
 *
 * @param before the id of the last one of the page before
 */
export async function listCampaigns(
  db: Database,
  { limit, before, kind, states, providerId, template }: CampaignQuery,
): Promise<Campaign[]> {
  const parts = ['m.id < ?']
  const bindings: Knex.RawBinding[] = [before ?? Number.MAX_SAFE_INTEGER]
  const narrow = (sql: string, value: string | number | undefined) => {
    if (value === undefined) return
    parts.push(sql)
    bindings.push(value)
  }
  // the steps of automations are shown with them
  if (kind === undefined) parts.push("m.kind <> 'automation'")
  narrow('m.kind = ?', kind)
  if (states !== undefined && states.length > 0) {
    parts.push(`m.state IN (${states.map(() => '?').join(', ')})`)
    bindings.push(...states)
  }
  narrow('m.provider_id = ?', providerId)
  if (template !== undefined) {
    parts.push('(m.template_id = ? OR v.template_id = ?)')
    bindings.push(template, template)
  }
  return select(db, parts.join(' AND '), [...bindings, limit])
}

type CampaignQuery = {
  limit: number
  before: number | null
  kind?: Kind | undefined
  /** In one of these states. */
  states?: readonly CampaignState[] | undefined
  providerId?: number | undefined
  /** Made of this template, in one of its messages. */
  template?: string | undefined
}

/**
 * One campaign. Before its audience is frozen, `total` and `leftOut` are as last counted (`refreshExpected`).
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
       p.external_id AS provider, COALESCE(p.name, p.external_id) AS provider_name, m.reward, a.id AS audience, a.left_out, m.failure, m.expected, m.undo_until, m.not_stopped, m.spread_minutes, m.holdout,
       m.ab_test, m.ab_sizes, m.ab_decide_at, m.ab_winner, m.ab_result, m.ab_decided_at, m.ab_decided_by,
       v.subject AS second_subject, m.template_id, m.template_version, t.name AS template_name,
       v.template_id AS second_template, v.template_version AS second_version, t2.name AS second_name, m.created_by, m.edited_by, m.revision, m.approved_by, m.approved_at,
       m.send_at, m.created_at, m.started_at, m.finished_at
     FROM campaigns m LEFT JOIN segments s ON s.id = m.segment_id LEFT JOIN providers p ON p.id = m.provider_id
       LEFT JOIN audiences a ON a.campaign_id = m.id
       LEFT JOIN campaign_variants v ON v.campaign_id = m.id AND v.variant = 'b'
       LEFT JOIN templates t ON t.\`key\` = m.template_id LEFT JOIN templates t2 ON t2.\`key\` = v.template_id
     WHERE ${where} ORDER BY m.id DESC LIMIT ?`,
    bindings,
  )
  const progress = await readProgress(
    db,
    found.map(({ id }) => id),
  )
  const rewards = await campaignRewards(db, found)
  return Promise.all(
    found.map(async (row) => ({
      ...(await toCampaign(db, row, progress.get(row.id) ?? {})),
      reward: rewards.get(row.id) ?? null,
    })),
  )
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

async function toCampaign(db: Database, row: Row, progress: Progress): Promise<Omit<Campaign, 'reward'>> {
  const of = (...states: string[]) => states.reduce((sum, state) => sum + (progress[state] ?? 0), 0)
  const expected = row.left_out === null && isToCome(row) ? fromJson<Expected>(row.expected) : null
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    channel: row.channel,
    state: row.state,
    segment: row.segment_key === null ? null : { id: row.segment_key, name: row.segment_name ?? row.segment_key },
    provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
    subject: row.subject,
    template: toTemplate(row.template_id, row.template_name, row.template_version),
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
    leftOut: readLeftOut(expected?.left_out ?? fromJson(row.left_out)),
    failure: row.failure,
    undoUntil: row.undo_until,
    notStopped: row.not_stopped,
    spreadMinutes: row.spread_minutes,
    holdout: row.holdout,
    abTest: await toComparison(db, row),
    createdBy: row.created_by,
    editedBy: row.edited_by,
    revision: row.revision,
    approval:
      row.approved_by === null || row.approved_at === null ? null : { by: row.approved_by, at: row.approved_at },
    audience: row.audience,
    sendAt: row.send_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

/** Nothing of it was prepared yet, and it may still go. */
const isToCome = ({ state }: Row) => ['draft', 'awaiting_approval', 'scheduled', 'preparing', 'paused'].includes(state)

/** What became of the two messages; once it is decided, what the decision was made from. */
async function toComparison(db: Database, row: Row): Promise<Comparison | null> {
  const abTest = fromJson<AbTest>(row.ab_test)
  if (abTest === null) return null
  const sizes = fromJson<Record<Variant, number>>(row.ab_sizes)
  const result = fromJson<AbResult>(row.ab_result) ?? (sizes === null ? null : await readAbResult(db, row.id))
  const messages = {
    a: { subject: row.subject, template: toTemplate(row.template_id, row.template_name, row.template_version) },
    b: {
      subject: row.second_subject ?? row.subject,
      template: toTemplate(row.second_template, row.second_name, row.second_version),
    },
  }
  return {
    ...abTest,
    decideAt: row.ab_decide_at,
    winner: row.ab_winner,
    decidedAt: row.ab_decided_at,
    decidedBy: row.ab_decided_by,
    variants: (['a', 'b'] as const).map((variant) => ({
      variant,
      ...messages[variant],
      recipients: sizes?.[variant] ?? 0,
      opened: result?.[variant].opened ?? 0,
      clicked: result?.[variant].clicked ?? 0,
    })),
  }
}

const toTemplate = (id: string | null, name: string | null, version: number | null): SentTemplate | null =>
  id === null || version === null ? null : { id, name: name ?? id, version }

function readLeftOut(counts: Partial<Record<LeftOutReason, number>> | null): Campaign['leftOut'] {
  return Object.entries(counts ?? {}).map(([reason, count]) => ({ reason: reason as LeftOutReason, count }))
}
