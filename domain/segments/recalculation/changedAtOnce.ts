import { type Database, rows } from '../../database.ts'
import type { Cause, Change } from '../applyChanges.ts'
import type { LiveSegment } from '../liveSegments.ts'
import type { Work } from '../takeWork.ts'

/** What a refresh changes in segments that are not live, too. */
export type AtOnce = {
  /** Whether there can be anything of it in this batch. */
  any: boolean
  /** Customers who are no longer there: they are in nothing, at once. */
  gone: ReadonlySet<number>
}

/**
 * What is no news must not become it by waiting: loaded history and corrected rules change every segment at once, with
 * the cause that they have. Left to the next recalculation they would be changes of time, on which automations start.
 */
const NO_NEWS: readonly Cause[] = ['historical', 'rule_change']

/** Looks for it among the pairs in `refresh_scope`. */
export async function changedAtOnce(trx: Database, work: Work): Promise<AtOnce> {
  const found = await rows<{ id: number }>(
    trx,
    'SELECT DISTINCT c.id FROM refresh_scope s JOIN customers c ON c.id = s.customer_id WHERE c.known = 0',
  )
  const isNoNews = [...work.pairs.values()].some(({ cause }) => NO_NEWS.includes(cause))
  return { any: isNoNews || found.length > 0, gone: new Set(found.map(({ id }) => id)) }
}

/** Whether a refresh makes a change of one of these segments now, or leaves it to the segment's next recalculation. */
export function madeNow(segments: readonly LiveSegment[], { gone }: AtOnce): (change: Change) => boolean {
  const current = new Set(segments.filter((segment) => segment.current).map(({ id }) => id))
  return ({ segment, cause, customerId }) => current.has(segment) || NO_NEWS.includes(cause) || gone.has(customerId)
}
