import { type Database, execute, rows } from '../database.ts'
import { keepRankings, type Overtaken, type StoredRanking, storedRankings } from './keepRankings.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import { markDirty, type Pair } from './markDirty.ts'
import type { Moment } from './moment.ts'
import { rebuildRollup } from './rebuildRollup.ts'
import { emptyRefreshScope, fillRefreshScope } from './refreshScope.ts'
import { readSurroundings, type Surroundings } from './surroundings.ts'
import { BATCH, type EveryPair, pairKey, putEveryPair, putPlaced, stronger, type Work } from './takeWork.ts'

type Options = {
  everyPair: EveryPair
  moment: Moment
  rankings: readonly StoredRanking[]
  surroundings: Surroundings
}

/**
 * Makes `refresh_scope` the work of a refresh, and rollup and rankings right for all of it. Those whose places change by
 * it are added to the work, and are brought up to date with it, until there is nobody to add.
 */
export async function bringUpToDate(trx: Database, work: Work, options: Options): Promise<void> {
  const { everyPair, moment, rankings, surroundings } = options
  let added: readonly Pair[] = [...work.pairs.values()]
  while (added.length > 0) {
    await emptyRefreshScope(trx)
    await fillRefreshScope(trx, added)
    await rebuildRollup(trx, moment, surroundings.waitingProviders)
    const before = new Set(work.pairs.keys())
    await addOvertaken(trx, work, await keepRankings(trx, rankings, moment, surroundings), everyPair)
    added = [...work.pairs].flatMap(([key, pair]) => (before.has(key) ? [] : [pair]))
  }
  await fillRefreshScope(trx, work.pairs.values())
}

/** Those whom others have overtaken are evaluated with them; the others' reason is that of their places. */
async function addOvertaken(
  trx: Database,
  work: Work,
  overtaken: readonly Overtaken[],
  everyPair: EveryPair,
): Promise<void> {
  const reasons = new Map(overtaken.map(({ by }) => [by, reasonOf(work, by)]))
  const customers = new Map<number, ReturnType<typeof reasonOf>>()
  for (const { providerId, customerId, by } of overtaken) {
    const reason = reasons.get(by) ?? 'time'
    putPlaced(work, { providerId, customerId }, reason)
    putPlaced(work, { providerId: 0, customerId }, reason)
    customers.set(customerId, stronger(customers.get(customerId) ?? 'time', reason))
  }
  // what changes for the whole business may be asked for in the segment of any provider
  if (everyPair === 'changed and due' && customers.size > 0) await putEveryPair(trx, work, customers, putPlaced)
}

const reasonOf = (work: Work, pairs: readonly Pair[]) =>
  pairs.map((pair) => work.pairs.get(pairKey(pair))?.cause ?? 'time').reduce(stronger, 'time')

/**
 * When time changes more relationships at one moment than one batch takes, the places of all of them are found before
 * anybody is evaluated: between batches nobody is to be first for as long as others have not been looked at. Those whom
 * it moves are marked for the refresh that follows.
 */
export async function placeAllDue(trx: Database, moment: Moment): Promise<void> {
  await lockUpkeep(trx)
  const rankings = await storedRankings(trx)
  if (rankings.length === 0) return
  for (const [column, reached] of [
    ['flip_at', moment.now],
    ['flip_on', moment.today],
  ] as const) {
    for (const provider of ['provider_id', '0']) {
      await execute(
        trx,
        `INSERT IGNORE INTO refresh_scope (provider_id, customer_id)
         SELECT ${provider}, customer_id FROM relationships WHERE ${column} <= ?`,
        [reached],
      )
    }
  }
  const overtaken = await keepRankings(trx, rankings, moment, await readSurroundings(trx))
  await markDirty(trx, overtaken, 'time', moment.now)
  await emptyRefreshScope(trx)
}

/** Whether time has changed more relationships than one batch takes. */
export async function moreIsDueThanABatch(db: Database, { now, today }: Moment): Promise<boolean> {
  const [found] = await rows<{ due: number }>(
    db,
    `SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM relationships WHERE flip_at <= ? LIMIT ${BATCH + 1}) a)
       + (SELECT COUNT(*) FROM (SELECT 1 FROM relationships WHERE flip_on <= ? LIMIT ${BATCH + 1}) d) AS due`,
    [now, today],
  )
  return Number(found?.due ?? 0) > BATCH
}
