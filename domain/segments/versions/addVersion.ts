import { isDeepStrictEqual } from 'node:util'
import type { Rule } from '../../../rules/rule.ts'
import { type Database, execute } from '../../database.ts'
import type { Segment } from '../readSegments.ts'
import { requestRecompute } from '../requestRecompute.ts'

/** Who published a version and what they said about it. */
export type Publication = { by: string; note?: string | undefined; restoredFrom?: number | undefined }

/**
 * Makes a rule the newest version of a segment that the transaction holds, and asks for its members; until they are there,
 * those of the version before stand. A rule that is the newest one already makes none.
 *
 * @returns the number of the newest version then
 */
export async function addVersion(
  trx: Database,
  segment: Pick<Segment, 'id' | 'key' | 'rule' | 'version'>,
  rule: Rule,
  { by, note = '', restoredFrom }: Publication,
  now: Date,
): Promise<number> {
  if (isDeepStrictEqual(rule, segment.rule)) return segment.version
  const version = segment.version + 1
  const json = JSON.stringify(rule)
  await execute(trx, 'UPDATE segments SET rule = ?, version = ?, updated_at = ? WHERE id = ?', [
    json,
    version,
    now,
    segment.id,
  ])
  await execute(
    trx,
    `INSERT INTO segment_versions (segment_id, version, rule, created_at, created_by, note, restored_from)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [segment.id, version, json, now, by, note, restoredFrom ?? null],
  )
  await requestRecompute(trx, segment.key, version, now)
  return version
}
