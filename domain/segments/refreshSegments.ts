import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { applyChanges, applyFlips, type Change, chunksOf } from './applyChanges.ts'
import { type Difference, evaluate } from './evaluate.ts'
import { type LiveSegment, liveSegments } from './liveSegments.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import { earlierOf, type Moment, momentAt } from './moment.ts'
import { rebuildRollup } from './rebuildRollup.ts'
import { emptyRefreshScope, fillRefreshScope } from './refreshScope.ts'
import { deleteMarks, heedLaterMarks, pairKey, takeWork, type Work } from './takeWork.ts'
import { waitingProviders } from './waitingProviders.ts'

/**
 * Brings every segment up to a moment: looks at the relationships whose facts changed and at those whose time has come,
 * at nothing else. In batches, each in a transaction of its own that a second refresh waits for; a crash loses nothing.
 *
 * @returns when time alone next changes anything; null when never
 */
export async function refreshSegments(db: Database, now: Date): Promise<{ nextFlip: Date | null }> {
  const moment = await momentAt(db, now)
  while (await transact(db, (trx) => refreshBatch(trx, moment)));
  return { nextFlip: await nextFlip(db, moment) }
}

/** Does one batch. Returns whether there was anything to do. */
async function refreshBatch(trx: Database, moment: Moment): Promise<boolean> {
  await lockUpkeep(trx)
  await execute(trx, 'UPDATE segment_upkeep SET refreshed_to = GREATEST(COALESCE(refreshed_to, ?), ?) WHERE id = 1', [
    moment.now,
    moment.now,
  ])
  const segments = await liveSegments(trx)
  const work = await takeWork(
    trx,
    moment,
    segments.some(({ scope }) => scope === 'provider'),
  )
  if (work.pairs.size === 0) return false
  const waiting = await waitingProviders(trx)
  await fillRefreshScope(trx, work.pairs.values())
  await rebuildRollup(trx, moment, waiting)
  for (const scope of ['business', 'provider'] as const) {
    const evaluated = segments.filter((segment) => segment.scope === scope)
    const differences = await evaluate(trx, {
      scope,
      segments: evaluated.flatMap(({ id, live }) => (live === null ? [] : [{ id, rule: live.rule }])),
      alsoFlips: evaluated.flatMap(({ pending }): Rule[] => (pending === null ? [] : [pending.rule])),
      population: { kind: 'listed' },
      waitingProviders: waiting,
      moment,
    })
    const changed = differences.filter(({ entered, left }) => entered.length + left.length > 0)
    await heedLaterMarks(
      trx,
      work,
      changed.map(({ customerId }) => customerId),
    )
    await applyChanges(trx, changesOf(differences, evaluated, work), moment.now)
    await applyFlips(trx, differences)
    await noteTouched(trx, evaluated, work, scope)
  }
  await deleteMarks(trx, work.marks)
  await emptyRefreshScope(trx)
  return true
}

function changesOf(differences: readonly Difference[], segments: readonly LiveSegment[], work: Work): Change[] {
  const versions = new Map(segments.map(({ id, live }) => [id, live?.version ?? 0]))
  return differences.flatMap((difference) => {
    const { providerId, customerId, entered, left } = difference
    const cause = work.pairs.get(pairKey(difference))?.cause ?? 'time'
    const change = (segment: number, isIn: boolean): Change => ({
      segment,
      providerId,
      customerId,
      entered: isIn,
      cause,
      version: versions.get(segment) ?? 0,
    })
    return [...entered.map((segment) => change(segment, true)), ...left.map((segment) => change(segment, false))]
  })
}

/** A recompute that runs meanwhile looks again at whom this refresh has looked at. */
async function noteTouched(trx: Database, segments: readonly LiveSegment[], work: Work, scope: Scope): Promise<void> {
  const pairs = [...work.pairs.values()].filter(({ providerId }) => (providerId === 0) === (scope === 'business'))
  for (const { pending } of segments) {
    if (pending === null) continue
    for (const chunk of chunksOf(pairs)) {
      await execute(
        trx,
        `INSERT IGNORE INTO segment_touched (recomputation_id, provider_id, customer_id)
         VALUES ${chunk.map(() => '(?, ?, ?)').join(', ')}`,
        chunk.flatMap(({ providerId, customerId }) => [pending.recomputation, providerId, customerId]),
      )
    }
  }
}

async function nextFlip(db: Database, { timeZone }: Moment): Promise<Date | null> {
  const [row] = await rows<{ flip_at: Date | null; flip_on: string | null }>(
    db,
    'SELECT (SELECT MIN(flip_at) FROM relationships) AS flip_at, (SELECT MIN(flip_on) FROM relationships) AS flip_on',
  )
  return earlierOf(row?.flip_at ?? null, row?.flip_on ?? null, timeZone)
}
