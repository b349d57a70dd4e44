import { Context } from '@temporalio/activity'
import { decideByClicks, releaseRest } from '../domain/campaigns/abTest.ts'
import { clearCancelled } from '../domain/campaigns/clearCancelled.ts'
import { finishCampaign } from '../domain/campaigns/finishCampaign.ts'
import { freezeAudience } from '../domain/campaigns/freezeAudience.ts'
import { type NextStep, nextStep } from '../domain/campaigns/nextStep.ts'
import type { Database } from '../domain/database.ts'
import type { Channels } from '../domain/deliveries/channels/index.ts'
import { deliverDue } from '../domain/deliveries/deliverDue.ts'
import { heartbeating } from './heartbeat.ts'

/** What the activities work with; made once when the worker starts. */
export type CampaignParts = {
  db: Database
  channels: Channels
  publicUrl: string
  answers?: boolean | undefined
  clock: () => Date
  /** Called when there may be something for Temporal in the outbox. */
  onEnqueued?: () => void
}

/** An attempt ends after so long, in milliseconds, so that a campaign of any size is many attempts and others get theirs. */
const SLICE = 30_000

/** The steps of a campaign; each may be run again at any time, whatever became of an earlier try. */
export function campaignActivities({ db, channels, publicUrl, answers, clock, onEnqueued }: CampaignParts) {
  return {
    nextCampaignStep: (campaign: number): Promise<NextStep> => nextStep(db, campaign, clock()),

    freezeAudience: (campaign: number): Promise<void> => heartbeating(() => freezeAudience(db, campaign, clock())),

    /** Sends what is due; comes back early when the worker shuts down. */
    deliver: (campaign: number): Promise<void> => {
      const { cancellationSignal } = Context.current()
      const ends = Date.now() + SLICE
      const stop = () => cancellationSignal.aborted || Date.now() > ends
      return heartbeating(async () => {
        await deliverDue(db, campaign, { channels, publicUrl, answers, clock, stop })
        onEnqueued?.()
      })
    },

    decideByClicks: (campaign: number): Promise<void> => decideByClicks(db, campaign, clock()),

    releaseRest: (campaign: number): Promise<void> => heartbeating(() => releaseRest(db, campaign, clock())),

    clearCancelled: (campaign: number): Promise<void> => heartbeating(() => clearCancelled(db, campaign, clock())),

    finishCampaign: (campaign: number): Promise<void> => finishCampaign(db, campaign, clock()),
  }
}

export type CampaignActivities = ReturnType<typeof campaignActivities>
