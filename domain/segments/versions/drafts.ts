import { type Database, execute, fromJson, rows } from '../../database.ts'
import { nextRevision, refuseOther, requireBase } from '../../drafts.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import { readSegment } from '../readSegments.ts'
import { lockSegment } from './lockSegment.ts'

/** A rule that somebody is working on; it may hold mistakes. There is one for each segment. */
export type Draft = {
  rule: Record<string, unknown>
  /** The version that it was made from. */
  baseVersion: number
  /** Another one with every keeping. */
  revision: number
  updatedAt: Date
  updatedBy: string
}

type Row = { rule: string; base_version: number; revision: number; updated_at: Date; updated_by: string }

/** The draft of a segment, by our own id; null when there is none. */
export async function draftOf(db: Database, segment: number): Promise<Draft | null> {
  const [row] = await rows<Row>(
    db,
    `SELECT rule, base_version, CAST(revision AS SIGNED) AS revision, updated_at, updated_by
     FROM segment_drafts WHERE segment_id = ?`,
    [segment],
  )
  if (row === undefined) return null
  return {
    rule: fromJson<Record<string, unknown>>(row.rule) ?? {},
    baseVersion: row.base_version,
    revision: row.revision,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

/** The draft of a segment. @throws Problem 'not_found' also when there is none */
export async function readDraft(db: Database, key: string): Promise<Draft> {
  const segment = await readSegment(db, key)
  const draft = await draftOf(db, segment.id)
  if (draft === null) throw new Problem('not_found', `“${segment.name}” has no draft.`)
  return draft
}

/**
 * Keeps a draft.
 *
 * @param change the rule as it came, the version it was made from, and the revision of the draft that the caller has seen
 *   and means to replace; null when they saw none
 * @throws Problem 'not_found'; 'conflict' with the draft that is there when it is another one; 'invalid' for a version
 *   that never was
 */
export function keepDraft(
  db: Database,
  key: string,
  change: { rule: Record<string, unknown>; baseVersion: number; revision: number | null },
  by: string,
  now: Date,
): Promise<Draft> {
  return transact(db, async (trx) => {
    const segment = await lockSegment(trx, key)
    requireBase(change.baseVersion, segment.version)
    const stored = await draftOf(trx, segment.id)
    refuseOther(stored, change.revision, shownDraft)
    const revision = nextRevision(stored, now)
    await execute(
      trx,
      `REPLACE INTO segment_drafts (segment_id, rule, base_version, revision, updated_at, updated_by)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [segment.id, JSON.stringify(change.rule), change.baseVersion, revision, now, by],
    )
    return { rule: change.rule, baseVersion: change.baseVersion, revision, updatedAt: now, updatedBy: by }
  })
}

/**
 * Throws a draft away; when there is none, nothing happens.
 *
 * @param revision of the draft that is meant
 * @throws Problem 'not_found'; 'conflict' when it has been changed since
 */
export function discardDraft(db: Database, key: string, revision: number | undefined): Promise<void> {
  return transact(db, async (trx) => {
    const segment = await lockSegment(trx, key)
    const stored = await draftOf(trx, segment.id)
    if (stored !== null && revision !== undefined) refuseOther(stored, revision, shownDraft)
    await deleteDraft(trx, segment.id)
  })
}

/** Deletes the draft of a segment that the transaction holds. */
export async function deleteDraft(trx: Database, segment: number): Promise<void> {
  await execute(trx, 'DELETE FROM segment_drafts WHERE segment_id = ?', [segment])
}

/** A draft as HTTP shows it. */
export const shownDraft = ({ rule, baseVersion, revision, updatedAt, updatedBy }: Draft) => ({
  rule,
  base_version: baseVersion,
  revision,
  updated_at: updatedAt.toISOString(),
  updated_by: updatedBy,
})
