import { type Database, rows } from '../database.ts'

/**
 * What waits for somebody:
 * - `failed_steps`: customers stand at a step of an automation that failed;
 * - `unconfirmed`: messages of which nobody can say whether they were taken;
 * - `own_fault`: messages that came back in the last week for our own configuration;
 * - `approval`: a mailing that waits for a second person;
 * - `failed_mailing`: one that came to nothing in the last week;
 * - `paused`: one that somebody has paused.
 */
export type AttentionKind = 'failed_steps' | 'unconfirmed' | 'own_fault' | 'approval' | 'failed_mailing' | 'paused'

export type Attention = {
  kind: AttentionKind
  /** Customers or messages. */
  count: number
  /** Of the automation, else of the campaign. */
  id: string
  name: string
}

/** Of each kind so many are named, those with most first. */
const NAMED = 5
const WEEK = 7 * 86_400_000

/**
 * Who or what needs somebody's attention, the most urgent kind first.
 *
 * @param providerId only what is this provider's; the whole business's when null
 */
export async function readAttention(db: Database, providerId: number | null, now: Date): Promise<Attention[]> {
  const lately = new Date(now.getTime() - WEEK)
  const found = await Promise.all([
    providerId === null ? failedSteps(db) : [],
    messages(db, providerId, "d.state = 'unconfirmed'", 'unconfirmed'),
    messages(db, providerId, "d.state = 'bounced' AND d.bounce_class = 'configuration'", 'own_fault', lately),
    campaigns(db, providerId, 'awaiting_approval', 'approval'),
    campaigns(db, providerId, 'failed', 'failed_mailing', lately),
    campaigns(db, providerId, 'paused', 'paused'),
  ])
  return found.flat()
}

/** An automation's index begins with its id: each is looked up in it, nothing is read through. */
async function failedSteps(db: Database): Promise<Attention[]> {
  const found = await rows<{ id: string; name: string; count: number }>(
    db,
    `SELECT x.id, x.name, x.count FROM (
       SELECT a.\`key\` AS id, a.name, (SELECT COUNT(*) FROM enrolments e
         WHERE e.automation_id = a.id AND e.state = 'active' AND e.stands = 'failed') AS count
       FROM automations a WHERE a.archived_at IS NULL) x
     WHERE x.count > 0 ORDER BY x.count DESC LIMIT ?`,
    [NAMED],
  )
  return found.map((one) => ({ kind: 'failed_steps', ...one }))
}

/**
 * Campaigns that have messages of a kind, by the index of their states.
 *
 * @param since only of campaigns that were still being sent then
 */
async function messages(
  db: Database,
  providerId: number | null,
  which: string,
  kind: AttentionKind,
  since?: Date,
): Promise<Attention[]> {
  const found = await rows<{ id: number; name: string; count: number }>(
    db,
    `SELECT x.id, x.name, x.count FROM (
       SELECT m.id, m.name, (SELECT COUNT(*) FROM deliveries d
         WHERE d.campaign_id = m.id AND ${which} AND NOT d.test ${since === undefined ? '' : 'AND d.queued_at >= ?'}) AS count
       FROM campaigns m WHERE m.state NOT IN ('draft', 'awaiting_approval', 'scheduled')
         ${providerId === null ? '' : 'AND m.provider_id = ?'}
         ${since === undefined ? '' : 'AND (m.finished_at IS NULL OR m.finished_at >= ?)'}) x
     WHERE x.count > 0 ORDER BY x.count DESC LIMIT ?`,
    [
      ...(since === undefined ? [] : [since]),
      ...(providerId === null ? [] : [providerId]),
      ...(since === undefined ? [] : [since]),
      NAMED,
    ],
  )
  return found.map(({ id, name, count }) => ({ kind, id: String(id), name, count }))
}

async function campaigns(
  db: Database,
  providerId: number | null,
  state: string,
  kind: AttentionKind,
  since?: Date,
): Promise<Attention[]> {
  const found = await rows<{ id: number; name: string; count: number }>(
    db,
    `SELECT m.id, m.name, COALESCE(a.total, 0) AS count FROM campaigns m LEFT JOIN audiences a ON a.campaign_id = m.id
     WHERE m.state = ? AND m.kind <> 'automation' ${providerId === null ? '' : 'AND m.provider_id = ?'}
       ${since === undefined ? '' : 'AND COALESCE(m.finished_at, m.started_at, m.created_at) >= ?'}
     ORDER BY m.id DESC LIMIT ?`,
    [state, ...(providerId === null ? [] : [providerId]), ...(since === undefined ? [] : [since]), NAMED],
  )
  return found.map(({ id, name, count }) => ({ kind, id: String(id), name, count }))
}
