import { hearTransitions, listenedTo } from '../automations/hearTransitions.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { areTransitionsWanted, noteTransitions } from '../webhooks/noteTransitions.ts'
import { type Cause, type Change, chunksOf } from './applyChanges.ts'
import { hasDependants } from './dependants.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import type { DirtyCause, Pair } from './markDirty.ts'
import { type Moment, momentAt } from './moment.ts'
import type { Recomputation } from './recomputation.ts'
import { emptyRefreshScope, fillRefreshScope } from './refreshScope.ts'
import { stageListed } from './stageChanges.ts'

/**
 * The end of a recompute: evaluates again whom refreshes have looked at meanwhile, then changes the members and writes
 * the transitions, all in one transaction that no refresh runs beside. A recompute whose place a later one has taken, or
 * whose segment is gone, changes nothing.
 */
export async function finishRecompute(
  db: Database,
  recomputations: readonly Recomputation[],
  moment: Moment,
): Promise<void> {
  await transact(db, async (trx) => {
    const refreshedTo = await lockUpkeep(trx)
    const standing = await stillStanding(trx, recomputations)
    // those who were touched have been brought to the refresh's moment, which may be later than ours
    const now = refreshedTo !== null && refreshedTo > moment.now ? refreshedTo : moment.now
    const last = await momentAt(trx, now)
    await stageTouched(trx, standing, last)
    for (const recomputation of standing) await apply(trx, recomputation, now)
  })
  await sweep(db, recomputations)
}

async function stillStanding(trx: Database, recomputations: readonly Recomputation[]): Promise<Recomputation[]> {
  if (recomputations.length === 0) return []
  const found = await rows<{ id: number }>(trx, 'SELECT id FROM segment_recomputations WHERE id IN (?) FOR UPDATE', [
    recomputations.map(({ id }) => id),
  ])
  return recomputations.filter(({ id }) => found.some((row) => row.id === id))
}

/** All together, as they were staged: they may ask for each other. */
async function stageTouched(trx: Database, standing: readonly Recomputation[], moment: Moment): Promise<void> {
  if (standing.length === 0) return
  const touched = await rows<{ provider_id: number; customer_id: number }>(
    trx,
    'SELECT DISTINCT provider_id, customer_id FROM segment_touched WHERE recomputation_id IN (?)',
    [standing.map(({ id }) => id)],
  )
  for (const chunk of chunksOf(touched, 5_000)) {
    const pairs = chunk.flatMap((row): Pair[] => [
      { providerId: row.provider_id, customerId: row.customer_id },
      { providerId: 0, customerId: row.customer_id },
    ])
    await fillRefreshScope(trx, pairs)
    await stageListed(trx, standing, moment)
    await emptyRefreshScope(trx)
  }
}

async function apply(trx: Database, { id, segment, version }: Recomputation, now: Date): Promise<void> {
  const cause = await causeOf(trx, segment, version)
  await execute(
    trx,
    `INSERT INTO segment_transitions (segment_id, provider_id, customer_id, entered, cause, version, at)
     SELECT ?, x.provider_id, x.customer_id, x.entered, ?, ?, ? FROM segment_changes x WHERE x.recomputation_id = ?`,
    [segment, cause, version, now, id],
  )
  await execute(
    trx,
    `DELETE m FROM segment_changes x
     JOIN segment_members m ON m.segment_id = ? AND m.provider_id = x.provider_id AND m.customer_id = x.customer_id
     WHERE x.recomputation_id = ? AND x.entered = 0`,
    [segment, id],
  )
  await execute(
    trx,
    `INSERT INTO segment_members (segment_id, provider_id, customer_id, since)
     SELECT ?, x.provider_id, x.customer_id, ? FROM segment_changes x WHERE x.recomputation_id = ? AND x.entered = 1`,
    [segment, now, id],
  )
  await hearRecomputed(trx, { id, segment, cause, version }, now)
  await markDependants(trx, { id, segment, cause: cause === 'time' ? 'time' : 'rule_change' }, now)
  await execute(trx, 'UPDATE segments SET computed_version = ?, computed_at = ? WHERE id = ?', [version, now, segment])
  await execute(
    trx,
    'UPDATE segment_versions SET computed_at = ? WHERE segment_id = ? AND version = ? AND computed_at IS NULL',
    [now, segment, version],
  )
  await execute(trx, 'DELETE FROM segment_recomputations WHERE id = ?', [id])
}

/** Automations hear of it where one of them listens, webhooks where one is wanted: the causes say which of it is news. */
async function hearRecomputed(
  trx: Database,
  { id, segment, cause, version }: { id: number; segment: number; cause: Cause; version: number },
  now: Date,
): Promise<void> {
  const heard = (await listenedTo(trx)).has(segment)
  const noted = await areTransitionsWanted(trx, cause)
  if (!heard && !noted) return
  const changed = await rows<{ provider_id: number; customer_id: number; entered: number }>(
    trx,
    'SELECT provider_id, customer_id, entered FROM segment_changes WHERE recomputation_id = ?',
    [id],
  )
  const changes = changed.map((row): Change => {
    const { provider_id: providerId, customer_id: customerId } = row
    return { segment, providerId, customerId, entered: row.entered === 1, cause, version }
  })
  for (const chunk of chunksOf(changes, 5_000)) {
    if (heard) await hearTransitions(trx, chunk, now)
    if (noted) await noteTransitions(trx, chunk, now)
  }
}

/**
 * Why a recompute changes members: they are the first ones, or those of another rule. By the same rule nothing but the
 * time that has passed since the last recalculation can have, whether a schedule asked for it or somebody.
 */
async function causeOf(trx: Database, segment: number, version: number): Promise<'initial' | 'time' | 'rule_change'> {
  const [row] = await rows<{ computed_version: number | null }>(
    trx,
    'SELECT computed_version FROM segments WHERE id = ?',
    [segment],
  )
  if (row === undefined || row.computed_version === null) return 'initial'
  return row.computed_version === version ? 'time' : 'rule_change'
}

/** Segments that ask for this one are looked at again for those who entered or left it. */
async function markDependants(
  trx: Database,
  { id, segment, cause }: { id: number; segment: number; cause: DirtyCause },
  now: Date,
): Promise<void> {
  if (!(await hasDependants(trx, segment))) return
  await execute(
    trx,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT x.provider_id, x.customer_id, ?, ? FROM segment_changes x WHERE x.recomputation_id = ?`,
    [cause, now, id],
  )
}

/** What was staged is of no more use: taken away in parts, outside the lock. */
async function sweep(db: Database, recomputations: readonly Recomputation[]): Promise<void> {
  for (const { id } of recomputations) {
    for (const table of ['segment_changes', 'segment_touched']) {
      while ((await execute(db, `DELETE FROM ${table} WHERE recomputation_id = ? LIMIT 20000`, [id])) > 0);
    }
  }
}
