import { type Database, execute, rows } from '../../database.ts'
import { nextRevision, refuseOther, requireBase } from '../../drafts.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import {
  CONTENT_COLUMNS,
  type ContentRow,
  contentOf,
  contentValues,
  shownContent,
  type TemplateContent,
} from '../content.ts'
import { lockTemplate, readTemplate } from '../readTemplates.ts'
import { requireStorable } from '../storable.ts'

/** What somebody is working on; it may hold mistakes. There is one for each template. */
export type TemplateDraft = {
  content: TemplateContent
  /** The version that it was made from; 0 before the first. */
  baseVersion: number
  /** Another one with every keeping. */
  revision: number
  updatedAt: Date
  updatedBy: string
}

type Row = ContentRow & { base_version: number; revision: number; updated_at: Date; updated_by: string }

/** The draft of a template, by our own id; null when there is none. */
export async function draftOf(db: Database, template: number): Promise<TemplateDraft | null> {
  const [row] = await rows<Row>(
    db,
    `SELECT ${CONTENT_COLUMNS.join(', ')}, base_version, CAST(revision AS SIGNED) AS revision, updated_at, updated_by
     FROM template_drafts WHERE template_id = ?`,
    [template],
  )
  if (row === undefined) return null
  return {
    content: contentOf(row),
    baseVersion: row.base_version,
    revision: row.revision,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

/** The draft of a template. @throws Problem 'not_found' also when there is none */
export async function readDraft(db: Database, key: string): Promise<TemplateDraft> {
  const template = await readTemplate(db, key)
  const draft = await draftOf(db, template.id)
  if (draft === null) throw new Problem('not_found', `“${template.name}” has no draft.`)
  return draft
}

/**
 * Keeps a draft.
 *
 * @param change the content as it came, the version it was made from, and the revision of the draft that the caller has
 *   seen and means to replace; null when they saw none
 * @throws Problem 'not_found'; 'conflict' with the draft that is there when it is another one; 'invalid' for a version
 *   that never was, and for what can't be stored
 */
export function keepDraft(
  db: Database,
  key: string,
  change: { content: TemplateContent; baseVersion: number; revision: number | null },
  by: string,
  now: Date,
): Promise<TemplateDraft> {
  requireStorable(change.content, '/content')
  return transact(db, async (trx) => {
    const template = await lockTemplate(trx, key)
    requireBase(change.baseVersion, template.version)
    const stored = await draftOf(trx, template.id)
    refuseOther(stored, change.revision, shownDraft)
    const draft = {
      content: change.content,
      baseVersion: change.baseVersion,
      revision: nextRevision(stored, now),
      updatedAt: now,
      updatedBy: by,
    }
    await writeDraft(trx, template.id, draft)
    return draft
  })
}

/** Writes a draft of a template that the transaction holds, over the one that is there. */
export async function writeDraft(trx: Database, template: number, draft: TemplateDraft): Promise<void> {
  await execute(
    trx,
    `REPLACE INTO template_drafts (${CONTENT_COLUMNS.join(', ')}, template_id, base_version, revision, updated_at,
       updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [...contentValues(draft.content), template, draft.baseVersion, draft.revision, draft.updatedAt, draft.updatedBy],
  )
  await execute(trx, 'UPDATE templates SET updated_at = ? WHERE id = ?', [draft.updatedAt, template])
}

/**
 * Throws a draft away; when there is none, nothing happens.
 *
 * @param revision of the draft that is meant
 * @throws Problem 'not_found'; 'conflict' when it has been changed since, or the template has nothing else
 */
export function discardDraft(db: Database, key: string, revision: number | undefined): Promise<void> {
  return transact(db, async (trx) => {
    const template = await lockTemplate(trx, key)
    const stored = await draftOf(trx, template.id)
    if (stored !== null && revision !== undefined) refuseOther(stored, revision, shownDraft)
    if (template.version === 0) {
      throw new Problem(
        'conflict',
        `“${template.name}” has no version yet: its draft is all there is. Archive it instead.`,
      )
    }
    await deleteDraft(trx, template.id)
  })
}

/** Deletes the draft of a template that the transaction holds. */
export async function deleteDraft(trx: Database, template: number): Promise<void> {
  await execute(trx, 'DELETE FROM template_drafts WHERE template_id = ?', [template])
}

/** A draft as HTTP shows it. */
export const shownDraft = ({ content, baseVersion, revision, updatedAt, updatedBy }: TemplateDraft) => ({
  content: shownContent(content),
  base_version: baseVersion,
  revision,
  updated_at: updatedAt.toISOString(),
  updated_by: updatedBy,
})
