import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Status } from './status.ts'
import { newestVersion, type StatusVersion } from './versions.ts'

export type StatusCounts = Record<Status, number>

export type StatusAutomation = StatusVersion & {
  /** How far the newest version has come, in customers; null when everybody was decided about. */
  computing: { done: number; total: number } | null
  customers: StatusCounts
  /** How many of them have their status by hand. */
  byHand: StatusCounts
}

/**
 * The rules of the status automation, with how many customers have which status now.
 *
 * @throws Problem 'not_found' before the rules that ship with the product were put in
 */
export async function readStatusAutomation(db: Database): Promise<StatusAutomation> {
  const version = await newestVersion(db)
  if (version === undefined)
    throw new Problem('not_found', 'There is no status automation yet: it comes with the start.')
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  const counts = await rows<{ status: Status; by_hand: number; customers: number }>(
    db,
    `SELECT status, status_by_hand AS by_hand, COUNT(*) AS customers FROM customers WHERE known = 1
     GROUP BY status, status_by_hand`,
  )
  const sum = (ofThese: typeof counts): StatusCounts => {
    const sums = { lead: 0, customer: 0, vip: 0 }
    for (const { status, customers } of ofThese) sums[status] += customers
    return sums
  }
  return {
    ...version,
    computing: version.computed ? null : { done: version.computedTo, total: last?.id ?? 0 },
    customers: sum(counts),
    byHand: sum(counts.filter(({ by_hand }) => by_hand === 1)),
  }
}
