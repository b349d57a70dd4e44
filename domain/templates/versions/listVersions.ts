import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import type { TemplateContent } from '../content.ts'
import { contentOfVersion, readTemplate } from '../readTemplates.ts'

export type TemplateVersion = {
  version: number
  subject: string
  note: string
  /** The earlier version that it took up again. */
  restoredFrom: number | null
  createdAt: Date
  /** Who published it; null for those that ship with the product. */
  createdBy: string | null
}

type Row = {
  version: number
  subject: string
  note: string
  restored_from: number | null
  created_at: Date
  created_by: string | null
}

const SELECT = `SELECT version, subject, note, restored_from, created_at, created_by FROM template_versions
  WHERE template_id = ?`

/**
 * The versions of a template, newest first.
 *
 * @param before only those earlier than this one
 * @throws Problem 'not_found'
 */
export async function listVersions(
  db: Database,
  key: string,
  { limit, before }: { limit: number; before: number | null },
): Promise<{ items: TemplateVersion[]; next: number | null }> {
  const { id } = await readTemplate(db, key)
  const found = await rows<Row>(db, `${SELECT} AND version < ? ORDER BY version DESC LIMIT ?`, [
    id,
    before ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  ])
  const part = found.slice(0, limit)
  return { items: part.map(shown), next: found.length > limit ? (part.at(-1)?.version ?? null) : null }
}

/** One version with its content. @throws Problem 'not_found' */
export async function readVersion(
  db: Database,
  key: string,
  version: number,
): Promise<TemplateVersion & { content: TemplateContent }> {
  const { id, name } = await readTemplate(db, key)
  const [row] = await rows<Row>(db, `${SELECT} AND version = ?`, [id, version])
  const content = await contentOfVersion(db, id, version)
  if (row === undefined || content === null) throw new Problem('not_found', `“${name}” has no version ${version}.`)
  return { ...shown(row), content }
}

const shown = (row: Row): TemplateVersion => ({
  version: row.version,
  subject: row.subject,
  note: row.note,
  restoredFrom: row.restored_from,
  createdAt: row.created_at,
  createdBy: row.created_by,
})
