import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { enqueueWorkflow } from '../../outbox/enqueueWorkflow.ts'
import { transact } from '../../retry.ts'
import type { Pair } from '../../segments/markDirty.ts'
import { SEGMENT_UPKEEP } from '../../temporal.ts'
import { readVersion } from '../definition.ts'
import { insertArrivals } from '../hear.ts'

/** The longest time over which many enter, in minutes: two weeks. */
export type Enrolling = { pairs: readonly Pair[]; cause: string; spreadMinutes?: number | undefined }

/**
 * Lets customers enter because somebody says so: as if its trigger had caught them now, one after the other over a time.
 * Whom it holds for, who is inside already and who was lately is decided when their turn comes. The caller hands the outbox
 * over.
 *
 * @throws Problem `not_found`; `conflict` when the automation is not live
 */
export const enrol = (
  db: Database,
  automationId: number,
  { pairs, cause, spreadMinutes = 0 }: Enrolling,
  now: Date,
): Promise<void> =>
  transact(db, async (trx) => {
    const [row] = await rows<{ state: string; version: number }>(
      trx,
      'SELECT state, version FROM automations WHERE id = ? LOCK IN SHARE MODE',
      [automationId],
    )
    if (row === undefined) throw new Problem('not_found', 'There is no such automation')
    if (row.state !== 'live') throw new Problem('conflict', `Nobody can enter: the automation is ${row.state}`)
    const { definition } = await readVersion(trx, automationId, row.version)
    const between = (spreadMinutes * 60_000) / Math.max(pairs.length, 1)
    await insertArrivals(
      trx,
      automationId,
      pairs.map(({ providerId, customerId }, n) => [
        definition.scope === 'business' ? 0 : providerId,
        customerId,
        cause,
        new Date(now.getTime() + Math.floor(n * between)),
      ]),
      now,
    )
    await enqueueWorkflow(trx, { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }, now)
  })
