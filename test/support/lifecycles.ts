import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { startWorker } from '../../activities/startWorker.ts'
import { wakeCohorts } from '../../domain/automations/wakeCohorts.ts'
import { type Database, rows } from '../../domain/database.ts'
import type { Channel } from '../../domain/deliveries/channels/channel.ts'
import { enqueueWorkflow } from '../../domain/outbox/enqueueWorkflow.ts'
import { SEGMENT_UPKEEP, TASK_QUEUE } from '../../domain/temporal.ts'
import { DUE, nextDue } from './automations.ts'
import type { Clock } from './playCampaign.ts'
import { createNamespace, temporalAddress } from './temporal.ts'
import { until } from './until.ts'

/** A worker with a clock that only a test moves, on a real Temporal server, in a namespace of its own. */
export async function startLifecycles(db: Database, { clock, channel }: { clock: Clock; channel: Channel }) {
  const namespace = await createNamespace()
  const address = temporalAddress()
  const worker = await startWorker({
    db,
    channels: { email: channel, sms: null, push: null },
    publicUrl: 'http://studio.test',
    clock: () => clock.now,
    privateWebhooks: true,
    temporal: { address, namespace, taskQueue: TASK_QUEUE },
    bundles: await mkdtemp(join(tmpdir(), 'perennial-bundle-')),
    onTrouble: (error) => console.warn(String(error)),
  })
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace })

  /** Everybody who has something to do is told to look; then waits until nothing is left to be done at this instant. */
  const settle = async () => {
    const cohorts = await rows<{ id: number }>(db, 'SELECT id FROM cohorts WHERE ended_at IS NULL')
    const sending = await rows<{ id: number }>(
      db,
      `SELECT DISTINCT campaign_id AS id FROM deliveries WHERE state = 'queued' AND due_at <= ?`,
      [clock.now],
    )
    await wakeCohorts(
      db,
      cohorts.map(({ id }) => id),
      clock.now,
    )
    const start = (workflowId: string, workflowType: string, args: number[]) =>
      enqueueWorkflow(db, { workflowId, workflowType, args }, clock.now)
    for (const { id } of sending) await start(`campaign-${id}`, 'campaign', [id])
    await start(SEGMENT_UPKEEP.id, SEGMENT_UPKEEP.type, [])
    await until(() => isQuiet(db, clock.now), 120_000)
  }

  return {
    client,
    namespace,
    /**
     * Jumps with the clock from one instant at which something is due to the next one, up to an instant, or until nobody
     * is inside any more.
     */
    playUntil: async (end: Date, { whileInside = false } = {}) => {
      for (let jumps = 0; jumps < 200; jumps++) {
        await settle()
        const inside = await rows(db, "SELECT 1 FROM enrolments WHERE state = 'active' LIMIT 1")
        if (whileInside && jumps > 0 && inside.length === 0) return
        const next = await nextDue(db, clock.now)
        if (next === null || next > end) break
        clock.now = next
      }
      clock.now = end
      await settle()
    },
    stop: async () => {
      await worker.stop()
      await connection.close()
    },
  }
}

/** Nothing is due, nobody can act, and Temporal has been told everything: seen twice, so that it is no moment between two. */
async function isQuiet(db: Database, now: Date): Promise<boolean> {
  for (let looks = 0; looks < 2; looks++) {
    const [row] = await rows<{ open: number }>(
      db,
      `SELECT (SELECT COUNT(*) FROM (${DUE}) x WHERE x.at <= ?)
         + (SELECT COUNT(*) FROM enrolments e JOIN automations a ON a.id = e.automation_id AND a.state = 'live'
            WHERE e.state = 'active' AND e.stands IN ('ready', 'heard') AND e.due_at IS NULL)
         + (SELECT COUNT(*) FROM dirty_relationships) + (SELECT COUNT(*) FROM workflow_outbox)
         + (SELECT COUNT(*) FROM deliveries WHERE state = 'sending') AS open`,
      [now],
    )
    if (Number(row?.open ?? 1) > 0) return false
    await new Promise((done) => setTimeout(done, 100))
  }
  return true
}
