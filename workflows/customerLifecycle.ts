import {
  ActivityFailure,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { AutomationActivities } from '../activities/automations.ts'
import { LIFECYCLE } from '../domain/temporal.ts'

/** What is in the way for a while (a database, a network) is tried again for an hour and a half; then people are told. */
const acts = proxyActivities<AutomationActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute', maximumAttempts: 100 },
})

/** Reading, and saying what failed: as often as it takes. Short, so that a worker that dies over it is soon missed. */
const { lookAtCohort, failStep } = proxyActivities<AutomationActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '1 minute' },
})

type Agenda = Awaited<ReturnType<typeof lookAtCohort>>
type Due = Agenda['now'][number]

/** The activity for each kind of step. Jumps and ends are passed by those who come to them. */
const BY_KIND: Readonly<Record<string, (cohort: number, step: string) => Promise<Agenda>>> = {
  send: acts.sendMessages,
  wait: acts.passWait,
  wait_until: acts.passWaitUntil,
  wait_for: acts.passWaitFor,
  branch: acts.branch,
  split: acts.split,
  give: acts.giveReward,
  tag: acts.changeTags,
  status: acts.setStatus,
  segment: acts.changeSegment,
  tell: acts.tellSomebody,
  call: acts.callWebhook,
}

/**
 * Carries the customers of one cohort through an automation, side by side where their ways have parted. Which of them are
 * where stands in the tables; here are only steps, counts and how long it is until the next one is due. Pausing, exits and
 * stopping change the tables at once; the signal only makes the workflow look again.
 *
 * @param cohort its id
 * @param step the step at which all of them stand; empty: it looks
 * @param kind of that step
 * @param _labels what operators find it by: automation, version, provider
 */
export async function customerLifecycle(
  cohort: number,
  step = '',
  kind = '',
  ..._labels: (string | number)[]
): Promise<void> {
  let woken = false
  setHandler(defineSignal(LIFECYCLE.wake), () => {
    woken = true
  })
  let agenda: Agenda =
    step === '' ? await lookAtCohort(cohort) : { inside: 1, now: [{ step, kind, count: 1 } as Due], next: null }
  while (!workflowInfo().continueAsNewSuggested) {
    if (agenda.now.length > 0) {
      agenda = await actAt(cohort, agenda.now)
    } else if (agenda.inside === 0) {
      if (!woken) return
      woken = false
      agenda = await lookAtCohort(cohort)
    } else {
      const { next }: Agenda = agenda
      const isWoken = () => woken
      let early = true
      if (next === null) await condition(isWoken)
      else early = await condition(isWoken, next.ms)
      woken = false
      // those whose time it is are known; who else may be is looked for when somebody says so
      agenda = early || next === null ? await lookAtCohort(cohort) : { ...agenda, now: next.steps, next: null }
    }
  }
  await continueAsNew<typeof customerLifecycle>(cohort, '', '', ..._labels)
}

/** Acts at several steps side by side; what is next is what the last of them has found. */
async function actAt(cohort: number, due: readonly Due[]): Promise<Agenda> {
  const [only, ...others] = await Promise.all(due.map((one) => actAtOne(cohort, one)))
  return only !== undefined && others.length === 0 ? only : lookAtCohort(cohort)
}

async function actAtOne(cohort: number, { step, kind }: Due): Promise<Agenda> {
  const act = BY_KIND[kind]
  if (act === undefined) return lookAtCohort(cohort)
  try {
    return await act(cohort, step)
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    await failStep(cohort, step, error.cause?.message ?? error.message)
    return lookAtCohort(cohort)
  }
}
