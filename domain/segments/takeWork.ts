import { type Database, execute, rows } from '../database.ts'
import { chunksOf } from './applyChanges.ts'
import type { DirtyCause, Pair } from './markDirty.ts'
import type { Moment } from './moment.ts'

/** How many marks, and how many due relationships, one transaction takes. */
export const BATCH = 5_000

/** The name of a pair in maps. */
export const pairKey = ({ providerId, customerId }: Pair): string => `${providerId} ${customerId}`

/** Of whom all relationships are evaluated when one is: see {@link takeWork}. */
export type EveryPair = 'nobody' | 'changed' | 'changed and due'

/**
 * Pairs to evaluate, with the cause that a change of each will have; where others have taken or left a place to somebody,
 * also the cause that this gives to a change of those segments that ask for places.
 */
export type Work = { pairs: Map<string, Pair & { cause: DirtyCause; placed?: DirtyCause }>; marks: number[] }

/**
 * The next pairs that a refresh has to do with: dirty ones, oldest marks first, with all other marks of the same
 * customers, so that none is evaluated twice and the strongest cause wins; and those due. Each customer's relationship
 * with the whole business is always among them.
 *
 * @param everyPair of whom all relationships are concerned: of nobody where no segment is evaluated for each provider; else
 *   of those about whom anything changed, since profile and memberships are the customer's, whoever looks; and also of
 *   those who are due, where what a provider's segment asks for is a segment of the whole business
 */
export async function takeWork(trx: Database, moment: Moment, everyPair: EveryPair): Promise<Work> {
  const work: Work = { pairs: new Map(), marks: [] }
  for (const pair of await duePairs(trx, moment)) {
    put(work, pair, 'time')
    put(work, { providerId: 0, customerId: pair.customerId }, 'time')
  }
  if (everyPair === 'changed and due') {
    const due = new Map([...work.pairs.values()].map(({ customerId }) => [customerId, 'time' as const]))
    for (const chunk of chunksOf([...due], 900)) await putEveryPair(trx, work, new Map(chunk))
  }
  const customers = await dirtyCustomers(trx)
  for (const chunk of chunksOf(customers, 900)) {
    const marks = await rows<{ id: number; provider_id: number; customer_id: number; cause: DirtyCause }>(
      trx,
      'SELECT id, provider_id, customer_id, cause FROM dirty_relationships WHERE customer_id IN (?)',
      [chunk],
    )
    const causes = new Map<number, DirtyCause>()
    for (const mark of marks) {
      work.marks.push(mark.id)
      put(work, { providerId: mark.provider_id, customerId: mark.customer_id }, mark.cause)
      put(work, { providerId: 0, customerId: mark.customer_id }, mark.cause)
      causes.set(mark.customer_id, stronger(causes.get(mark.customer_id) ?? mark.cause, mark.cause))
    }
    if (everyPair !== 'nobody') await putEveryPair(trx, work, causes)
  }
  return work
}

/** Deletes exactly the marks that were read: those that arrived since belong to the next batch. */
export async function deleteMarks(trx: Database, marks: readonly number[]): Promise<void> {
  for (const chunk of chunksOf(marks, 900))
    await execute(trx, 'DELETE FROM dirty_relationships WHERE id IN (?)', [chunk])
}

/**
 * Marks that arrived while the batch was evaluated: the evaluation may have seen what they stand for, so they have a say
 * in the cause, as if they had been taken with the others. They stay and are taken later.
 */
export async function heedLaterMarks(trx: Database, work: Work, customers: readonly number[]): Promise<void> {
  for (const chunk of chunksOf([...new Set(customers)], 900)) {
    const marks = await rows<{ customer_id: number; cause: DirtyCause }>(
      trx,
      'SELECT customer_id, cause FROM dirty_relationships WHERE customer_id IN (?)',
      [chunk],
    )
    const causes = new Map<number, DirtyCause>()
    for (const { customer_id, cause } of marks) {
      causes.set(customer_id, stronger(causes.get(customer_id) ?? cause, cause))
    }
    if (causes.size === 0) continue
    for (const pair of work.pairs.values()) put(work, pair, causes.get(pair.customerId) ?? 'time')
  }
}

const STRENGTH = { time: 0, rule_change: 1, historical: 2, by_hand: 3, event: 4 } as const

export function stronger<One extends keyof typeof STRENGTH>(one: One, other: One): One {
  return STRENGTH[one] >= STRENGTH[other] ? one : other
}

/** Adds a pair to the work, or a reason to one that is there. */
export function put(work: Work, pair: Pair, cause: DirtyCause): void {
  const key = pairKey(pair)
  const before = work.pairs.get(key)
  work.pairs.set(key, { ...before, ...pair, cause: stronger(before?.cause ?? 'time', cause) })
}

/** Adds a pair whose place in a ranking has changed because of others. */
export function putPlaced(work: Work, pair: Pair, cause: DirtyCause): void {
  put(work, pair, 'time')
  const key = pairKey(pair)
  const before = work.pairs.get(key)
  if (before !== undefined) work.pairs.set(key, { ...before, placed: stronger(before.placed ?? 'time', cause) })
}

async function dirtyCustomers(trx: Database): Promise<number[]> {
  const oldest = await rows<{ customer_id: number }>(
    trx,
    `SELECT customer_id FROM dirty_relationships ORDER BY id LIMIT ${BATCH}`,
  )
  return [...new Set(oldest.map(({ customer_id }) => customer_id))]
}

async function duePairs(trx: Database, { now, today }: Moment): Promise<Pair[]> {
  const due: Pair[] = []
  for (const [column, reached] of [
    ['flip_at', now],
    ['flip_on', today],
  ] as const) {
    const found = await rows<{ provider_id: number; customer_id: number }>(
      trx,
      `SELECT provider_id, customer_id FROM relationships WHERE ${column} <= ? ORDER BY ${column} LIMIT ${BATCH}`,
      [reached],
    )
    due.push(...found.map((row) => ({ providerId: row.provider_id, customerId: row.customer_id })))
  }
  return due
}

/** Adds all relationships of some customers with providers. */
export async function putEveryPair(
  trx: Database,
  work: Work,
  causes: ReadonlyMap<number, DirtyCause>,
  add = put,
): Promise<void> {
  const found = await rows<{ provider_id: number; customer_id: number }>(
    trx,
    'SELECT provider_id, customer_id FROM relationships WHERE customer_id IN (?) AND provider_id <> 0',
    [[...causes.keys()]],
  )
  for (const row of found) {
    add(work, { providerId: row.provider_id, customerId: row.customer_id }, causes.get(row.customer_id) ?? 'event')
  }
}
