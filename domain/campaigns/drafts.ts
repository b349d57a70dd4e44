import { type Database, execute, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { nextRevision, refuseOther } from '../drafts.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'

/** A campaign that somebody is writing, as lists show it. Each person has drafts of their own. */
export type DraftSummary = {
  name: string
  channel: ChannelName
  /** How it begins. */
  title: string
  /** Whom it goes to, in words, and how many that were when they were picked. */
  label: string
  customers: number
  /** Another one with every keeping. */
  revision: number
  updatedAt: Date
}

/** {@link DraftSummary} with what the page works on, as text: nothing on this side reads it. */
export type CampaignDraft = DraftSummary & { choice: string; content: string }

/** Whose draft, and under which name. */
export type DraftKey = { user: number; name: string }

/** What is kept; without `choice`, `label` and `customers` those of the draft that is there stand. */
export type DraftChange = {
  channel: ChannelName
  title: string
  content: string
  to?: { choice: string; label: string; customers: number } | undefined
  /** The draft that the caller has seen and means to replace; null when they saw none. */
  revision: number | null
}

/** More than anybody works on; each of them is looked through in a list. */
const MOST = 300

type SummaryRow = {
  name: string
  channel: ChannelName
  title: string
  label: string
  customers: number
  revision: number
  kept_at: Date
}

const SUMMARY = 'name, channel, title, label, customers, CAST(revision AS SIGNED) AS revision, kept_at'

/** The drafts of a person, the one written on last first. */
export async function listDrafts(db: Database, user: number): Promise<DraftSummary[]> {
  const found = await rows<SummaryRow>(
    db,
    `SELECT ${SUMMARY} FROM campaign_drafts WHERE user_id = ? ORDER BY kept_at DESC, name LIMIT ${MOST}`,
    [user],
  )
  return found.map(toSummary)
}

/** @throws Problem `not_found` when there is none of this name */
export async function readDraft(db: Database, { user, name }: DraftKey): Promise<CampaignDraft> {
  const draft = await findDraft(db, { user, name })
  if (draft === null) throw new Problem('not_found', `There is no draft ${name}`)
  return draft
}

/**
 * Keeps a draft.
 *
 * @throws Problem `conflict` with the draft that is there when it is another one than was seen; `invalid` when a new one
 *   does not say whom it goes to, or there are 300 already
 */
export function keepDraft(
  db: Database,
  { user, name }: DraftKey,
  change: DraftChange,
  now: Date,
): Promise<{ revision: number; updatedAt: Date }> {
  return transact(db, async (trx) => {
    // one person at a time: two new drafts of one name would both see none
    await rows(trx, 'SELECT id FROM users WHERE id = ? FOR UPDATE', [user])
    const stored = await findDraft(trx, { user, name })
    refuseOther(stored, change.revision, shownDraft)
    if (stored === null) await requireRoom(trx, user)
    const to = change.to ?? stored
    if (to === null) {
      const message = 'A new draft says whom it goes to'
      throw new Problem('invalid', message, [{ path: '/choice', message }])
    }
    const revision = nextRevision(stored, now)
    await execute(
      trx,
      `REPLACE INTO campaign_drafts (user_id, name, channel, title, label, customers, choice, content, revision, kept_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [...[user, name, change.channel, change.title, to.label, to.customers, to.choice, change.content], revision, now],
    )
    return { revision, updatedAt: now }
  })
}

/**
 * Throws a draft away; when there is none, nothing happens.
 *
 * @param revision of the draft that is meant; without one it is whichever is there
 * @throws Problem `conflict` with the draft that is there when it has been changed since
 */
export function discardDraft(db: Database, { user, name }: DraftKey, revision: number | undefined): Promise<void> {
  return transact(db, async (trx) => {
    const stored = await findDraft(trx, { user, name }, 'FOR UPDATE')
    if (stored !== null && revision !== undefined) refuseOther(stored, revision, shownDraft)
    await dropDraft(trx, { user, name })
  })
}

/** Deletes a draft in the transaction that makes a campaign of it: it is one or the other, never both. */
export async function dropDraft(trx: Database, { user, name }: DraftKey): Promise<void> {
  await execute(trx, 'DELETE FROM campaign_drafts WHERE user_id = ? AND name = ?', [user, name])
}

async function findDraft(db: Database, { user, name }: DraftKey, lock = ''): Promise<CampaignDraft | null> {
  const sql = `SELECT ${SUMMARY}, choice, content FROM campaign_drafts WHERE user_id = ? AND name = ? ${lock}`
  const [row] = await rows<SummaryRow & { choice: string; content: string }>(db, sql, [user, name])
  return row === undefined ? null : { ...toSummary(row), choice: row.choice, content: row.content }
}

async function requireRoom(trx: Database, user: number): Promise<void> {
  const sql = 'SELECT COUNT(*) AS count FROM campaign_drafts WHERE user_id = ?'
  const [row] = await rows<{ count: number }>(trx, sql, [user])
  if ((row?.count ?? 0) < MOST) return
  const message = `There are ${MOST} drafts already: send or discard some`
  throw new Problem('invalid', message, [{ path: '', message }])
}

/** A draft as HTTP shows it. */
export const shownDraft = ({ choice, content, ...summary }: CampaignDraft) => ({
  ...shownSummary(summary),
  choice: JSON.parse(choice) as Record<string, unknown>,
  content: JSON.parse(content) as Record<string, unknown>,
})

/** A draft in a list as HTTP shows it. */
export const shownSummary = ({ updatedAt, ...rest }: DraftSummary) => ({ ...rest, updated_at: updatedAt.toISOString() })

const toSummary = ({ kept_at, ...rest }: SummaryRow): DraftSummary => ({ ...rest, updatedAt: kept_at })
