import { createHash } from 'node:crypto'
import { rankingKey } from '../../rules/compile/key.ts'
import { numbersOf } from '../../rules/compile/sources.ts'
import { rankingsIn } from '../../rules/rankings.ts'
import type { Condition, Rule, Scope } from '../../rules/rule.ts'
import { sql } from '../../rules/sql.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { type StoredRanking, storedRankings } from './keepRankings.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import type { Moment } from './moment.ts'
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

/** The rankings of the rules that stand and of those that are to stand. */
async function wantedRankings(trx: Database): Promise<Map<string, Wanted>> {
  const found = await rows<{ scope: Scope; rule: string }>(
    trx,
    `SELECT s.scope, s.rule FROM segments s
     UNION ALL SELECT s.scope, v.rule FROM segments s JOIN segment_versions v ON v.segment_id = s.id
       AND v.version = s.computed_version AND v.version <> s.version
     UNION ALL SELECT s.scope, v.rule FROM segments s JOIN segment_recomputations p ON p.segment_id = s.id
       JOIN segment_versions v ON v.segment_id = s.id AND v.version = p.version AND v.version <> s.version`,
  )
  const wanted = new Map<string, Wanted>()
  for (const { scope, rule } of found) {
    for (const { condition, top } of rankingsIn(fromJson<Rule>(rule) ?? { all: [] })) {
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
async function fill(db: Database, { id, scope, condition, tops }: StoredRanking, moment: Moment): Promise<void> {
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  for (let from = 0; from <= (last?.id ?? 0); from += CHUNK) {
    await transact(db, async (trx) => {
      await lockUpkeep(trx)
      const population = { kind: 'range', from, to: from + CHUNK - 1 } as const
      const options = { scope, population, source: 'rollup', ...moment, ...(await readSurroundings(trx)) } as const
      await execute(trx, 'DELETE FROM rank_values WHERE ranking_id = ? AND customer_id BETWEEN ? AND ?', [
        id,
        population.from,
        population.to,
      ])
      const statement = sql`
        INSERT INTO rank_values (ranking_id, provider_id, customer_id, number)
        SELECT ${id}, e.provider_id, e.customer_id, e.number FROM (${numbersOf(condition, options)}) e
        JOIN rankings k ON k.id = ${id}
        WHERE e.number > 0`
      await execute(trx, statement.text, [...statement.values])
    })
  }
  await transact(db, async (trx) => {
    await lockUpkeep(trx)
    for (const top of tops) await findThresholds(trx, id, top)
    await execute(trx, 'UPDATE rankings SET complete = TRUE WHERE id = ?', [id])
  })
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
