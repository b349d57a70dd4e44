import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, fromJson, rows } from '../database.ts'
import type { Recalculation } from './readSegments.ts'

/** A segment as a refresh sees it. */
export type LiveSegment = {
  id: number
  key: string
  scope: Scope
  /** Whether refreshes keep it current; the members of others change when they are recalculated. */
  current: boolean
  /** The rule whose members stand now, with its version; null until the segment has been computed for the first time. */
  live: { rule: Rule; version: number } | null
  /** A recompute that is running: its rule decides when customers are looked at again, not who is a member. */
  pending: { recomputation: number; rule: Rule } | null
}

type Row = {
  id: number
  key: string
  scope: Scope
  computed_version: number | null
  recalculation: string
  live_rule: string | null
  recomputation: number | null
  pending_rule: string | null
}

/** All segments that are computed or being computed. */
export async function liveSegments(db: Database): Promise<LiveSegment[]> {
  const found = await rows<Row>(
    db,
    `SELECT s.id, s.\`key\`, s.scope, s.computed_version, s.recalculation, v.rule AS live_rule,
       p.id AS recomputation, w.rule AS pending_rule
     FROM segments s
     LEFT JOIN segment_versions v ON v.segment_id = s.id AND v.version = s.computed_version
     LEFT JOIN segment_recomputations p ON p.segment_id = s.id
     LEFT JOIN segment_versions w ON w.segment_id = s.id AND w.version = p.version
     ORDER BY s.id`,
  )
  return found
    .map((row): LiveSegment => {
      const rule = fromJson<Rule>(row.live_rule)
      const pending = fromJson<Rule>(row.pending_rule)
      return {
        id: row.id,
        key: row.key,
        scope: row.scope,
        current: fromJson<Recalculation>(row.recalculation)?.mode === 'live',
        live: rule === null || row.computed_version === null ? null : { rule, version: row.computed_version },
        pending:
          pending === null || row.recomputation === null ? null : { recomputation: row.recomputation, rule: pending },
      }
    })
    .filter(({ live, pending }) => live !== null || pending !== null)
}
