import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { startWorker } from '../../activities/startWorker.ts'
import { wakeCohorts } from '../../domain/automations/wakeCohorts.ts'
import { type Database, rows } from '../../domain/database.ts'
import type { Channel } from '../../domain/deliveries/channels/channel.ts'
import type { Channels } from '../../domain/deliveries/channels/index.ts'
import { dispatchOutbox } from '../../domain/outbox/dispatchOutbox.ts'
import { enqueueWorkflow } from '../../domain/outbox/enqueueWorkflow.ts'
import { startWorkflow } from '../../domain/outbox/startWorkflow.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { CAMPAIGN, LIFECYCLE, SEGMENT_UPKEEP, TASK_QUEUE } from '../../domain/temporal.ts'
import { atTime } from '../../rules/automations/instants.ts'
import { dayOf } from '../../rules/time.ts'
import { DUE_AT } from './automations.ts'
import { keepHistory } from './histories.ts'
import type { Clock } from './playCampaign.ts'
import { createNamespace, temporalAddress } from './temporal.ts'
import { until } from './until.ts'

/** A worker with a clock that only a test moves, on a real Temporal server, in a namespace of its own. */
export async function startLifecycles(
  db: Database,
  {
    clock,
    channel,
    short = { sms: null, push: null },
  }: { clock: Clock; channel: Channel; short?: Pick<Channels, 'sms' | 'push'> },
) {
  const namespace = await createNamespace()
  const address = temporalAddress()
  const worker = await startWorker({
    db,
    channels: { email: channel, ...short },
    publicUrl: 'http://studio.test',
    clock: () => clock.now,
    privateWebhooks: true,
    temporal: { connection: { address }, namespace, taskQueue: TASK_QUEUE },
    bundles: join(import.meta.dirname, '../../.local/cache'),
    onTrouble: (error) => console.warn(String(error)),
  })
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace })

  /** What the worker does every two seconds; who looks on does not wait for it. */
  const handOver = () => dispatchOutbox(db, (row) => startWorkflow(client, TASK_QUEUE, row, { labelled: true }))

  /** Everybody who has something to do is told to look; then waits until nothing is left to be done at this instant. */
  const settle = async () => {
    const today = dayOf(clock.now, (await readSettings(db)).timeZone)
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
    for (const { id } of sending) await start(CAMPAIGN.id(id), CAMPAIGN.type, [id])
    await start(SEGMENT_UPKEEP.id, SEGMENT_UPKEEP.type, [])
    await until(async () => {
      await handOver()
      return isQuiet(db, clock.now, today)
    }, 120_000)
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
        const next = await nextInstant(db, clock.now)
        if (next === null || next > end) break
        clock.now = next
      }
      if (clock.now < end) {
        clock.now = end
        await settle()
      }
    },
    /** The history of a cohort's workflow, once that has come to its end; kept under a name when somebody asks for it. */
    historyOf: async (cohort: number, name: string) => {
      const handle = client.workflow.getHandle(LIFECYCLE.id(cohort))
      await until(async () => {
        await handOver()
        return (await handle.describe()).status.name === 'COMPLETED'
      })
      const history = await handle.fetchHistory()
      keepHistory(name, history)
      return history
    },
    stop: async () => {
      await worker.stop()
      await connection.close()
    },
  }
}

/** When something is due next after an instant, also a day that begins where the business is; null when nothing is. */
async function nextInstant(db: Database, now: Date): Promise<Date | null> {
  const { timeZone } = await readSettings(db)
  const [row] = await rows<{ at: Date | null; day: string | null }>(
    db,
    `SELECT (SELECT MIN(x.at) FROM (${DUE_AT}) x WHERE x.at > ?) AS at,
       (SELECT MIN(flip_on) FROM relationships WHERE flip_on > ?) AS day`,
    [now, dayOf(now, timeZone)],
  )
  const day = row?.day ?? null
  const [next] = [row?.at ?? null, day === null ? null : atTime(day, '00:00', timeZone)]
    .filter((at) => at !== null)
    .sort((one, other) => one.getTime() - other.getTime())
  return next ?? null
}

/** Nothing is due, nobody can act, and Temporal has been told everything: seen twice, so that it is no moment between two. */
async function isQuiet(db: Database, now: Date, today: string): Promise<boolean> {
  for (let looks = 0; looks < 2; looks++) {
    const [row] = await rows<{ open: number }>(
      db,
      `SELECT (SELECT COUNT(*) FROM (${DUE_AT}) x WHERE x.at <= ?)
         + (SELECT COUNT(*) FROM relationships WHERE flip_on <= ?)
         + (SELECT COUNT(*) FROM enrolments e JOIN automations a ON a.id = e.automation_id AND a.state = 'live'
            WHERE e.state = 'active' AND e.stands IN ('ready', 'heard') AND e.due_at IS NULL)
         + (SELECT COUNT(*) FROM dirty_relationships) + (SELECT COUNT(*) FROM workflow_outbox)
         + (SELECT COUNT(*) FROM deliveries WHERE state = 'sending') AS open`,
      [now, today],
    )
    if (Number(row?.open ?? 1) > 0) return false
    await new Promise((done) => setTimeout(done, 40))
  }
  return true
}
