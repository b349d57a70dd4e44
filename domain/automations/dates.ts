import type { CustomerDate } from '../../rules/automations/automation.ts'
import { anniversaryFrom } from '../../rules/automations/instants.ts'
import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { chunksOf } from '../segments/applyChanges.ts'
import type { Pair } from '../segments/markDirty.ts'
import { pairKey } from '../segments/takeWork.ts'

/**
 * A date of each customer from a day on; who has none is not in it. A birthday is the next one; a membership ends on the
 * last day of the one that runs longest, never while one is open-ended; a reward on that of the first active one to end.
 *
 * @param pairs provider 0 for all memberships and rewards
 */
export async function datesOf(
  db: Database,
  of: CustomerDate,
  pairs: readonly Pair[],
  from: Day,
): Promise<Map<string, Day>> {
  const found = new Map<string, Day>()
  for (const chunk of chunksOf(pairs, 1_000)) {
    const customers = [...new Set(chunk.map(({ customerId }) => customerId))]
    if (of === 'birthday') {
      const sql = 'SELECT id, birthdate FROM customers WHERE id IN (?) AND birthdate IS NOT NULL'
      const born = new Map(
        (await rows<{ id: number; birthdate: Day }>(db, sql, [customers])).map((row) => [row.id, row.birthdate]),
      )
      for (const pair of chunk) {
        const day = born.get(pair.customerId)
        if (day !== undefined) found.set(pairKey(pair), anniversaryFrom(day, from))
      }
      continue
    }
    const ends = await (of === 'membership_end' ? membershipEnds(db, customers) : rewardEnds(db, customers, from))
    for (const pair of chunk) {
      const theirs = ends.filter(
        ({ customer_id, provider_id }) =>
          customer_id === pair.customerId && (pair.providerId === 0 || provider_id === pair.providerId),
      )
      const day = of === 'membership_end' ? lastOf(theirs) : firstOf(theirs)
      if (day !== null && day >= from) found.set(pairKey(pair), day)
    }
  }
  return found
}

type End = { customer_id: number; provider_id: number | null; ends: Day | null }

const membershipEnds = (db: Database, customers: readonly number[]): Promise<End[]> =>
  rows<End>(
    db,
    'SELECT customer_id, provider_id, valid_to AS ends FROM memberships WHERE customer_id IN (?) AND deleted = 0',
    [[...customers]],
  )

const rewardEnds = (db: Database, customers: readonly number[], from: Day): Promise<End[]> =>
  rows<End>(
    db,
    "SELECT customer_id, provider_id, valid_to AS ends FROM rewards WHERE customer_id IN (?) AND state = 'active' AND valid_to >= ?",
    [[...customers], from],
  )

/** Null while one of them has no end. */
function lastOf(ends: readonly End[]): Day | null {
  if (ends.length === 0 || ends.some((end) => end.ends === null)) return null
  return ends.reduce<Day | null>((last, end) => (last === null || (end.ends ?? '') > last ? end.ends : last), null)
}

const firstOf = (ends: readonly End[]): Day | null =>
  ends.reduce<Day | null>(
    (first, { ends: day }) => (day !== null && (first === null || day < first) ? day : first),
    null,
  )

/** Those whose date is on a day. */
export async function whoseDateIs(db: Database, of: CustomerDate, day: Day): Promise<Pair[]> {
  if (of === 'birthday') {
    const sql = 'SELECT id FROM customers WHERE birthdate IN (?) AND known = 1'
    const found = await rows<{ id: number }>(db, sql, [birthdatesWith(day)])
    return found.map(({ id }) => ({ providerId: 0, customerId: id }))
  }
  const sql =
    of === 'membership_end'
      ? 'SELECT DISTINCT customer_id, provider_id FROM memberships WHERE valid_to = ? AND deleted = 0 AND customer_id IS NOT NULL'
      : "SELECT DISTINCT customer_id, provider_id FROM rewards WHERE valid_to = ? AND state = 'active'"
  const found = await rows<{ customer_id: number; provider_id: number | null }>(db, sql, [day])
  const pairs = found.flatMap(({ customer_id: customerId, provider_id: providerId }) => [
    { providerId: 0, customerId },
    ...(providerId === null ? [] : [{ providerId, customerId }]),
  ])
  const unique = [...new Map(pairs.map((pair) => [pairKey(pair), pair])).values()]
  if (of === 'reward_end') return unique
  // who has one that runs longer, or has no end, is not meant
  const dates = await datesOf(db, of, unique, day)
  return unique.filter((pair) => dates.get(pairKey(pair)) === day)
}

/** The oldest that anybody is, in years. */
const OLDEST = 130

/** The days of birth whose anniversary is on a day: on 28 February, in years without a 29th, those of the 29th, too. */
function birthdatesWith(day: Day): Day[] {
  const year = Number(day.slice(0, 4))
  const rest = day.slice(4)
  const isLeap = (one: number) => (one % 4 === 0 && one % 100 !== 0) || one % 400 === 0
  return Array.from({ length: OLDEST + 1 }, (_, age) => String(year - age).padStart(4, '0')).flatMap((born) => {
    if (rest === '-02-29') return isLeap(Number(born)) ? [`${born}${rest}`] : []
    const late = rest === '-02-28' && !isLeap(year) && isLeap(Number(born)) ? [`${born}-02-29`] : []
    return [`${born}${rest}`, ...late]
  })
}
