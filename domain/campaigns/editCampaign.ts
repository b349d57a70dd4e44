import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { CAMPAIGN } from '../temporal.ts'
import { noteAct } from './acts.ts'
import { undoUntil } from './createCampaign.ts'
import { type DraftKey, dropDraft } from './drafts.ts'
import { firstState, type Order, type Prepared, prepareCampaign, storeMessages } from './prepareCampaign.ts'

type Edit = {
  by: string | null
  /** The revision that was edited. */
  seen: number
  undoSeconds: number
  /** The draft that it was edited in, which goes in the same step. */
  draft?: DraftKey | null | undefined
}

type Row = { state: string; kind: string; revision: number; approved_by: string | null }

/** The states in which nothing of a campaign is prepared yet. */
const EDITABLE = ['draft', 'scheduled', 'awaiting_approval']

/**
 * Puts another order in the place of a campaign of which nothing is prepared yet. An approval that was given holds no
 * longer, whatever was changed. The caller hands the outbox over and wakes the workflow afterwards.
 *
 * @throws Problem `not_found`; `invalid` as for a new one; `conflict` when it is under way or has ended, was edited since,
 *   or is a loyalty mailing, whose slot in the week belongs to what was ordered
 */
export async function editCampaign(db: Database, campaign: number, order: Order, edit: Edit, now: Date): Promise<void> {
  const prepared = await prepareCampaign(db, order, now)
  if (prepared.slot !== null) throw new Problem('conflict', 'Make a loyalty mailing anew: this campaign is none')
  await transact(db, async (trx) => {
    const sql = 'SELECT state, kind, revision, approved_by FROM campaigns WHERE id = ? FOR UPDATE'
    const [row] = await rows<Row>(trx, sql, [campaign])
    if (row === undefined) throw new Problem('not_found', `There is no campaign ${campaign}`)
    checkEditable(row, edit.seen)
    await write(trx, campaign, prepared, edit, now)
    if (edit.draft != null) await dropDraft(trx, edit.draft)
    await noteAct(trx, campaign, { act: 'edited', at: now, by: edit.by })
    if (row.approved_by !== null) {
      const detail = { approved_by: row.approved_by }
      await noteAct(trx, campaign, { act: 'approval_voided', at: now, by: edit.by, detail })
    }
    if (prepared.needsApproval) {
      const detail = { recipients: prepared.expected.total }
      await noteAct(trx, campaign, { act: 'approval_needed', at: now, by: null, detail })
      return
    }
    const workflow = { workflowId: CAMPAIGN.id(campaign), workflowType: CAMPAIGN.type, args: [campaign] }
    await enqueueWorkflow(trx, workflow, now)
  })
}

function checkEditable(row: Row, seen: number): void {
  if (row.kind === 'loyalty') throw new Problem('conflict', 'A loyalty mailing is cancelled and made anew, not edited')
  if (!EDITABLE.includes(row.state)) {
    throw new Problem('conflict', `The campaign is ${row.state}; only one that is still to be prepared can be edited`)
  }
  if (row.revision !== seen) throw new Problem('conflict', 'Somebody else edited the campaign since you opened it')
}

async function write(trx: Database, campaign: number, prepared: Prepared, edit: Edit, now: Date): Promise<void> {
  const state = firstState(prepared)
  await trx('campaigns')
    .where({ id: campaign })
    .update({
      ...prepared.columns,
      state,
      undo_until: state === 'preparing' ? undoUntil(edit.undoSeconds, now) : null,
      edited_by: edit.by,
      edited_at: now,
      approved_by: null,
      approved_at: null,
      approved_hash: null,
    })
  await execute(trx, 'UPDATE campaigns SET revision = revision + 1 WHERE id = ?', [campaign])
  await storeMessages(trx, campaign, prepared)
}
