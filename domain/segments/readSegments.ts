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
  /** When the clock recalculates it next; null when it is kept current, or recalculated by hand. */
  nextRecalculationAt: Date | null
  /** The members are still those of an earlier rule, or none yet. */
  recomputing: boolean
  /** Somebody is working on another rule for it. */
  draft: { baseVersion: number; revision: number; updatedAt: Date; updatedBy: string } | null
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
  next_recalculation_at: Date | null
  created_at: Date
  running: number
  base_version: number | null
  revision: number | null
  updated_at: Date
  updated_by: string
  members: number
}

const SELECT = `
  SELECT s.id, s.\`key\`, s.name, s.note, s.scope, s.rule, s.version, s.computed_version, s.computed_at,
    (SELECT u.refreshed_to FROM segment_upkeep u WHERE u.id = 1) AS refreshed_to, s.recalculation, s.created_at,
    s.next_recalculation_at, d.base_version, CAST(d.revision AS SIGNED) AS revision, d.updated_at, d.updated_by,
    EXISTS (SELECT 1 FROM segment_recomputations p WHERE p.segment_id = s.id) AS running,
    (SELECT COUNT(*) FROM segment_members m
     WHERE m.segment_id = s.id AND (s.scope = 'business' OR m.provider_id = COALESCE(?, m.provider_id))) AS members
  FROM segments s LEFT JOIN segment_drafts d ON d.segment_id = s.id`

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

function draftIn({ base_version, revision, updated_at, updated_by }: Row): Segment['draft'] {
  if (base_version === null || revision === null) return null
  return { baseVersion: base_version, revision, updatedAt: updated_at, updatedBy: updated_by }
}

function toSegment(row: Row): Segment {
  const rule = fromJson<Rule>(row.rule)
  const recalculation = fromJson<Recalculation>(row.recalculation)
  if (rule === null || recalculation === null) throw new Error(`Segment ${row.key} has no rule`)
  const { computed_at: computed, refreshed_to: refreshed } = row
  const isRefreshed = recalculation.mode === 'live' && computed !== null && refreshed !== null && refreshed > computed
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
    recalculatedAt: isRefreshed ? refreshed : computed,
    nextRecalculationAt: row.next_recalculation_at,
    recomputing: row.running === 1 || row.computed_version !== row.version,
    draft: draftIn(row),
  }
}
