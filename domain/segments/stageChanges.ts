import type { Population } from '../../rules/compile/population.ts'
import { type Database, execute } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { transact } from '../retry.ts'
import { bringFlipsForward } from './applyChanges.ts'
import { type Difference, evaluate } from './evaluate.ts'
import { takenInOf } from './levels.ts'
import type { Moment } from './moment.ts'
import type { Recomputation } from './recomputation.ts'
import { readSurroundings, type Surroundings } from './surroundings.ts'

/**
 * Evaluates the segments that are being recomputed for some customers and notes who will enter and leave, in place of
 * what was noted for them before. Nobody enters or leaves yet.
 */
export async function stageChanges(
  db: Database,
  recomputations: readonly Recomputation[],
  moment: Moment,
  range: { from: number; to: number },
): Promise<void> {
  await transact(db, (trx) => stage(trx, recomputations, moment, { kind: 'range', ...range }))
}

/** The same for the pairs in `refresh_scope`, in the caller's transaction. */
export async function stageListed(
  trx: Database,
  recomputations: readonly Recomputation[],
  moment: Moment,
): Promise<void> {
  for (const { id } of recomputations) {
    await execute(
      trx,
      `DELETE x FROM segment_changes x
       JOIN refresh_scope s ON s.provider_id = x.provider_id AND s.customer_id = x.customer_id
       WHERE x.recomputation_id = ?`,
      [id],
    )
  }
  await stage(trx, recomputations, moment, { kind: 'listed' })
}

async function stage(
  trx: Database,
  recomputations: readonly Recomputation[],
  moment: Moment,
  population: Population,
): Promise<void> {
  const surroundings = await surroundingsOf(trx, recomputations)
  for (const scope of ['business', 'provider'] as const) {
    const ours = recomputations.filter((recomputation) => recomputation.scope === scope)
    if (ours.length === 0) continue
    const segments = ours.map(({ segment, rule }) => ({ id: segment, rule }))
    const options = { scope, segments, alsoFlips: [], population, surroundings, moment }
    const differences = await evaluate(trx, options)
    for (const { id, segment } of ours) await noteChanges(trx, id, segment, differences)
    await bringFlipsForward(trx, differences)
  }
}

/** Segments that are recomputed together ask for each other as they will be. */
async function surroundingsOf(trx: Database, recomputations: readonly Recomputation[]): Promise<Surroundings> {
  const { segments, ...others } = await readSurroundings(trx)
  const named = new Map(segments)
  for (const { key, segment, scope, rule } of recomputations) named.set(key, { id: segment, scope, rule, live: true })
  return { ...others, segments: named, takenIn: takenInOf(recomputations) }
}

async function noteChanges(
  trx: Database,
  recomputation: number,
  segment: number,
  differences: readonly Difference[],
): Promise<void> {
  const changes = differences.flatMap(({ providerId, customerId, entered, left }) => {
    if (entered.includes(segment)) return [[recomputation, providerId, customerId, 1]]
    return left.includes(segment) ? [[recomputation, providerId, customerId, 0]] : []
  })
  await insertRows(
    trx,
    'segment_changes',
    ['recomputation_id', 'provider_id', 'customer_id', 'entered'],
    changes,
    'ON DUPLICATE KEY UPDATE entered = VALUES(entered)',
  )
}
