import { addMonths, type Day, startOfDay } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import type { Moment } from '../segments/moment.ts'
import type { Reward } from './reward.ts'

/** The booking that would cost most, where the size of a reward does not say it; minutes where those decide. */
type Assumption = { price: number; minutes: number | null; since: Day }

/**
 * The most that rewards can cost, in minor units; null where nothing says what that could be: a percentage without a
 * ceiling, or free minutes, of a provider none of whose bookings of the last year, or to come, has a price.
 */
export type Liability = { most: number | null; assumption: Assumption | null }

/**
 * The largest possible cost of a reward for so many recipients: each uses it, to the full. A percentage without a ceiling
 * is one of the provider's highest price, free minutes are those of the highest price a minute, of all bookings since a
 * year ago that were not cancelled. Amounts are rounded up, so that it is never more.
 */
export async function rewardLiability(
  db: Database,
  { reward, providerId, recipients }: { reward: Reward; providerId: number; recipients: number },
  moment: Moment,
): Promise<Liability> {
  const known = reward.amount ?? reward.ceiling
  if (known !== null) return { most: known * recipients, assumption: null }
  const assumption = await dearest(db, providerId, reward.minutes !== null, moment)
  if (assumption === null) return { most: null, assumption }
  return { most: costOf(reward, assumption) * recipients, assumption }
}

/** What one of them costs at most, at the price that is assumed. */
function costOf({ percent, minutes }: Reward, assumption: Assumption): number {
  if (minutes === null) return Math.ceil((assumption.price * (percent ?? 100)) / 100)
  return Math.ceil((assumption.price * minutes) / (assumption.minutes ?? 1))
}

async function dearest(
  db: Database,
  providerId: number,
  byMinute: boolean,
  { today, timeZone }: Moment,
): Promise<Assumption | null> {
  const since = addMonths(today, -12)
  const [row] = await rows<{ price: number; minutes: number | null }>(
    db,
    `SELECT price, minutes FROM bookings
     WHERE provider_id = ? AND starts_at >= ? AND deleted = 0 AND state <> 'cancelled' AND price > 0
       ${byMinute ? 'AND minutes > 0 ORDER BY price / minutes DESC, price DESC' : 'ORDER BY price DESC'} LIMIT 1`,
    [providerId, startOfDay(since, timeZone)],
  )
  if (row === undefined) return null
  return { price: row.price, minutes: byMinute ? row.minutes : null, since }
}
