import type { WaitUntilWork } from '../../rules/automations/automation.ts'
import { after, atTime, nextAt } from '../../rules/automations/instants.ts'
import { addDays, dayOf } from '../../rules/time.ts'
import type { Database } from '../database.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { markDirty, type Pair } from '../segments/markDirty.ts'
import { pairKey } from '../segments/takeWork.ts'
import { readSettings } from '../settings/readSettings.ts'
import { SEGMENT_UPKEEP } from '../temporal.ts'
import { datesOf } from './dates.ts'
import type { Version } from './definition.ts'

/** How those stand who have just come to a step: ready to be acted on, or waiting until an instant. */
export type Stand = { stands: 'ready' | 'waiting'; dueAt: Date | null }

/**
 * How customers stand at a step that they come to now. Waits begin at once, so that nothing has to be done to begin them.
 *
 * @returns in the order of the pairs
 */
export async function standAt(
  trx: Database,
  version: Version,
  step: string,
  pairs: readonly Pair[],
  now: Date,
): Promise<Stand[]> {
  const work = version.walk.at(step)?.step
  const all = (stands: Stand['stands'], dueAt: Date | null): Stand[] => pairs.map(() => ({ stands, dueAt }))
  if (work === undefined) return all('ready', null)
  const { timeZone } = await readSettings(trx)
  if ('wait' in work) return all('waiting', after(now, work.wait, timeZone))
  if ('wait_for' in work) {
    // whether the rule holds is asked by the refresh that follows
    if ('rule' in work.wait_for) await lookAgain(trx, pairs, now)
    return all('waiting', after(now, work.at_most, timeZone))
  }
  if ('wait_until' in work) {
    const until = work.wait_until
    if (!('days' in until)) return all('waiting', nextAt(now, until, timeZone))
    return untilDates(trx, until, pairs, timeZone, now)
  }
  return all('ready', null)
}

type UntilDate = Extract<WaitUntilWork['wait_until'], { days: number }>

async function untilDates(
  trx: Database,
  until: UntilDate,
  pairs: readonly Pair[],
  timeZone: string,
  now: Date,
): Promise<Stand[]> {
  const today = dayOf(now, timeZone)
  const latest = after(now, until.at_most, timeZone)
  const of = until.before ?? until.after ?? 'birthday'
  const days = until.before === undefined ? until.days : -until.days
  // the first date whose instant has not passed
  const dates = await datesOf(trx, of, pairs, addDays(today, -days))
  const passed = pairs.filter((pair) => {
    const date = dates.get(pairKey(pair))
    return date !== undefined && atTime(addDays(date, days), until.at, timeZone) < now
  })
  const later = await datesOf(trx, of, passed, addDays(today, 1 - days))
  return pairs.map((pair) => {
    const key = pairKey(pair)
    const date = passed.includes(pair) ? later.get(key) : dates.get(key)
    const at = date === undefined ? latest : atTime(addDays(date, days), until.at, timeZone)
    return { stands: 'waiting', dueAt: new Date(Math.min(at.getTime(), latest.getTime())) }
  })
}

/** The rules of automations are asked again about these customers by the refresh that follows; nothing has happened to them. */
export async function lookAgain(trx: Database, pairs: readonly Pair[], now: Date): Promise<void> {
  if (pairs.length === 0) return
  await markDirty(trx, pairs, 'time', now)
  await enqueueWorkflow(trx, { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }, now)
}
