import { type Database, execute, fromJson, rows } from '../../database.ts'
import { nextRevision, refuseOther, requireBase } from '../../drafts.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import { lockAutomation, readAutomation } from '../readAutomations.ts'

/** A definition that somebody is working on; it may hold mistakes. There is one for each automation. */
export type Draft = {
  definition: Record<string, unknown>
  /** The version that it was made from; 0: from nothing. */
  baseVersion: number
  /** Another one with every keeping. */
  revision: number
  updatedAt: Date
  updatedBy: string
}

type Row = { definition: string; base_version: number; revision: number; updated_at: Date; updated_by: string }

/** The draft of an automation, by our own id; null when there is none. */
export async function draftOf(db: Database, automation: number): Promise<Draft | null> {
  const [row] = await rows<Row>(
    db,
    `SELECT definition, base_version, CAST(revision AS SIGNED) AS revision, updated_at, updated_by
     FROM automation_drafts WHERE automation_id = ?`,
    [automation],
  )
  if (row === undefined) return null
  return {
    definition: fromJson<Record<string, unknown>>(row.definition) ?? {},
    baseVersion: row.base_version,
    revision: row.revision,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

/** The draft of an automation. @throws Problem 'not_found' also when there is none */
export async function readDraft(db: Database, key: string): Promise<Draft> {
  const automation = await readAutomation(db, key)
  const draft = await draftOf(db, automation.id)
  if (draft === null) throw new Problem('not_found', `“${automation.name}” has no draft.`)
  return draft
}

/**
 * Keeps a draft.
 *
 * @param change the definition as it came, the version it was made from, and the revision of the draft that the caller
 *   has seen and means to replace; null when they saw none
 * @throws Problem 'not_found'; 'conflict' with the draft that is there when it is another one; 'invalid' for a version
 *   that never was
 */
export function keepDraft(
  db: Database,
  key: string,
  change: { definition: Record<string, unknown>; baseVersion: number; revision: number | null },
  by: string,
  now: Date,
): Promise<Draft> {
  return transact(db, async (trx) => {
    const automation = await lockAutomation(trx, key)
    requireBase(change.baseVersion, automation.version)
    const stored = await draftOf(trx, automation.id)
    refuseOther(stored, change.revision, shownDraft)
    const revision = nextRevision(stored, now)
    const { definition, baseVersion } = change
    const draft = { definition, baseVersion, revision, updatedAt: now, updatedBy: by }
    await writeDraft(trx, automation.id, draft)
    return draft
  })
}

/** Writes the draft of an automation that the transaction holds, in place of the one that is there. */
export async function writeDraft(trx: Database, automation: number, draft: Draft): Promise<void> {
  await execute(
    trx,
    `REPLACE INTO automation_drafts (automation_id, definition, base_version, revision, updated_at, updated_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [automation, JSON.stringify(draft.definition), draft.baseVersion, draft.revision, draft.updatedAt, draft.updatedBy],
  )
  await execute(trx, 'UPDATE automations SET updated_at = ? WHERE id = ?', [draft.updatedAt, automation])
}

/**
 * Throws a draft away; when there is none, nothing happens.
 *
 * @param revision of the draft that is meant
 * @throws Problem 'not_found'; 'conflict' when it has been changed since, or nothing was published that would remain
 */
export function discardDraft(db: Database, key: string, revision: number | undefined): Promise<void> {
  return transact(db, async (trx) => {
    const automation = await lockAutomation(trx, key)
    const stored = await draftOf(trx, automation.id)
    if (stored !== null && revision !== undefined) refuseOther(stored, revision, shownDraft)
    if (stored !== null && automation.version === 0) {
      throw new Problem('conflict', `“${automation.name}” is nothing but this draft. Delete it instead.`)
    }
    await deleteDraft(trx, automation.id)
  })
}

/** Deletes the draft of an automation that the transaction holds. */
export async function deleteDraft(trx: Database, automation: number): Promise<void> {
  await execute(trx, 'DELETE FROM automation_drafts WHERE automation_id = ?', [automation])
}

/** A draft as HTTP shows it. */
export const shownDraft = ({ definition, baseVersion, revision, updatedAt, updatedBy }: Draft) => ({
  definition,
  base_version: baseVersion,
  revision,
  updated_at: updatedAt.toISOString(),
  updated_by: updatedBy,
})
