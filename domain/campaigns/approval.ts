import { createHash } from 'node:crypto'
import type { User } from '../access/users.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { CAMPAIGN } from '../temporal.ts'
import { noteAct } from './acts.ts'
import { undoUntil } from './createCampaign.ts'

type Approver = Pick<User, 'email' | 'role'>
type Row = {
  state: string
  revision: number
  created_by: string | null
  edited_by: string | null
  send_at: Date | null
}

/**
 * Lets a campaign go that waited for a second person. Who made it, or edited it last, can't; nor can somebody who has
 * not seen it as it is now. The caller hands the outbox over afterwards.
 *
 * @param seen the revision that the approver looked at
 * @throws Problem `not_found`; `forbidden` for its maker, for providers and for programs; `conflict` when it doesn't wait
 *   for approval or was edited since
 */
export async function approveCampaign(
  db: Database,
  campaign: number,
  { by, seen, undoSeconds }: { by: Approver | null; seen: number; undoSeconds: number },
  now: Date,
): Promise<void> {
  if (by === null) throw new Problem('forbidden', 'A person has to approve it, with their own account')
  if (by.role === 'provider') throw new Problem('forbidden', 'Only an admin or a manager may approve a campaign')
  await db.transaction(async (trx) => {
    const sql = 'SELECT state, revision, created_by, edited_by, send_at FROM campaigns WHERE id = ? FOR UPDATE'
    const [row] = await rows<Row>(trx, sql, [campaign])
    if (row === undefined) throw new Problem('not_found', `There is no campaign ${campaign}`)
    if (row.state !== 'awaiting_approval') {
      throw new Problem('conflict', `The campaign doesn’t wait for approval, it is ${row.state}`)
    }
    const own = [row.created_by, row.edited_by].some((email) => email?.toLowerCase() === by.email.toLowerCase())
    if (own) throw new Problem('forbidden', 'Somebody else has to approve it: you wrote it')
    if (row.revision !== seen) throw new Problem('conflict', 'The campaign was edited since you looked at it')
    const later = row.send_at !== null && row.send_at > now
    await execute(
      trx,
      `UPDATE campaigns SET state = ?, undo_until = ?, approved_by = ?, approved_at = ?, approved_hash = ? WHERE id = ?`,
      [
        later ? 'scheduled' : 'preparing',
        later ? null : undoUntil(undoSeconds, now),
        by.email,
        now,
        await contentHash(trx, campaign),
        campaign,
      ],
    )
    await noteAct(trx, campaign, { act: 'approved', at: now, by: by.email, detail: { revision: seen } })
    const workflow = { workflowId: CAMPAIGN.id(campaign), workflowType: CAMPAIGN.type, args: [campaign] }
    await enqueueWorkflow(trx, workflow, now)
  })
}

/** Whether a campaign is what somebody approved, to the letter. */
export async function isApproved(trx: Database, campaign: number): Promise<boolean> {
  const sql = 'SELECT approved_hash FROM campaigns WHERE id = ?'
  const [row] = await rows<{ approved_hash: Buffer | null }>(trx, sql, [campaign])
  const approved = row?.approved_hash ?? null
  return approved?.equals(await contentHash(trx, campaign)) ?? false
}

/** Sends a campaign that turned out larger than one person may send back to wait for a second one. */
export async function awaitApproval(trx: Database, campaign: number, recipients: number, now: Date): Promise<void> {
  const sql = `UPDATE campaigns SET state = 'awaiting_approval', undo_until = NULL,
    approved_by = NULL, approved_at = NULL, approved_hash = NULL WHERE id = ?`
  await execute(trx, sql, [campaign])
  await noteAct(trx, campaign, { act: 'approval_needed', at: now, by: null, detail: { recipients } })
}

/** What an approval is about: everything that decides what is sent, to whom and when. */
async function contentHash(trx: Database, campaign: number): Promise<Buffer> {
  const hash = createHash('sha256')
  const own = `SELECT kind, channel, provider_id, criteria, subject, document, html, text, send_at, spread_minutes, seed,
    holdout, ab_test, reward FROM campaigns WHERE id = ?`
  const other = `SELECT variant, subject, document, html, text FROM campaign_variants WHERE campaign_id = ?
    ORDER BY variant`
  const answers = 'SELECT survey, question, answer, label FROM campaign_answers WHERE campaign_id = ? ORDER BY position'
  const links = 'SELECT url FROM campaign_links WHERE campaign_id = ? ORDER BY position'
  for (const sql of [own, other, answers, links]) hash.update(JSON.stringify(await rows<object>(trx, sql, [campaign])))
  return hash.digest()
}
