import type { Automation, Trigger } from '../../../rules/automations/automation.ts'
import { fits } from '../../../rules/automations/fits.ts'
import { atTime } from '../../../rules/automations/instants.ts'
import { addDays } from '../../../rules/time.ts'
import type { Days } from '../../backtests/days.ts'
import type { Database } from '../../database.ts'
import { whoseDateIs } from '../dates.ts'
import { providersOf, STARTING } from '../hear.ts'
import { happened } from './occurrences.ts'
import { subjectOf } from './segmentHappenings.ts'
import { turnsOf } from './turns.ts'

/** Somebody whom a trigger would have caught at an instant; provider 0 for the whole business. */
export type Entry = { providerId: number; customerId: number; at: Date }

/**
 * Whom a trigger would have caught on past days, in the order of time: from what was known then. Segments are told to
 * the instant or, where too much has happened, to the day; everything else to the instant.
 *
 * @param onProgress told how far it is, from 0 to 1
 */
export async function entriesOf(
  db: Database,
  { when, scope }: Automation,
  days: Days,
  { timeZone, provider }: { timeZone: string; provider: number | null },
  onProgress: (part: number) => Promise<void>,
): Promise<Entry[]> {
  const caught =
    when.on === 'enters_segment' || when.on === 'leaves_segment'
      ? await ofSegment(db, when, days, timeZone, onProgress)
      : await ofOthers(db, when, days, timeZone)
  const entries =
    scope === 'business' ? caught.map((one) => ({ ...one, providerId: 0 })) : await withProviders(db, when, caught)
  return entries
    .filter(({ providerId }) => scope === 'business' || provider === null || providerId === provider)
    .sort((one, other) => one.at.getTime() - other.at.getTime())
}

async function ofSegment(
  db: Database,
  { on, segment: key }: Extract<Trigger, { on: 'enters_segment' | 'leaves_segment' }>,
  days: Days,
  timeZone: string,
  onProgress: (part: number) => Promise<void>,
): Promise<Entry[]> {
  const subject = await subjectOf(db, key, timeZone)
  const { turns } = await turnsOf(db, subject, days, { customers: null, onProgress })
  return turns.flatMap(({ providerId, customerId, entered, at }) =>
    entered === (on === 'enters_segment') ? [{ providerId, customerId, at }] : [],
  )
}

async function ofOthers(db: Database, when: Trigger, days: Days, timeZone: string): Promise<Entry[]> {
  if (when.on === 'by_hand') return []
  const period = { from: days.begin, to: days.ends.at(-1) ?? days.begin, timeZone }
  if (when.on !== 'date') {
    const found = await happened(db, when.on, period)
    return found.filter((it) => fits(when, it) && STARTING.has(it.cause ?? 'event'))
  }
  const entries: Entry[] = []
  for (const day of days.days) {
    const at = atTime(day, when.at, timeZone)
    if (at <= period.from || at > period.to) continue
    const those = await whoseDateIs(db, when.of, addDays(day, -when.days))
    // memberships and rewards are told with their provider as well; birthdays are nobody's
    entries.push(...those.map((pair) => ({ ...pair, at })))
  }
  return entries
}

/**
 * What is no provider's happens to the customer with each of theirs; but for the end of a membership or a reward, which is
 * told with its provider as well.
 */
async function withProviders(db: Database, when: Trigger, entries: readonly Entry[]): Promise<Entry[]> {
  if (when.on === 'date' && when.of !== 'birthday') return entries.filter(({ providerId }) => providerId !== 0)
  const related = await providersOf(
    db,
    entries.flatMap(({ customerId, providerId }) => (providerId === 0 ? [customerId] : [])),
  )
  return entries.flatMap((one) =>
    one.providerId === 0 ? (related.get(one.customerId) ?? []).map((providerId) => ({ ...one, providerId })) : [one],
  )
}
