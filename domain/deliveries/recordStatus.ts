import { type Database, execute, rows } from '../database.ts'
import { heedBounces } from '../feedback/heedBounces.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { classOfRefusal } from './bounce.ts'
import { insertEvents } from './events.ts'
import { markDelivered } from './markDelivered.ts'
import { markSteps } from './markSteps.ts'

/** What a telephone network or a gateway says later about a message it took; `gone`: there is no such number. */
export type LateStatus = { state: 'delivered' } | { state: 'failed'; reason: string; gone?: boolean | undefined }

/**
 * Takes note of what became of a message after it was taken over. In any order, any number of times: what has arrived
 * has arrived, and a second note of the same changes nothing.
 *
 * @returns whether the message is ours
 */
export async function recordStatus(db: Database, messageId: string, status: LateStatus, now: Date): Promise<boolean> {
  return transact(db, async (trx) => {
    const sql = 'SELECT id, state FROM deliveries WHERE message_id = ? FOR UPDATE'
    const found = await rows<{ id: number; state: string }>(trx, sql, [messageId])
    if (status.state === 'delivered') await markDelivered(trx, messageId, now)
    else
      await fail(
        trx,
        found.filter(isUnderway).map(({ id }) => id),
        { reason: status.reason.slice(0, 1_000), gone: status.gone === true },
        now,
      )
    return found.length > 0
  })
}

const isUnderway = ({ state }: { state: string }) => ['sending', 'sent', 'unconfirmed'].includes(state)

async function fail(
  trx: Database,
  ids: readonly number[],
  { reason, gone }: { reason: string; gone: boolean },
  now: Date,
): Promise<void> {
  if (ids.length === 0) return
  const bounceClass = classOfRefusal(reason, gone)
  await execute(
    trx,
    `UPDATE deliveries SET state = 'bounced', reason = ?, bounce_class = ?, bounced_at = ?, claim = NULL
     WHERE id IN (${ids.map(() => '?').join(', ')})`,
    [reason, bounceClass, now, ...ids],
  )
  await insertEvents(
    trx,
    ids.map((delivery) => ({ delivery, type: 'bounced' as const, detail: { reason, class: bounceClass } })),
    now,
  )
  await heedBounces(
    trx,
    ids.map((delivery) => ({ delivery, bounceClass, words: reason })),
    now,
  )
  await settleRewards(trx, ids, now)
  await markSteps(trx, ids, now)
}
