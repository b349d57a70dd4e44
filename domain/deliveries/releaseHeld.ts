import { type Database, execute, rows } from '../database.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { CAMPAIGN } from '../temporal.ts'

const CHUNK = 5_000

/** Why a message may be held that other settings would let go. */
export type HoldReason = 'quiet_hours' | 'frequency_cap' | 'rate_limit'

/**
 * Lets messages be looked at again that were held for reasons that hold no longer: their claim decides anew. In chunks,
 * campaign by campaign. The caller hands the outbox over afterwards.
 */
export async function releaseHeld(db: Database, reasons: readonly HoldReason[], now: Date): Promise<void> {
  if (reasons.length === 0) return
  const sending = await rows<{ id: number }>(db, "SELECT id FROM campaigns WHERE state = 'sending'")
  for (const { id } of sending) {
    let released = 0
    for (let chunk = CHUNK; chunk === CHUNK; released += chunk) {
      chunk = await transact(db, (trx) => releaseChunk(trx, id, reasons, now))
    }
    if (released === 0) continue
    await enqueueWorkflow(db, { workflowId: CAMPAIGN.id(id), workflowType: CAMPAIGN.type, args: [id] }, now)
  }
}

function releaseChunk(trx: Database, campaign: number, reasons: readonly HoldReason[], now: Date): Promise<number> {
  const marks = reasons.map(() => '?').join(', ')
  return execute(
    trx,
    `UPDATE deliveries SET due_at = ?, reason = NULL
     WHERE campaign_id = ? AND state = 'queued' AND due_at > ? AND reason IN (${marks}) LIMIT ${CHUNK}`,
    [now, campaign, now, ...reasons],
  )
}
