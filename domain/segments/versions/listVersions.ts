import type { Rule } from '../../../rules/rule.ts'
import { type Database, fromJson, rows } from '../../database.ts'
import { readSegment } from '../readSegments.ts'

export type Version = {
  version: number
  createdAt: Date
  /** Who published it; null for those that ship with the product. */
  createdBy: string | null
  note: string
  /** The earlier version whose rule it took up again. */
  restoredFrom: number | null
  rule: Rule
  /** When its first members stood; null while they are being computed, or when a later version was faster. */
  computedAt: Date | null
  /** Who entered and left because it was published. */
  entered: number | null
  left: number | null
}

type Row = {
  version: number
  created_at: Date
  created_by: string | null
  note: string
  restored_from: number | null
  rule: string
  computed_at: Date | null
  entered_count: number
  left_count: number
}

/**
 * The versions of a segment's rule, newest first.
 *
 * @param before only those earlier than this one
 * @throws Problem 'not_found'
 */
export async function listVersions(
  db: Database,
  key: string,
  { limit, before }: { limit: number; before: number | null },
): Promise<{ items: Version[]; next: number | null }> {
  const { id } = await readSegment(db, key)
  const found = await rows<Row>(
    db,
    `SELECT v.version, v.created_at, v.created_by, v.note, v.restored_from, v.rule, v.computed_at,
       ${countSql(true)} AS entered_count, ${countSql(false)} AS left_count
     FROM segment_versions v WHERE v.segment_id = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?`,
    [id, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
  )
  const part = found.slice(0, limit)
  return {
    items: part.map((row) => ({
      version: row.version,
      createdAt: row.created_at,
      createdBy: row.created_by,
      note: row.note,
      restoredFrom: row.restored_from,
      rule: fromJson<Rule>(row.rule) ?? { all: [] },
      computedAt: row.computed_at,
      entered: row.computed_at === null ? null : row.entered_count,
      left: row.computed_at === null ? null : row.left_count,
    })),
    next: found.length > limit ? (part.at(-1)?.version ?? null) : null,
  }
}

/** What publishing a version did stands at the instant at which its members did. */
const countSql = (entered: boolean) => `(SELECT COUNT(*) FROM segment_transitions t
  WHERE t.segment_id = v.segment_id AND t.at = v.computed_at AND t.entered = ${entered ? 1 : 0}
    AND t.version = v.version AND t.cause IN ('initial', 'rule_change'))`
