import { takeArrivals } from '../automations/entering/takeArrivals.ts'
import { takeDates } from '../automations/entering/takeDates.ts'
import { readAgenda } from '../automations/readAgenda.ts'
import { type ActiveKind, runStep } from '../automations/runStep.ts'
import { ACTABLE } from '../automations/standing.ts'
import { wakeCohorts } from '../automations/wakeCohorts.ts'
import { type Database, execute, rows } from '../database.ts'
import type { Channel } from '../deliveries/channels/channel.ts'
import { deliverDue } from '../deliveries/deliverDue.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { refreshSegments } from '../segments/refreshSegments.ts'
import { CAMPAIGN } from '../temporal.ts'

/** What a lived instant works with: mail is handed to a server that is only played. */
export type Living = { now: Date; email: Channel; publicUrl: string }

/** Brings segments up to an instant and lets those enter automations who may. */
export async function refreshAt(trx: Database, now: Date): Promise<void> {
  await refreshSegments(trx, now)
  await takeDates(trx, now)
  await takeArrivals(trx, now)
}

/** Does what automations have to do at an instant, as their workflows would: steps whose time has come, and their messages. */
export async function actAt(trx: Database, living: Living): Promise<void> {
  const { now, email } = living
  for (;;) {
    const cohorts = await rows<{ id: number }>(
      trx,
      `SELECT DISTINCT e.cohort_id AS id FROM enrolments e WHERE e.state = 'active' AND ${ACTABLE} ORDER BY e.cohort_id`,
      [now],
    )
    for (const { id } of cohorts) {
      for (const { step, kind } of (await readAgenda(trx, id, now)).now) {
        const parts = { email, clock: () => now, privateWebhooks: false, stop: () => false }
        await runStep(trx, kind as ActiveKind, { cohort: id, step }, parts)
      }
    }
    const campaigns = await rows<{ id: number }>(
      trx,
      `SELECT DISTINCT d.campaign_id AS id FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
       WHERE d.state = 'queued' AND d.due_at <= ? AND c.state = 'sending' ORDER BY d.campaign_id`,
      [now],
    )
    for (const { id } of campaigns) await deliver(trx, id, living)
    if (cohorts.length + campaigns.length === 0) return
  }
}

/** Hands over what is due of a campaign. @param most ends after about so many messages */
export async function deliver(
  trx: Database,
  campaign: number,
  { now, email, publicUrl }: Living,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  let sent = 0
  const counting: Channel = {
    ...email,
    send: (message) => {
      sent += 1
      return email.send(message)
    },
  }
  const channels = { email: counting, sms: null, push: null }
  await deliverDue(trx, campaign, { channels, publicUrl, clock: () => now, stop: () => sent >= most })
}

/**
 * Leaves to the worker what goes on after the filling: cohorts with somebody inside, and campaigns that have not ended.
 * Of all that was enqueued on the way nothing else is to be done.
 */
export async function handOver(trx: Database, now: Date): Promise<void> {
  await execute(trx, 'DELETE FROM workflow_outbox')
  const cohorts = await rows<{ id: number }>(
    trx,
    "SELECT DISTINCT cohort_id AS id FROM enrolments WHERE state = 'active' AND cohort_id IS NOT NULL ORDER BY id",
  )
  await wakeCohorts(
    trx,
    cohorts.map(({ id }) => id),
    now,
  )
  const open = await rows<{ id: number }>(trx, "SELECT id FROM campaigns WHERE state = 'paused'")
  for (const { id } of open) {
    await enqueueWorkflow(trx, { workflowId: CAMPAIGN.id(id), workflowType: CAMPAIGN.type, args: [id] }, now)
  }
}
