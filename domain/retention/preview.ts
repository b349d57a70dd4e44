import type { RetentionKind } from '../../rules/retention/kinds.ts'
import type { Day } from '../../rules/time.ts'
import type { Database } from '../database.ts'
import { momentAt } from '../segments/moment.ts'
import { MOST_A_NIGHT } from './eraseSilent.ts'
import { beforeOf, changedPeriods, type PeriodsChange, readKept } from './periods.ts'
import { REMOVALS } from './removals.ts'
import { countSilent, type SilentCount } from './silentCustomers.ts'

/** What would go of one kind. */
export type PreviewPart = {
  kind: RetentionKind
  /** What happened before this day. */
  before: Day
  count: number
  more: boolean
  /** Of customers: who stays though their period is over, some of those who go, and how many go in one night at most. */
  customers: (Pick<SilentCount, 'held' | 'examples'> & { aNight: number }) | null
}

/**
 * What would be removed with other periods than now, each kind that has an end. Removes nothing.
 *
 * @param when in the next night, or at once
 */
export async function previewRetention(
  db: Database,
  change: PeriodsChange,
  when: 'night' | 'now',
  now: Date,
): Promise<{ at: Date; parts: PreviewPart[] }> {
  const { periods, nextAt } = await readKept(db, now)
  const at = when === 'now' ? now : nextAt
  const moment = await momentAt(db, at)
  const parts: PreviewPart[] = []
  for (const { kind, before } of beforeOf(changedPeriods(periods, change), moment)) {
    if (kind === 'customers') {
      const { held, examples, ...counted } = await countSilent(db, before, moment)
      parts.push({ kind, before: before.on, ...counted, customers: { held, examples, aNight: MOST_A_NIGHT } })
    } else parts.push({ kind, before: before.on, ...(await REMOVALS[kind].count(db, before)), customers: null })
  }
  return { at, parts }
}
