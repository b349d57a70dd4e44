import { dayOf } from '../../../rules/time.ts'
import { type Database, execute } from '../../database.ts'
import { addressSql } from '../../deliveries/addressSql.ts'
import { enqueueWorkflow } from '../../outbox/enqueueWorkflow.ts'
import { reserveRewards } from '../../rewards/reserveRewards.ts'
import { readSettings } from '../../settings/readSettings.ts'
import { CAMPAIGN } from '../../temporal.ts'
import type { Doing, StepOf } from '../act.ts'
import type { Version } from '../definition.ts'
import type { Standing } from '../standing.ts'
import { stepCampaign } from '../stepCampaign.ts'

/**
 * Queues a message for each, once for every turn, and hands them to the workflow of the step's campaign. They stand here
 * until what becomes of it is known; who may not be written to is told apart when it is claimed, and goes on.
 */
export const send: Doing<'send'> = async (trx, { version, step, whom }, now) => {
  for (const providerId of new Set(whom.map((who) => who.providerId))) {
    const theirs = whom.filter((who) => who.providerId === providerId)
    await queue(trx, version, step, { providerId, whom: theirs }, now)
  }
  return []
}

async function queue(
  trx: Database,
  version: Version,
  step: StepOf<'send'>,
  { providerId, whom }: { providerId: number; whom: readonly Standing[] },
  now: Date,
): Promise<void> {
  const campaign = await stepCampaign(trx, version, step, providerId, now)
  const ids = whom.map(({ id }) => id)
  await execute(
    trx,
    `INSERT IGNORE INTO deliveries (campaign_id, customer_id, channel, address, template_id, automation_id, enrolment_id,
       turn, state, due_at, queued_at)
     SELECT t.id, e.customer_id, t.channel, COALESCE(${addressSql(step.send.channel)}, ''), t.template_id, ?, e.id, e.turn,
       'queued', ?, ?
     FROM enrolments e JOIN customers c ON c.id = e.customer_id JOIN campaigns t ON t.id = ? WHERE e.id IN (?) ORDER BY e.id`,
    [version.key, now, now, campaign, ids],
  )
  await execute(
    trx,
    `UPDATE enrolments e JOIN deliveries d ON d.campaign_id = ? AND d.customer_id = e.customer_id
       AND d.enrolment_id = e.id AND d.turn = e.turn
     SET e.stands = 'sending', e.due_at = NULL, e.delivery_id = d.id WHERE e.id IN (?)`,
    [campaign, ids],
  )
  if (step.send.reward !== undefined) {
    const { timeZone } = await readSettings(trx)
    await reserveRewards(trx, campaign, dayOf(now, timeZone), now)
  }
  await enqueueWorkflow(trx, { workflowId: CAMPAIGN.id(campaign), workflowType: CAMPAIGN.type, args: [campaign] }, now)
}
