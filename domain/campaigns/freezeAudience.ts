import type { Sql } from '../customers/sql.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { readSettings } from '../settings/readSettings.ts'
import { type Criteria, resolveCriteria } from './criteria.ts'
import { verdictsSql } from './verdicts.ts'

type Campaign = { name: string; state: string; criteria: string }

/**
 * Fixes who gets a campaign: the audience with everybody who was asked for and why some are left out, and one queued
 * delivery for each recipient. Set-based and in one transaction; a second call finds the audience and does nothing, so
 * does one for a campaign that was cancelled or paused before. Afterwards the campaign is `sending`; or `failed`, when
 * the segment or provider that it names is gone.
 */
export async function freezeAudience(db: Database, campaign: number, now: Date): Promise<void> {
  const { mailUnknownConsent } = await readSettings(db)
  try {
    await freezeOnce(db, campaign, mailUnknownConsent, now)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const sql =
      "UPDATE campaigns SET state = 'failed', failure = ?, finished_at = ? WHERE id = ? AND state <> 'cancelled'"
    await execute(db, sql, [error.message.slice(0, 500), now, campaign])
  }
}

async function freezeOnce(db: Database, campaign: number, mailUnknownConsent: boolean, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    const sql = 'SELECT name, state, criteria FROM campaigns WHERE id = ? FOR UPDATE'
    const [row] = await rows<Campaign>(trx, sql, [campaign])
    if (row === undefined || (row.state !== 'preparing' && row.state !== 'scheduled')) return
    await freeze(trx, campaign, row, mailUnknownConsent, now)
    await execute(trx, "UPDATE campaigns SET state = 'sending', started_at = ? WHERE id = ?", [now, campaign])
  })
}

async function freeze(
  trx: Database,
  campaign: number,
  row: Campaign,
  mailUnknownConsent: boolean,
  now: Date,
): Promise<void> {
  const existing = await rows(trx, 'SELECT id FROM audiences WHERE campaign_id = ?', [campaign])
  if (existing.length > 0) return
  const audience = await resolveCriteria(trx, fromJson<Criteria>(row.criteria) ?? {})
  const verdicts = verdictsSql(audience, mailUnknownConsent)
  const [id = 0] = await trx('audiences').insert({
    campaign_id: campaign,
    name: row.name,
    type: audience.channel,
    criteria: row.criteria,
    total: 0,
    left_out: '{}',
    created_at: now,
  })
  await execute(
    trx,
    `INSERT INTO audience_contacts (audience_id, customer_id, left_out)
     SELECT ?, w.customer_id, w.reason FROM (${verdicts.sql}) w WHERE w.customer_id IS NOT NULL`,
    [id, ...verdicts.bindings],
  )
  await execute(
    trx,
    `INSERT INTO deliveries (campaign_id, customer_id, channel, address, state, due_at, queued_at)
     SELECT ?, a.customer_id, ?, ${addressSql(audience.channel)}, 'queued', ?, ?
     FROM audience_contacts a JOIN customers c ON c.id = a.customer_id
     WHERE a.audience_id = ? AND a.left_out IS NULL ORDER BY a.customer_id`,
    [campaign, audience.channel, now, now, id],
  )
  const strangers = 'customers' in audience.source ? await countStrangers(trx, verdicts) : 0
  await writeCounts(trx, id, strangers)
}

/** Picked ids that nobody has: they can't be in the table of contacts, but were asked for. */
async function countStrangers(trx: Database, verdicts: Sql): Promise<number> {
  const sql = `SELECT COUNT(*) AS strangers FROM (${verdicts.sql}) w WHERE w.customer_id IS NULL`
  const [row] = await rows<{ strangers: number }>(trx, sql, verdicts.bindings)
  return row?.strangers ?? 0
}

async function writeCounts(trx: Database, audience: number, strangers: number): Promise<void> {
  const counts = await rows<{ reason: string | null; count: number }>(
    trx,
    'SELECT left_out AS reason, COUNT(*) AS count FROM audience_contacts WHERE audience_id = ? GROUP BY left_out',
    [audience],
  )
  const leftOut: Record<string, number> = strangers > 0 ? { unknown_customer: strangers } : {}
  let total = strangers
  for (const { reason, count } of counts) {
    total += count
    if (reason !== null) leftOut[reason] = (leftOut[reason] ?? 0) + count
  }
  await execute(trx, 'UPDATE audiences SET total = ?, left_out = ? WHERE id = ?', [
    total,
    JSON.stringify(leftOut),
    audience,
  ])
}
