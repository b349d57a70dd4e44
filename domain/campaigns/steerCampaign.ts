import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'

type Row = { state: string; send_at: Date | null; frozen: number }

/**
 * Stops a campaign for good. From the moment this returns nothing more of it is claimed; at most the batch that was
 * claimed before is still on its way. What is queued is cleared by the workflow.
 *
 * @throws Problem `not_found`, or `conflict` when it has ended already
 */
export const cancelCampaign = (db: Database, campaign: number, now: Date): Promise<void> =>
  steer(db, campaign, (row) => {
    if (row.state === 'cancelled') return null
    if (!isOpen(row)) throw new Problem('conflict', `The campaign has ended (${row.state}); there is nothing to cancel`)
    return { state: 'cancelled', finished_at: now }
  })

/**
 * Holds a campaign: nothing more of it is claimed until it is resumed.
 *
 * @throws Problem `not_found`, or `conflict` when it has ended already
 */
export const pauseCampaign = (db: Database, campaign: number): Promise<void> =>
  steer(db, campaign, (row) => {
    if (row.state === 'paused') return null
    if (!isOpen(row)) throw new Problem('conflict', `The campaign has ended (${row.state}); there is nothing to pause`)
    return { state: 'paused' }
  })

/**
 * Goes on with a paused campaign.
 *
 * @throws Problem `not_found`, or `conflict` when it isn't paused
 */
export const resumeCampaign = (db: Database, campaign: number, now: Date): Promise<void> =>
  steer(db, campaign, (row) => {
    if (row.state !== 'paused') throw new Problem('conflict', `The campaign is not paused, it is ${row.state}`)
    if (row.frozen === 1) return { state: 'sending' }
    return { state: row.send_at !== null && row.send_at > now ? 'scheduled' : 'preparing' }
  })

const isOpen = (row: Row) => ['scheduled', 'preparing', 'sending', 'paused'].includes(row.state)

/** Changes the state under the row's lock, which a claim in progress shares: it ends first, the next one sees the change. */
async function steer(
  db: Database,
  campaign: number,
  decide: (row: Row) => { state: string; finished_at?: Date } | null,
): Promise<void> {
  await db.transaction(async (trx) => {
    const [row] = await rows<Row>(
      trx,
      `SELECT state, send_at, EXISTS (SELECT 1 FROM audiences a WHERE a.campaign_id = campaigns.id) AS frozen
       FROM campaigns WHERE id = ? FOR UPDATE`,
      [campaign],
    )
    if (row === undefined) throw new Problem('not_found', `There is no campaign ${campaign}`)
    const change = decide(row)
    if (change === null) return
    await execute(trx, 'UPDATE campaigns SET state = ?, finished_at = ? WHERE id = ?', [
      change.state,
      change.finished_at ?? null,
      campaign,
    ])
  })
}
