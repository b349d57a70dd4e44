import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { inParallel } from '../inParallel.ts'
import { drawUpRankings } from './drawUpRankings.ts'
import { noteFactsInUse } from './factsInUse.ts'
import { finishRecompute } from './finishRecompute.ts'
import { levelsOf, takenInOf } from './levels.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import { momentAt } from './moment.ts'
import type { Recomputation } from './recomputation.ts'
import { refreshSegments } from './refreshSegments.ts'
import { stageChanges } from './stageChanges.ts'

/** How far a recompute has come, in customers. */
export type RecomputeProgress = { done: number; total: number }

/** How many ids of customers one chunk spans. */
const CHUNK = 20_000
/** How many chunks the database works on at once: they share no customers. */
const AT_ONCE = 2

/**
 * Evaluates a whole segment by its newest rule. The members stand as they are until every customer has been evaluated;
 * then they change in one transaction. A crash on the way changes nothing; a later recompute takes this one's place.
 *
 * @param onProgress called after each chunk; what it throws ends the recompute
 */
export async function recomputeSegment(
  db: Database,
  key: string,
  now: Date,
  onProgress?: (progress: RecomputeProgress) => void | Promise<void>,
): Promise<void> {
  await recomputeSegments(db, [key], now, onProgress)
}

/**
 * Like {@link recomputeSegment}, for several segments in one pass over the customers; those that ask for others of them in
 * a pass after theirs. Unknown keys are passed over.
 */
export async function recomputeSegments(
  db: Database,
  keys: readonly string[],
  now: Date,
  onProgress?: (progress: RecomputeProgress) => void | Promise<void>,
): Promise<void> {
  if (keys.length === 0) return
  const found = await rows<{ key: string; scope: Scope; rule: string }>(
    db,
    'SELECT `key`, scope, rule FROM segments WHERE `key` IN (?) ORDER BY id',
    [[...keys]],
  )
  const segments = found.map(({ key, scope, rule }) => ({ key, scope, rule: fromJson<Rule>(rule) ?? { all: [] } }))
  const levels = levelsOf(segments, takenInOf(segments))
  for (const [level, evaluated] of levels.entries()) {
    const ours = evaluated.map(({ key }) => key)
    await recomputeLevel(db, ours, now, ({ done, total }) =>
      onProgress?.({ done: level * total + done, total: levels.length * total }),
    )
  }
}

async function recomputeLevel(
  db: Database,
  keys: readonly string[],
  now: Date,
  onProgress: (progress: RecomputeProgress) => void | Promise<void>,
): Promise<void> {
  // the chunks read the rollup: first it must be what it should be at this moment
  await refreshSegments(db, now)
  const moment = await momentAt(db, now)
  const recomputations = await db.transaction((trx) => register(trx, keys, now))
  await drawUpRankings(db, moment)
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  const total = last?.id ?? 0
  const ranges = Array.from({ length: Math.floor(total / CHUNK) + 1 }, (_, index) => index * CHUNK)
  let done = 0
  await inParallel(ranges, AT_ONCE, async (from) => {
    await stageChanges(db, recomputations, moment, { from, to: from + CHUNK - 1 })
    done += CHUNK
    await onProgress({ done: Math.min(total, done), total })
  })
  await finishRecompute(db, recomputations, moment)
}

/** Writes down that these segments are being recomputed, so that refreshes take note. Drops what earlier ones have staged. */
async function register(trx: Database, keys: readonly string[], now: Date): Promise<Recomputation[]> {
  await lockUpkeep(trx)
  const segments = await rows<{ id: number; key: string; version: number; scope: Scope; rule: string }>(
    trx,
    'SELECT id, `key`, version, scope, rule FROM segments WHERE `key` IN (?) ORDER BY id FOR UPDATE',
    [[...keys]],
  )
  for (const { id, version } of segments) {
    await execute(trx, 'DELETE FROM segment_recomputations WHERE segment_id = ?', [id])
    await execute(trx, 'INSERT INTO segment_recomputations (segment_id, version, started_at) VALUES (?, ?, ?)', [
      id,
      version,
      now,
    ])
  }
  await noteFactsInUse(
    trx,
    segments.flatMap(({ rule }) => fromJson<Rule>(rule) ?? []),
  )
  for (const table of ['segment_changes', 'segment_touched']) {
    await execute(trx, `DELETE FROM ${table} WHERE recomputation_id NOT IN (SELECT id FROM segment_recomputations)`)
  }
  const ids = await rows<{ id: number; segment_id: number }>(
    trx,
    'SELECT id, segment_id FROM segment_recomputations WHERE segment_id IN (?)',
    [segments.length === 0 ? [0] : segments.map(({ id }) => id)],
  )
  return ids.map(({ id, segment_id }): Recomputation => {
    const segment = segments.find((one) => one.id === segment_id)
    const rule = fromJson<Rule>(segment?.rule ?? null)
    if (segment === undefined || rule === null) throw new Error(`Segment ${segment_id} has no rule`)
    return { id, segment: segment_id, key: segment.key, version: segment.version, scope: segment.scope, rule }
  })
}
