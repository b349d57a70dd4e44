import type { Database } from '../database.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { CAMPAIGN } from '../temporal.ts'
import { noteAct } from './acts.ts'
import { type DraftKey, dropDraft } from './drafts.ts'
import { takeSlot } from './loyalty/slots.ts'
import { firstState, type Order, prepareCampaign, storeMessages } from './prepareCampaign.ts'

export type NewCampaign = Order & {
  /** The address of whoever made it, for the record. */
  createdBy: string | null
  /** For how many seconds a campaign that goes out at once can be taken back before anything of it is prepared. */
  undoSeconds?: number | undefined
  /** The draft that it was written in, which goes in the same step. */
  draft?: DraftKey | null | undefined
}

/**
 * Checks and compiles a message and stores it as a campaign, together with the order to start its workflow: either both
 * stand or neither. One to more customers than the settings allow a single person waits for somebody else's approval, and
 * its workflow is started by that. A loyalty mailing takes the slot of its week. The caller hands the outbox over afterwards.
 *
 * @returns the id of the campaign
 * @throws Problem `invalid` with the path of each mistake in the content, the criteria, the reward or the choices;
 *   `conflict` when the week has its loyalty mailing already
 */
export async function createCampaign(db: Database, campaign: NewCampaign, now: Date): Promise<number> {
  const { createdBy, undoSeconds = 0, draft = null } = campaign
  const prepared = await prepareCampaign(db, campaign, now)
  const state = firstState(prepared)
  return transact(db, async (trx) => {
    const [id = 0] = await trx('campaigns').insert({
      ...prepared.columns,
      state,
      undo_until: state === 'preparing' ? undoUntil(undoSeconds, now) : null,
      created_by: createdBy,
      created_at: now,
    })
    if (prepared.slot !== null) await takeSlot(trx, prepared.slot.clientele, id, prepared.slot.sendsAt)
    await storeMessages(trx, id, prepared)
    if (draft !== null) await dropDraft(trx, draft)
    await noteAct(trx, id, { act: 'made', at: now, by: createdBy })
    if (state === 'awaiting_approval') {
      const detail = { recipients: prepared.expected.total }
      await noteAct(trx, id, { act: 'approval_needed', at: now, by: null, detail })
    } else {
      await enqueueWorkflow(trx, { workflowId: CAMPAIGN.id(id), workflowType: CAMPAIGN.type, args: [id] }, now)
    }
    return id
  })
}

/** The instant until which a campaign can be taken back; null when there is no such window. */
export const undoUntil = (seconds: number, now: Date): Date | null =>
  seconds === 0 ? null : new Date(now.getTime() + seconds * 1_000)
