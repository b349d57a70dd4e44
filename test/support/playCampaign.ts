import { decideByClicks, releaseRest } from '../../domain/campaigns/abTest.ts'
import { clearCancelled } from '../../domain/campaigns/clearCancelled.ts'
import { finishCampaign } from '../../domain/campaigns/finishCampaign.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { type NextStep, nextStep } from '../../domain/campaigns/nextStep.ts'
import type { Database } from '../../domain/database.ts'
import type { Channel } from '../../domain/deliveries/channels/channel.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { attempt } from './sending.ts'

/** A clock that only a test moves. */
export type Clock = { now: Date }

/**
 * Takes the steps of a campaign as its workflow does, with a clock that jumps over what is waited for.
 *
 * @param until ends before the clock would jump past this instant
 * @returns the step that was not taken: `end`, or a wait without an end or past `until`
 */
export async function playCampaign(
  db: Database,
  campaign: number,
  { clock, channel, until }: { clock: Clock; channel: Channel; until?: Date },
): Promise<NextStep> {
  for (let steps = 0; steps < 1_000; steps++) {
    const next = await nextStep(db, campaign, clock.now)
    if (next.step === 'end') return next
    if (next.step === 'wait') {
      const at = next.until === null ? null : new Date(next.until)
      if (at === null || (until !== undefined && at > until)) return next
      clock.now = at
    }
    if (next.step === 'freeze') await freezeAudience(db, campaign, clock.now)
    if (next.step === 'deliver')
      await deliverDue(
        db,
        campaign,
        attempt(channel, () => clock.now),
      )
    if (next.step === 'decide') await decideByClicks(db, campaign, clock.now)
    if (next.step === 'release') await releaseRest(db, campaign, clock.now)
    if (next.step === 'clear') await clearCancelled(db, campaign, clock.now)
    if (next.step === 'finish') await finishCampaign(db, campaign, clock.now)
  }
  throw new Error('The campaign came to no end')
}
