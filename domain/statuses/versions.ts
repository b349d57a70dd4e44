import { type Database, fromJson, rows } from '../database.ts'
import type { StatusRule, StatusRules } from './standardRules.ts'

/** One saving of the status automation. */
export type StatusVersion = StatusRules & {
  version: number
  /** Whether it decides about everybody from the beginning. */
  anew: boolean
  /** Customers up to this id have been decided about by it. */
  computedTo: number
  /** Whether everybody has. */
  computed: boolean
  createdAt: Date
  createdBy: string | null
}

type Row = {
  version: number
  enabled: number
  rules: string
  anew: number
  computed_to: number
  computed_at: Date | null
  created_at: Date
  created_by: string | null
}

const versionOf = (row: Row): StatusVersion => ({
  version: row.version,
  enabled: row.enabled === 1,
  rules: fromJson<StatusRule[]>(row.rules) ?? [],
  anew: row.anew === 1,
  computedTo: row.computed_to,
  computed: row.computed_at !== null,
  createdAt: row.created_at,
  createdBy: row.created_by,
})

/** The newest version; undefined when none was ever saved. */
export async function newestVersion(db: Database): Promise<StatusVersion | undefined> {
  const [row] = await rows<Row>(db, 'SELECT * FROM status_automation_versions ORDER BY version DESC LIMIT 1')
  return row === undefined ? undefined : versionOf(row)
}

/**
 * The versions that were ever saved, newest first.
 *
 * @param before only those earlier than this one; null for all
 */
export async function listStatusVersions(
  db: Database,
  { limit, before }: { limit: number; before: number | null },
): Promise<{ items: StatusVersion[]; next: number | null }> {
  const found = await rows<Row>(
    db,
    'SELECT * FROM status_automation_versions WHERE version < ? ORDER BY version DESC LIMIT ?',
    [before ?? 4_294_967_295, limit + 1],
  )
  const part = found.slice(0, limit).map(versionOf)
  return { items: part, next: found.length > limit ? (part.at(-1)?.version ?? null) : null }
}

/**
 * The versions by which anybody is decided about now, newest first: mostly one. While the newest is making its way
 * through the customers, those behind it are still decided about by the one before.
 */
export async function standingVersions(db: Database): Promise<StatusVersion[]> {
  const found = await rows<Row>(
    db,
    `SELECT * FROM status_automation_versions
     WHERE version >= COALESCE((SELECT MAX(version) FROM status_automation_versions WHERE computed_at IS NOT NULL), 0)
     ORDER BY version DESC`,
  )
  return found.map(versionOf)
}

/** The rules of a version by which anybody's status can change. */
export const activeRules = ({ enabled, rules }: StatusRules): StatusRule[] =>
  rules.filter((rule) => rule.enabled && (enabled || rule.from !== 'lead'))
