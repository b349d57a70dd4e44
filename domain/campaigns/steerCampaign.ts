import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { noteAct } from './acts.ts'
import { giveBackSlot } from './loyalty/giveBackSlot.ts'

type Row = { state: string; send_at: Date | null; undo_until: Date | null; frozen: number }

/** Who does it, for the record: the address of a person or the name of an API key. */
type By = string | null

/**
 * Stops a campaign for good. From the moment this returns nothing more of it is claimed; at most the batch that was
 * claimed before is still on its way, and how many that are is noted. What is queued is cleared by the workflow.
 *
 * @throws Problem `not_found`, or `conflict` when it has ended already
 */
export const cancelCampaign = (db: Database, campaign: number, now: Date, by: By = null): Promise<void> =>
  steer(db, campaign, { act: 'cancelled', at: now, by }, (row) => {
    if (row.state === 'cancelled') return null
    if (!isOpen(row)) throw new Problem('conflict', `The campaign has ended (${row.state}); there is nothing to cancel`)
    return { state: 'cancelled', finished_at: now }
  })

/**
 * Holds a campaign: nothing more of it is claimed until it is resumed.
 *
 * @throws Problem `not_found`, or `conflict` when it has ended already
 */
export const pauseCampaign = (db: Database, campaign: number, now: Date, by: By = null): Promise<void> =>
  steer(db, campaign, { act: 'paused', at: now, by }, (row) => {
    if (row.state === 'paused') return null
    if (row.state === 'awaiting_approval')
      throw new Problem('conflict', 'The campaign waits for approval; it does not run')
    if (!isOpen(row)) throw new Problem('conflict', `The campaign has ended (${row.state}); there is nothing to pause`)
    return { state: 'paused' }
  })

/**
 * Goes on with a paused campaign.
 *
 * @throws Problem `not_found`, or `conflict` when it isn't paused
 */
export const resumeCampaign = (db: Database, campaign: number, now: Date, by: By = null): Promise<void> =>
  steer(db, campaign, { act: 'resumed', at: now, by }, (row) => {
    if (row.state !== 'paused') throw new Problem('conflict', `The campaign is not paused, it is ${row.state}`)
    if (row.frozen === 1) return { state: 'sending' }
    return { state: row.send_at !== null && row.send_at > now ? 'scheduled' : 'preparing' }
  })

const isOpen = (row: Row) =>
  ['draft', 'awaiting_approval', 'scheduled', 'preparing', 'sending', 'paused'].includes(row.state)

/** Changes the state under the row's lock, which a claim in progress shares: it ends first, the next one sees the change. */
async function steer(
  db: Database,
  campaign: number,
  noted: { act: 'paused' | 'resumed' | 'cancelled'; at: Date; by: By },
  decide: (row: Row) => { state: string; finished_at?: Date } | null,
): Promise<void> {
  await transact(db, async (trx) => {
    const [row] = await rows<Row>(
      trx,
      `SELECT state, send_at, undo_until, EXISTS (SELECT 1 FROM audiences a WHERE a.campaign_id = campaigns.id) AS frozen
       FROM campaigns WHERE id = ? FOR UPDATE`,
      [campaign],
    )
    if (row === undefined) throw new Problem('not_found', `There is no campaign ${campaign}`)
    const change = decide(row)
    if (change === null) return
    const notStopped = change.state === 'cancelled' ? await countUnderWay(trx, campaign) : null
    await execute(trx, 'UPDATE campaigns SET state = ?, finished_at = ?, not_stopped = ? WHERE id = ?', [
      change.state,
      change.finished_at ?? null,
      notStopped,
      campaign,
    ])
    await giveBackSlot(trx, campaign)
    await noteAct(trx, campaign, noted)
  })
}

/** Messages that a mail server is being given at this moment: they can't be called back. */
async function countUnderWay(trx: Database, campaign: number): Promise<number> {
  const sql = "SELECT COUNT(*) AS count FROM deliveries WHERE campaign_id = ? AND state = 'sending'"
  const [row] = await rows<{ count: number }>(trx, sql, [campaign])
  return row?.count ?? 0
}
