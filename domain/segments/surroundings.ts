import type { CompileOptions, KeptRanking, NamedSegment } from '../../rules/compile/options.ts'
import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, fromJson, rows } from '../database.ts'
import type { Recalculation } from './readSegments.ts'
import { waitingProviders } from './waitingProviders.ts'

/** What an evaluation has to know beside its rules: who has not arrived yet, what other segments and rankings there are. */
export type Surroundings = Pick<CompileOptions, 'waitingProviders' | 'segments' | 'rankings' | 'takenIn'>

/** The surroundings as they are now. */
export async function readSurroundings(db: Database): Promise<Surroundings> {
  return {
    waitingProviders: await waitingProviders(db),
    segments: await namedSegments(db),
    rankings: await keptRankings(db),
  }
}

/** All segments that have been computed, each with the rule whose members stand now. */
async function namedSegments(db: Database): Promise<Map<string, NamedSegment>> {
  const found = await rows<{ id: number; key: string; scope: Scope; rule: string; recalculation: string }>(
    db,
    `SELECT s.id, s.\`key\`, s.scope, v.rule, s.recalculation
     FROM segments s JOIN segment_versions v ON v.segment_id = s.id AND v.version = s.computed_version`,
  )
  return new Map(
    found.flatMap(({ id, key, scope, ...json }) => {
      const rule = fromJson<Rule>(json.rule)
      const live = fromJson<Recalculation>(json.recalculation)?.mode === 'live'
      return rule === null ? [] : [[key, { id, scope, rule, live }] as const]
    }),
  )
}

/** The rankings whose numbers are complete. */
async function keptRankings(db: Database): Promise<Map<string, KeptRanking>> {
  const found = await rows<{ id: number; name: string; tops: string }>(
    db,
    `SELECT k.id, k.name, GROUP_CONCAT(t.top) AS tops FROM rankings k JOIN rank_tops t ON t.ranking_id = k.id
     WHERE k.complete GROUP BY k.id, k.name`,
  )
  return new Map(found.map(({ id, name, tops }) => [name, { id, tops: new Set(tops.split(',').map(Number)) }]))
}
