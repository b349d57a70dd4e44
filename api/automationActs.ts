import { countMoves } from '../domain/automations/countMoves.ts'
import { readVersion } from '../domain/automations/definition.ts'
import { countEntrants, whomToEnrol } from '../domain/automations/entering/countEntrants.ts'
import { enrol } from '../domain/automations/entering/enrol.ts'
import { retryFailed, skipFailed, takeOut } from '../domain/automations/helpFailed.ts'
import { moveVersions } from '../domain/automations/moveVersions.ts'
import { readAutomation } from '../domain/automations/readAutomations.ts'
import {
  pauseAutomation as pause,
  resumeAutomation as resume,
  stopAutomation as stop,
} from '../domain/automations/steerAutomation.ts'
import { Problem } from '../domain/errors.ts'
import { moveEnrolments, pauseAutomation, resumeAutomation, stopAutomation } from './contract/automations.ts'
import { enrolCustomers, removeEnrolments, retryEnrolments, skipEnrolments } from './contract/enrolments.ts'
import { type Route, route } from './server/route.ts'
import { shownAutomation } from './shownAutomation.ts'

/** What is done to automations and to those inside them. What changes tables takes effect there at once. */
export const automationActRoutes: Route[] = [
  route(pauseAutomation, async ({ params, caller, services }) => {
    await pause(services.db, params.id, services.now())
    return shownAutomation(services, caller, params.id)
  }),

  route(resumeAutomation, async ({ params, caller, services }) => {
    await resume(services.db, params.id, services.now())
    await services.workflows.dispatchOutbox()
    return shownAutomation(services, caller, params.id)
  }),

  route(stopAutomation, async ({ params, caller, services }) => {
    const { left, notStopped } = await stop(services.db, params.id, services.now())
    await services.workflows.dispatchOutbox()
    return { ...(await shownAutomation(services, caller, params.id)), left, not_stopped: notStopped }
  }),

  route(enrolCustomers, async ({ params, body, services }) => {
    const { db } = services
    const { dry_run: dryRun, spread_minutes: spreadMinutes, ...whom } = body
    const { id, version, state } = await readAutomation(db, params.id)
    if (version === 0) throw new Problem('conflict', 'Nobody can enter: nothing was published yet')
    const newest = await readVersion(db, id, version)
    const pairs = await whomToEnrol(db, newest, whom)
    const { entering, leftOut } = await countEntrants(db, newest, pairs, services.now())
    if (!dryRun) {
      if (state !== 'live') throw new Problem('conflict', `Nobody can enter: the automation is ${state}`)
      await enrol(db, id, { pairs: entering, cause: 'by_hand', spreadMinutes }, services.now())
      await services.workflows.dispatchOutbox()
      services.workflows.wakeSegments()
    }
    return { requested: pairs.length, enrolled: entering.length, left_out: leftOut }
  }),

  route(moveEnrolments, async ({ params, body, services }) => {
    const automation = await readAutomation(services.db, params.id)
    const { mapping, dry_run: dryRun } = body
    const rows = dryRun
      ? await countMoves(services.db, automation, mapping)
      : await moveVersions(services.db, automation.id, mapping, services.now())
    if (!dryRun) await services.workflows.dispatchOutbox()
    const sum = (which: (to: unknown) => boolean) =>
      rows.filter(({ to }) => which(to)).reduce((total, { customers }) => total + customers, 0)
    return {
      version: automation.version,
      rows,
      moved: sum((to) => typeof to === 'object'),
      exited: sum((to) => to === 'exit'),
    }
  }),

  route(retryEnrolments, async ({ params, body, services }) => {
    const retried = await retryFailed(services.db, params.id, whichOf(body), services.now())
    await services.workflows.dispatchOutbox()
    return { retried }
  }),

  route(skipEnrolments, async ({ params, body, services }) => {
    const skipped = await skipFailed(services.db, params.id, whichOf(body), services.now())
    await services.workflows.dispatchOutbox()
    return { skipped }
  }),

  route(removeEnrolments, async ({ params, body, services }) => {
    const exited = await takeOut(services.db, params.id, body.enrolments.map(Number), services.now())
    await services.workflows.dispatchOutbox()
    return { exited }
  }),
]

type Asked = {
  step?: string | undefined
  version?: number | undefined
  enrolments?: string[] | undefined
  reason?: string | undefined
}

const whichOf = ({ enrolments, ...which }: Asked) => ({ ...which, enrolments: enrolments?.map(Number) })
