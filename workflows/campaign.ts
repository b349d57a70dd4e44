import { condition, continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow'
import type { CampaignActivities } from '../activities/campaigns.ts'
import { CAMPAIGN } from '../domain/temporal.ts'

/** Reading and closing: short; a worker that dies over them is noticed by the time-out. */
const { nextCampaignStep, decideByClicks, finishCampaign } = proxyActivities<CampaignActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds' },
})

/** Work on many rows or mails: long, so that its worker says all the time that it lives. */
const { freezeAudience, deliver, releaseRest, clearCancelled } = proxyActivities<CampaignActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { maximumInterval: '30 seconds' },
})

/**
 * Sends one campaign: waits for its time, freezes the audience, delivers, waits for what is to be tried again later. Where
 * two messages are compared, it waits for the decision and lets the others go with the winner.
 *
 * What is to be done stands in the tables and is read before each step. Cancelling, pausing and resuming change the
 * tables at once; their signals only wake the workflow to look again.
 *
 * @param id of the campaign; nothing else about it, least of all about its customers, enters the history
 */
export async function campaign(id: number): Promise<void> {
  let woken = false
  for (const name of [CAMPAIGN.cancel, CAMPAIGN.pause, CAMPAIGN.resume]) {
    setHandler(defineSignal(name), () => {
      woken = true
    })
  }
  while (!workflowInfo().continueAsNewSuggested) {
    woken = false
    const next = await nextCampaignStep(id)
    switch (next.step) {
      case 'wait':
        await wait(next.until, () => woken)
        break
      case 'freeze':
        await freezeAudience(id)
        break
      case 'deliver':
        await deliver(id)
        break
      case 'decide':
        await decideByClicks(id)
        break
      case 'release':
        await releaseRest(id)
        break
      case 'clear':
        await clearCancelled(id)
        break
      case 'finish':
        await finishCampaign(id)
        break
      case 'end':
        if (!woken) return
    }
  }
  await continueAsNew<typeof campaign>(id)
}

/** A durable timer that a signal cuts short; without an instant only a signal ends it. */
async function wait(until: string | null, isWoken: () => boolean): Promise<void> {
  if (until === null) await condition(isWoken)
  else await condition(isWoken, Math.max(Date.parse(until) - Date.now(), 1))
}
