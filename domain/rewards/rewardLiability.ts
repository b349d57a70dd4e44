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
  const assumption = (await dearestOf(db, [providerId], reward.minutes !== null, moment)).get(providerId) ?? null
  if (assumption === null) return { most: null, assumption }
  return { most: costOf(reward, assumption) * recipients, assumption }
}

/** What one reward costs at most, at the price that is assumed. */
export function costOf({ percent, minutes }: Pick<Reward, 'percent' | 'minutes'>, assumption: Assumption): number {
  if (minutes === null) return Math.ceil((assumption.price * (percent ?? 100)) / 100)
  return Math.ceil((assumption.price * minutes) / (assumption.minutes ?? 1))
}

/** Of each provider the booking that would cost most; those none of whose bookings has a price are not in it. */
export async function dearestOf(
  db: Database,
  providers: readonly number[],
  byMinute: boolean,
  { today, timeZone }: Moment,
): Promise<Map<number, Assumption>> {
  if (providers.length === 0) return new Map()
  const since = addMonths(today, -12)
  const found = await rows<{ provider_id: number; price: number; minutes: number | null }>(
    db,
    `SELECT w.provider_id, w.price, w.minutes FROM (
       SELECT provider_id, price, minutes, ROW_NUMBER() OVER (PARTITION BY provider_id
         ORDER BY ${byMinute ? 'price / minutes DESC, price DESC' : 'price DESC'}) AS place
       FROM bookings
       WHERE provider_id IN (?) AND starts_at >= ? AND deleted = 0 AND state <> 'cancelled' AND price > 0
         ${byMinute ? 'AND minutes > 0' : ''}
     ) w WHERE w.place = 1`,
    [[...providers], startOfDay(since, timeZone)],
  )
  return new Map(
    found.map(({ provider_id, price, minutes }) => [provider_id, { price, minutes: byMinute ? minutes : null, since }]),
  )
}
