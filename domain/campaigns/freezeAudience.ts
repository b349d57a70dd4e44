import type { Sql } from '../customers/sql.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { reserveRewards } from '../rewards/reserveRewards.ts'
import { momentIn } from '../segments/moment.ts'
import { readSettings, type Settings } from '../settings/readSettings.ts'
import { awaitApproval, isApproved } from './approval.ts'
import type { AbTest } from './choices.ts'
import { type Audience, type Criteria, resolveCriteria } from './criteria.ts'
import { giveBackSlot } from './loyalty/giveBackSlot.ts'
import { holdSlot } from './loyalty/holdSlot.ts'
import { queueDeliveries } from './queueDeliveries.ts'
import { type Held, verdictsSql } from './verdicts.ts'

type Campaign = Held & {
  name: string
  state: string
  criteria: string
  send_at: Date | null
  undo_until: Date | null
  spread_minutes: number | null
  ab_test: string | null
}

/**
 * Fixes who gets a campaign: the audience with everybody who was asked for and why some are left out, and one queued
 * delivery for each recipient. Set-based and in one transaction; a second call finds the audience and does nothing, so
 * does one for a campaign that was cancelled or paused before, or whose time has not come. Afterwards the campaign is
 * `sending`; or `awaiting_approval`, when it has grown to more customers than one person may write to; or `failed`, when
 * the segment or provider that it names is gone, or the week in which it begins has its loyalty mailing already.
 */
export async function freezeAudience(db: Database, campaign: number, now: Date): Promise<void> {
  const settings = await readSettings(db)
  try {
    await freezeOnce(db, campaign, settings, now)
  } catch (error) {
    if (error instanceof TooMany) {
      await transact(db, (trx) => stopGrown(trx, campaign, error.recipients, now))
      return
    }
    if (!(error instanceof Problem)) throw error
    const sql =
      "UPDATE campaigns SET state = 'failed', failure = ?, finished_at = ? WHERE id = ? AND state <> 'cancelled'"
    await transact(db, async (trx) => {
      await execute(trx, sql, [failureOf(error).slice(0, 500), now, campaign])
      await giveBackSlot(trx, campaign)
    })
  }
}

/** Why a campaign came to nothing: a code that pages say in the reader's language, with the words behind it. */
function failureOf({ message, mistakes, extra }: Problem): string {
  if (typeof extra.next_on === 'string') return `week_taken: ${extra.next_on}`
  const path = mistakes[0]?.path ?? ''
  const code = path.endsWith('/segment') ? 'no_segment' : path.endsWith('/provider') ? 'no_provider' : null
  return code === null ? message : `${code}: ${message}`
}

/** Takes back what was frozen of a campaign that nobody approved and that goes to more than one person may write to. */
class TooMany extends Error {
  readonly recipients: number
  constructor(recipients: number) {
    super('More recipients than one person may write to')
    this.recipients = recipients
  }
}

async function freezeOnce(db: Database, campaign: number, settings: Settings, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    const sql = `SELECT name, state, criteria, send_at, undo_until, spread_minutes, seed, holdout, ab_test
      FROM campaigns WHERE id = ? FOR UPDATE`
    const [row] = await rows<Campaign>(trx, sql, [campaign])
    if (row === undefined || !isDue(row, now)) return
    await holdSlot(trx, campaign, now)
    await freeze(trx, campaign, row, settings, now)
    await execute(trx, "UPDATE campaigns SET state = 'sending', started_at = ? WHERE id = ?", [now, campaign])
  })
}

/** The workflow asks when the time has come; an edit may have put it off since. */
function isDue({ state, send_at, undo_until }: Campaign, now: Date): boolean {
  const from = Math.max(send_at?.getTime() ?? 0, undo_until?.getTime() ?? 0)
  return (state === 'preparing' || state === 'scheduled') && from <= now.getTime()
}

