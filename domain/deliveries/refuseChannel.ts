import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import type { ChannelName } from './channels/channel.ts'
import { insertEvents } from './events.ts'
import { ownReason } from './ownReasons.ts'

/** How many messages at a time. */
const CHUNK = 1_000

/**
 * Nobody has set up a campaign's channel: it has failed. The messages of a step of an automation fail one by one, so that
 * those who stand for them do not stand there unseen, and can be helped once the channel is there; its campaign goes on.
 */
export async function refuseChannel(
  db: Database,
  campaign: { id: number; kind: string; channel: ChannelName },
  now: Date,
): Promise<void> {
  const reason = ownReason('no_channel', campaign.channel)
  if (campaign.kind !== 'automation') {
    const sql = "UPDATE campaigns SET state = 'failed', failure = ?, finished_at = ? WHERE id = ? AND state = 'sending'"
    await execute(db, sql, [reason, now, campaign.id])
    return
  }
  for (;;) {
    const failed = await transact(db, async (trx) => {
      const found = await rows<{ id: number }>(
        trx,
        `SELECT id FROM deliveries WHERE campaign_id = ? AND state = 'queued' AND due_at <= ? ORDER BY id LIMIT ${CHUNK}
         FOR UPDATE`,
        [campaign.id, now],
      )
      const ids = found.map(({ id }) => id)
      if (ids.length === 0) return 0
      await execute(trx, "UPDATE deliveries SET state = 'failed', reason = ? WHERE id IN (?)", [reason, ids])
      await settleRewards(trx, ids, now)
      await insertEvents(
        trx,
        ids.map((delivery) => ({ delivery, type: 'failed', detail: { reason } })),
        now,
      )
      return ids.length
    })
    if (failed < CHUNK) return
  }
}
