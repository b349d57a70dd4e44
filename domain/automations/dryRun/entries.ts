import type { Automation, Trigger } from '../../../rules/automations/automation.ts'
import { fits } from '../../../rules/automations/fits.ts'
import { atTime } from '../../../rules/automations/instants.ts'
import { addDays } from '../../../rules/time.ts'
import { tellChanges } from '../../backtests/changes.ts'
import { type Days, placeOf } from '../../backtests/days.ts'
import type { Subject } from '../../backtests/look.ts'
import { Walk } from '../../backtests/walk.ts'
import { type Database, rows } from '../../database.ts'
import { readSegment } from '../../segments/readSegments.ts'
import { whoseDateIs } from '../dates.ts'
import { providersOf } from '../hear.ts'
import { happened } from './occurrences.ts'

/** Somebody whom a trigger would have caught at an instant; provider 0 for the whole business. */
export type Entry = { providerId: number; customerId: number; at: Date }

/**
 * Whom a trigger would have caught on past days, in the order of time: from what was known then. Segments are told to the
 * day, everything else to the instant.
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
    scope === 'business' ? caught.map((one) => ({ ...one, providerId: 0 })) : await withProviders(db, caught)
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
  const segment = await readSegment(db, key)
  const subject: Subject = {
    rule: segment.rule,
    scope: segment.scope,
    segmentId: segment.id,
    timeZone,
    source: 'known',
  }
  const walk = new Walk(db, subject, days)
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  const total = last?.id ?? 0
  await walk.begin(days.begin, total, (done) => onProgress((0.3 * done) / Math.max(total, 1)))
  await tellChanges(db, subject, days, (customer, at) => {
    const end = days.ends[placeOf(days, at)]
    if (end !== undefined) walk.agenda.put(end, customer)
  })
  const entries: Entry[] = []
  for (const [n, end] of days.ends.entries()) {
    for (const { providerId, customerId, entered, at } of await walk.to(end)) {
      if (entered === (on === 'enters_segment')) entries.push({ providerId, customerId, at })
    }
    await onProgress(0.3 + (0.7 * (n + 1)) / days.ends.length)
  }
  return entries
}

async function ofOthers(db: Database, when: Trigger, days: Days, timeZone: string): Promise<Entry[]> {
  if (when.on === 'by_hand') return []
  const period = { from: days.begin, to: days.ends.at(-1) ?? days.begin, timeZone }
  if (when.on !== 'date') {
    const found = await happened(db, when.on, period)
    return found.filter((it) => fits(when, it))
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

/** What is no provider's happens to the customer with each of theirs. */
async function withProviders(db: Database, entries: readonly Entry[]): Promise<Entry[]> {
  const general = entries.filter(({ providerId }) => providerId === 0)
  const named = new Set(
    entries.filter(({ providerId }) => providerId !== 0).map((one) => `${one.customerId} ${one.at.getTime()}`),
  )
  const related = await providersOf(
    db,
    general.map(({ customerId }) => customerId),
  )
  return entries.flatMap((one) => {
    if (one.providerId !== 0) return [one]
    if (named.has(`${one.customerId} ${one.at.getTime()}`)) return []
    return (related.get(one.customerId) ?? []).map((providerId) => ({ ...one, providerId }))
  })
}
