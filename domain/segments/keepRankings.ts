import { numbersOf } from '../../rules/compile/sources.ts'
import { numberCondition } from '../../rules/rankings.ts'
import type { Condition, Rule, Scope } from '../../rules/rule.ts'
import { sql } from '../../rules/sql.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { chunksOf } from './applyChanges.ts'
import type { Pair } from './markDirty.ts'
import type { Moment } from './moment.ts'
import type { Surroundings } from './surroundings.ts'

/** A ranking as its table has it. */
export type StoredRanking = { id: number; scope: Scope; condition: Condition; complete: boolean; tops: number[] }

/** Somebody whom a moved threshold has overtaken, or let in, with the relationships whose new numbers moved it. */
export type Overtaken = Pair & { by: readonly Pair[] }

/** What says when time alone changes the numbers of rankings: looked for as long as they are kept, whoever asks for them. */
export const flipsOf = (rankings: readonly StoredRanking[], scope: Scope): Rule[] =>
  rankings.filter((ranking) => ranking.scope === scope).map(({ condition }) => numberCondition(condition))

/** All rankings that rules in use ask for. */
export async function storedRankings(db: Database): Promise<StoredRanking[]> {
  const found = await rows<{ id: number; scope: Scope; condition: string; complete: number; tops: string | null }>(
    db,
    `SELECT k.id, k.scope, k.\`condition\`, k.complete, GROUP_CONCAT(t.top) AS tops
     FROM rankings k LEFT JOIN rank_tops t ON t.ranking_id = k.id GROUP BY k.id, k.scope, k.\`condition\`, k.complete`,
  )
  return found.map(({ id, scope, complete, ...row }) => {
    const condition = fromJson<Condition>(row.condition)
    if (condition === null) throw new Error(`Ranking ${id} has no condition`)
    return {
      id,
      scope,
      condition,
      complete: complete === 1,
      tops: (row.tops ?? '').split(',').filter(Boolean).map(Number),
    }
  })
}

/**
 * Brings the numbers of the pairs in `refresh_scope` up to date, and with them what is needed to be among the first.
 *
 * @returns whose places have changed by it though their own numbers have not
 */
export async function keepRankings(
  trx: Database,
  rankings: readonly StoredRanking[],
  moment: Moment,
  surroundings: Surroundings,
): Promise<Overtaken[]> {
  const overtaken: Overtaken[] = []
  for (const ranking of rankings) {
    const changed = await changedNumbers(trx, ranking, moment, surroundings)
    await writeNumbers(trx, ranking.id, changed)
    // until it is complete nothing is evaluated by it
    if (!ranking.complete) continue
    const providers = Map.groupBy(changed, ({ providerId }) => providerId)
    for (const top of ranking.tops) {
      for (const [providerId, by] of providers) {
        const pairs = await moveThreshold(trx, ranking.id, top, providerId)
        overtaken.push(...pairs.map((pair) => ({ ...pair, by })))
      }
    }
  }
  return overtaken
}

async function changedNumbers(
  trx: Database,
  { id, scope, condition }: StoredRanking,
  moment: Moment,
  surroundings: Surroundings,
): Promise<(Pair & { number: number })[]> {
  const options = { scope, population: { kind: 'listed' }, source: 'rollup', ...moment, ...surroundings } as const
  const statement = sql`
    SELECT e.provider_id, e.customer_id, e.number FROM (${numbersOf(condition, options)}) e
    LEFT JOIN rank_values v
      ON v.ranking_id = ${id} AND v.provider_id = e.provider_id AND v.customer_id = e.customer_id
    WHERE e.number <> COALESCE(v.number, 0)`
  const found = await rows<{ provider_id: number; customer_id: number; number: number }>(
    trx,
    statement.text,
    statement.values,
  )
  return found.map((row) => ({ providerId: row.provider_id, customerId: row.customer_id, number: Number(row.number) }))
}

async function writeNumbers(trx: Database, id: number, changed: readonly (Pair & { number: number })[]): Promise<void> {
  await insertRows(
    trx,
    'rank_values',
    ['ranking_id', 'provider_id', 'customer_id', 'number'],
    changed.filter(({ number }) => number > 0).map((pair) => [id, pair.providerId, pair.customerId, pair.number]),
    'ON DUPLICATE KEY UPDATE number = VALUES(number)',
  )
  // who has nothing has no place, and no row
  for (const chunk of chunksOf(changed.filter(({ number }) => number === 0))) {
    await execute(
      trx,
      `DELETE FROM rank_values WHERE ranking_id = ? AND (provider_id, customer_id) IN (${chunk.map(() => '(?, ?)').join(', ')})`,
      [id, ...chunk.flatMap(({ providerId, customerId }) => [providerId, customerId])],
    )
  }
}

/** Finds the number anew that is needed to be among so many. Returns those whose numbers lie between it and the old one. */
async function moveThreshold(trx: Database, id: number, top: number, providerId: number): Promise<Pair[]> {
  const [stored] = await rows<{ number: number }>(
    trx,
    'SELECT number FROM rank_thresholds WHERE ranking_id = ? AND top = ? AND provider_id = ?',
    [id, top, providerId],
  )
  const [found] = await rows<{ number: number }>(
    trx,
    `SELECT number FROM rank_values WHERE ranking_id = ? AND provider_id = ?
     ORDER BY number DESC LIMIT 1 OFFSET ${top - 1}`,
    [id, providerId],
  )
  const before = stored?.number ?? 0
  const now = found?.number ?? 0
  if (before === now) return []
  if (now === 0) {
    await execute(trx, 'DELETE FROM rank_thresholds WHERE ranking_id = ? AND top = ? AND provider_id = ?', [
      id,
      top,
      providerId,
    ])
  } else {
    await insertRows(
      trx,
      'rank_thresholds',
      ['ranking_id', 'top', 'provider_id', 'number'],
      [[id, top, providerId, now]],
      'ON DUPLICATE KEY UPDATE number = VALUES(number)',
    )
  }
  const between = await rows<{ customer_id: number }>(
    trx,
    'SELECT customer_id FROM rank_values WHERE ranking_id = ? AND provider_id = ? AND number >= ? AND number < ?',
    [id, providerId, Math.min(before, now), Math.max(before, now)],
  )
  return between.map(({ customer_id }) => ({ providerId, customerId: customer_id }))
}
