import { Context } from '@temporalio/activity'
import { failGroup } from '../domain/automations/act.ts'
import { type Agenda, readAgenda } from '../domain/automations/readAgenda.ts'
import { type ActiveKind, runStep } from '../domain/automations/runStep.ts'
import type { Database } from '../domain/database.ts'
import type { Channels } from '../domain/deliveries/channels/index.ts'
import { heartbeating } from './heartbeat.ts'

export type AutomationParts = {
  db: Database
  channels: Channels
  clock: () => Date
  /** Whether webhooks may lead into our own network. */
  privateWebhooks: boolean
  /** Called when there is something for Temporal in the outbox. */
  onEnqueued: () => void
}

/** An attempt at what is done one by one ends after so long, in milliseconds: others get their turn, and signals are heard. */
const SLICE = 60_000

export type AutomationActivities = ReturnType<typeof automationActivities>

/**
 * What the workflow `customerLifecycle` does: one activity for each kind of step, which does it for those of a cohort whose
 * time has come there. Each may be run again at any time; each answers what is to be done next.
 */
export function automationActivities({ db, channels, clock, privateWebhooks, onEnqueued }: AutomationParts) {
  const step =
    (kind: ActiveKind) =>
    (cohort: number, step: string): Promise<Agenda> => {
      const { cancellationSignal } = Context.current()
      const ends = performance.now() + SLICE
      const stop = () => cancellationSignal.aborted || performance.now() > ends
      return heartbeating(async () => {
        await runStep(db, kind, { cohort, step }, { email: channels.email, clock, privateWebhooks, stop })
        if (kind === 'send') onEnqueued()
        return readAgenda(db, cohort, clock())
      })
    }
  return {
    /** Where the customers of a cohort stand, and what is due when. */
    lookAtCohort: (cohort: number): Promise<Agenda> => readAgenda(db, cohort, clock()),

    sendMessages: step('send'),
    passWait: step('wait'),
    passWaitUntil: step('wait_until'),
    passWaitFor: step('wait_for'),
    branch: step('branch'),
    split: step('split'),
    giveReward: step('give'),
    changeTags: step('tag'),
    setStatus: step('status'),
    changeSegment: step('segment'),
    tellSomebody: step('tell'),
    callWebhook: step('call'),

    /** What could not be done however often it was tried is written to those who stand there. */
    failStep: (cohort: number, step: string, reason: string): Promise<void> =>
      failGroup(db, { cohort, step }, reason, clock()),
  }
}