async function freeze(trx: Database, campaign: number, row: Campaign, settings: Settings, now: Date): Promise<void> {
  const existing = await rows(trx, 'SELECT id FROM audiences WHERE campaign_id = ?', [campaign])
  if (existing.length > 0) return
  const audience = await resolveCriteria(trx, fromJson<Criteria>(row.criteria) ?? {})
  const verdicts = verdictsSql(audience, settings.mailUnknownConsent, row)
  const [id = 0] = await trx('audiences').insert({
    campaign_id: campaign,
    name: row.name,
    type: audience.channel,
    criteria: row.criteria,
    total: 0,
    left_out: '{}',
    created_at: now,
    ...(await ruleNow(trx, audience)),
  })
  await execute(
    trx,
    `INSERT INTO audience_contacts (audience_id, customer_id, left_out)
     SELECT ?, w.customer_id, w.reason FROM (${verdicts.sql}) w WHERE w.customer_id IS NOT NULL`,
    [id, ...verdicts.bindings],
  )
  const strangers = 'customers' in audience.source ? await countStrangers(trx, verdicts) : 0
  const recipients = await writeCounts(trx, id, strangers)
  if (settings.approvalAbove !== null && recipients > settings.approvalAbove && !(await isApproved(trx, campaign))) {
    throw new TooMany(recipients)
  }
  const { seed, spread_minutes: spreadMinutes } = row
  const abTest = fromJson<AbTest>(row.ab_test)
  const { channel } = audience
  await queueDeliveries(trx, { campaign, audience: id, channel, recipients, seed, spreadMinutes, abTest }, now)
  await reserveRewards(trx, campaign, momentIn(settings.timeZone, now).today, now)
}

/** The rule that made the audience, kept as it is now: the segment's may change, or go. */
async function ruleNow(trx: Database, { source }: Audience): Promise<Record<string, unknown>> {
  if (!('segmentId' in source)) return {}
  const sql = 'SELECT `key`, name, rule, version FROM segments WHERE id = ?'
  const [segment] = await rows<{ key: string; name: string; rule: string; version: number }>(trx, sql, [
    source.segmentId,
  ])
  if (segment === undefined) return {}
  const { key, name, rule, version } = segment
  return { segment_key: key, segment_name: name, rule, rule_version: version }
}

/** Picked ids that nobody has: they can't be in the table of contacts, but were asked for. */
async function countStrangers(trx: Database, verdicts: Sql): Promise<number> {
  const sql = `SELECT COUNT(*) AS strangers FROM (${verdicts.sql}) w WHERE w.customer_id IS NULL`
  const [row] = await rows<{ strangers: number }>(trx, sql, verdicts.bindings)
  return row?.strangers ?? 0
}

/** @returns how many get it */
async function writeCounts(trx: Database, audience: number, strangers: number): Promise<number> {
  const counts = await rows<{ reason: string | null; count: number }>(
    trx,
    'SELECT left_out AS reason, COUNT(*) AS count FROM audience_contacts WHERE audience_id = ? GROUP BY left_out',
    [audience],
  )
  const leftOut: Record<string, number> = strangers > 0 ? { unknown_customer: strangers } : {}
  let total = strangers
  let recipients = 0
  for (const { reason, count } of counts) {
    total += count
    if (reason === null) recipients = count
    else leftOut[reason] = (leftOut[reason] ?? 0) + count
  }
  await execute(trx, 'UPDATE audiences SET total = ?, left_out = ? WHERE id = ?', [
    total,
    JSON.stringify(leftOut),
    audience,
  ])
  return recipients
}

async function stopGrown(trx: Database, campaign: number, recipients: number, now: Date): Promise<void> {
  const sql = 'SELECT state FROM campaigns WHERE id = ? FOR UPDATE'
  const [row] = await rows<{ state: string }>(trx, sql, [campaign])
  if (row?.state !== 'preparing' && row?.state !== 'scheduled') return
  await awaitApproval(trx, campaign, recipients, now)
}
