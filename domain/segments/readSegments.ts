import type { Rule, Scope } from '../../rules/rule.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { momentAt } from './moment.ts'
import { requireProvider } from './requireProvider.ts'
import { type Series, seriesOf } from './series.ts'

/** How and when a segment is computed. */
export type Recalculation = { mode: 'live' | 'hourly' | 'nightly' | 'by_hand'; at?: string | undefined }

export type Segment = {
  /** Our own id; `key` is what the API calls it. */
  id: number
  key: string
  name: string
  note: string
  scope: Scope
  rule: Rule
  version: number
  members: number
  recalculation: Recalculation
  createdAt: Date
  /** When it was last evaluated, as a whole or for those concerned. */
  recalculatedAt: Date | null
  /** The members are still those of an earlier rule, or none yet. */
  recomputing: boolean
}

type Row = {
  id: number
  key: string
  name: string
  note: string
  scope: Scope
  rule: string
  version: number
  computed_version: number | null
  computed_at: Date | null
  refreshed_to: Date | null
  recalculation: string
  created_at: Date
  running: number
  members: number
}

const SELECT = `
  SELECT s.id, s.\`key\`, s.name, s.note, s.scope, s.rule, s.version, s.computed_version, s.computed_at,
    (SELECT u.refreshed_to FROM segment_upkeep u WHERE u.id = 1) AS refreshed_to, s.recalculation, s.created_at,
    EXISTS (SELECT 1 FROM segment_recomputations p WHERE p.segment_id = s.id) AS running,
    (SELECT COUNT(*) FROM segment_members m
     WHERE m.segment_id = s.id AND (s.scope = 'business' OR m.provider_id = COALESCE(?, m.provider_id))) AS members
  FROM segments s`

/**
 * All segments, oldest first, each with its number of members over the last days.
 *
 * @param provider the caller's id: only its customers are counted in the segments of providers, all of them if left out
 * @throws Problem 'invalid' when there is no such provider
 */
export async function listSegments(
  db: Database,
  now: Date,
  provider?: string | undefined,
): Promise<(Segment & { series: Series })[]> {
  const providerId = await countedProvider(db, provider)
  const segments = (await rows<Row>(db, `${SELECT} ORDER BY s.id`, [providerId])).map(toSegment)
  const counts = new Map(segments.map(({ id, members }) => [id, members]))
  const series = await seriesOf(db, counts, providerId, await momentAt(db, now))
  return segments.map((segment) => ({ ...segment, series: series.get(segment.id) ?? [] }))
}

const countedProvider = async (db: Database, provider: string | undefined): Promise<number | null> =>
  provider === undefined ? null : requireProvider(db, provider, '/query/provider')

/**
 * One segment.
 *
 * @param provider as in {@link listSegments}
 * @throws Problem 'not_found'; 'invalid' when there is no such provider
 */
export async function readSegment(db: Database, key: string, provider?: string | undefined): Promise<Segment> {
  const isPossible = /^[\x20-\x7e]*$/.test(key)
  const counted = await countedProvider(db, provider)
  const [row] = isPossible ? await rows<Row>(db, `${SELECT} WHERE s.\`key\` = ?`, [counted, key]) : []
  if (row === undefined) throw new Problem('not_found', `There is no segment “${key}”.`)
  return toSegment(row)
}

function toSegment(row: Row): Segment {
  const rule = fromJson<Rule>(row.rule)
  const recalculation = fromJson<Recalculation>(row.recalculation)
  if (rule === null || recalculation === null) throw new Error(`Segment ${row.key} has no rule`)
  const { computed_at: computed, refreshed_to: refreshed } = row
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    note: row.note,
    scope: row.scope,
    rule,
    version: row.version,
    members: row.members,
    recalculation,
    createdAt: row.created_at,
    recalculatedAt: computed !== null && refreshed !== null && refreshed > computed ? refreshed : computed,
    recomputing: row.running === 1 || row.computed_version !== row.version,
  }
}
