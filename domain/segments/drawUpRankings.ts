import { createHash } from 'node:crypto'
import { rankingKey } from '../../rules/compile/key.ts'
import { numbersOf } from '../../rules/compile/sources.ts'
import { rankingsIn } from '../../rules/rankings.ts'
import type { Condition, Rule, Scope } from '../../rules/rule.ts'
import { sql } from '../../rules/sql.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { rulesOfStatuses } from '../statuses/rulesOfStatuses.ts'
import { bringFlipsForward } from './applyChanges.ts'
import { evaluate } from './evaluate.ts'
import { flipsOf, type StoredRanking, storedRankings } from './keepRankings.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import { type Moment, momentAt } from './moment.ts'
import { readSurroundings } from './surroundings.ts'

/** How many ids of customers one transaction takes; refreshes wait for it. */
const CHUNK = 20_000

type Wanted = { name: string; scope: Scope; condition: Condition; tops: Set<number> }

/**
 * Makes sure that the rankings which rules in use ask for are kept, and those that no rule asks for any more are not.
 * From then on each refresh keeps them up to date.
 */
export async function drawUpRankings(db: Database, moment: Moment): Promise<void> {
  const incomplete = await transact(db, async (trx) => {
    await lockUpkeep(trx)
    await registerRankings(trx, await wantedRankings(trx))
    return (await storedRankings(trx)).filter(({ complete }) => !complete)
  })
  for (const ranking of incomplete) await fill(db, ranking, moment)
}

/** The rankings of the rules that stand and of those that are being computed, of segments and of statuses. */
async function wantedRankings(trx: Database): Promise<Map<string, Wanted>> {
  const found = await rows<{ scope: Scope; rule: string }>(
    trx,
    `SELECT s.scope, v.rule FROM segments s
       JOIN segment_versions v ON v.segment_id = s.id AND v.version = s.computed_version
     UNION ALL SELECT s.scope, v.rule FROM segments s JOIN segment_recomputations p ON p.segment_id = s.id
       JOIN segment_versions v ON v.segment_id = s.id AND v.version = p.version`,
  )
  const rules = [
    ...found.map(({ scope, rule }) => ({ scope, rule: fromJson<Rule>(rule) ?? { all: [] } })),
    ...(await rulesOfStatuses(trx)).map((rule) => ({ scope: 'business' as const, rule })),
  ]
  const wanted = new Map<string, Wanted>()
  for (const { scope, rule } of rules) {
    for (const { condition, top } of rankingsIn(rule)) {
      const name = rankingKey(scope, condition)
      const one = wanted.get(name) ?? { name, scope, condition, tops: new Set<number>() }
      one.tops.add(top)
      wanted.set(name, one)
    }
  }
  return wanted
}

async function registerRankings(trx: Database, wanted: ReadonlyMap<string, Wanted>): Promise<void> {
  for (const { id, name } of await rows<{ id: number; name: string }>(trx, 'SELECT id, name FROM rankings')) {
    if (!wanted.has(name)) await execute(trx, 'DELETE FROM rankings WHERE id = ?', [id])
  }
  for (const { name, scope, condition, tops } of wanted.values()) {
    const hash = createHash('sha256').update(name).digest('hex')
    await execute(trx, 'INSERT IGNORE INTO rankings (name, name_hash, scope, `condition`) VALUES (?, ?, ?, ?)', [
      name,
      hash,
      scope,
      JSON.stringify(condition),
    ])
    const [row] = await rows<{ id: number; complete: number }>(
      trx,
      'SELECT id, complete FROM rankings WHERE name_hash = ?',
      [hash],
    )
    if (row === undefined) continue
    await execute(trx, 'DELETE FROM rank_tops WHERE ranking_id = ? AND top NOT IN (?)', [row.id, [...tops]])
    for (const top of tops) {
      const made = await execute(trx, 'INSERT IGNORE INTO rank_tops (ranking_id, top) VALUES (?, ?)', [row.id, top])
      if (made > 0 && row.complete === 1) await findThresholds(trx, row.id, top)
    }
  }
}

/** Numbers everybody, then says what is needed for a place. Refreshes keep up with what changes in between. */
async function fill(db: Database, ranking: StoredRanking, from: Moment): Promise<void> {
  const { id, tops } = ranking
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  for (let id = 0; id <= (last?.id ?? 0); id += CHUNK) {
    await transact(db, async (trx) => {
      // numbers of an earlier moment than a refresh has written would never be looked at again
      const refreshedTo = await lockUpkeep(trx)
      const moment = await momentAt(trx, refreshedTo !== null && refreshedTo > from.now ? refreshedTo : from.now)
      await fillRange(trx, ranking, moment, { kind: 'range', from: id, to: id + CHUNK - 1 })
    })
  }
  await transact(db, async (trx) => {
    await lockUpkeep(trx)
    for (const top of tops) await findThresholds(trx, id, top)
    await execute(trx, 'UPDATE rankings SET complete = TRUE WHERE id = ?', [id])
  })
}

async function fillRange(
  trx: Database,
  ranking: StoredRanking,
  moment: Moment,
  population: { kind: 'range'; from: number; to: number },
): Promise<void> {
  const { id, scope, condition } = ranking
  const surroundings = await readSurroundings(trx)
  await execute(trx, 'DELETE FROM rank_values WHERE ranking_id = ? AND customer_id BETWEEN ? AND ?', [
    id,
    population.from,
    population.to,
  ])
  const numbers = numbersOf(condition, { scope, population, source: 'rollup', ...moment, ...surroundings })
  const statement = sql`
    INSERT INTO rank_values (ranking_id, provider_id, customer_id, number)
    SELECT ${id}, e.provider_id, e.customer_id, e.number FROM (${numbers}) e
    JOIN rankings k ON k.id = ${id}
    WHERE e.number > 0`
  await execute(trx, statement.text, [...statement.values])
  const alsoFlips = flipsOf([ranking], scope)
  await bringFlipsForward(
    trx,
    await evaluate(trx, { scope, segments: [], alsoFlips, population, surroundings, moment }),
  )
}

async function findThresholds(trx: Database, id: number, top: number): Promise<void> {
  await execute(
    trx,
    `INSERT INTO rank_thresholds (ranking_id, top, provider_id, number)
     SELECT t.ranking_id, t.top, p.provider_id, p.number FROM (
       SELECT provider_id, number, ROW_NUMBER() OVER (PARTITION BY provider_id ORDER BY number DESC) AS place
       FROM rank_values WHERE ranking_id = ?
     ) p JOIN rank_tops t ON t.ranking_id = ? AND t.top = ? WHERE p.place = ?
     ON DUPLICATE KEY UPDATE number = VALUES(number)`,
    [id, id, top, top],
  )
}
