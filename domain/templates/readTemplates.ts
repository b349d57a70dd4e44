import type { Knex } from 'knex'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { escapeLike } from '../escapeLike.ts'
import { CONTENT_COLUMNS, type ContentRow, contentOf, type TemplateContent, type TemplateLanguage } from './content.ts'

export type Template = {
  /** Our own id; `key` is what the API calls it. */
  id: number
  key: string
  name: string
  channel: 'email'
  language: TemplateLanguage
  archived: boolean
  /** The newest one published; 0 before the first. */
  version: number
  /** Of the newest version, before the first of the draft. */
  subject: string
  gallery: string | null
  draft: { updatedAt: Date; updatedBy: string } | null
  /** How many campaigns are made of it, in one of their messages. */
  usedBy: number
  publishedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

type Row = {
  id: number
  key: string
  name: string
  channel: 'email'
  language: TemplateLanguage
  archived_at: Date | null
  version: number
  subject: string | null
  gallery: string | null
  draft_at: Date | null
  draft_by: string | null
  used_by: number
  published_at: Date | null
  created_at: Date
  updated_at: Date
}

const SELECT = `SELECT t.id, t.\`key\`, t.name, t.channel, t.language, t.archived_at, t.version, t.gallery, t.created_at,
    t.updated_at, COALESCE(v.subject, d.subject) AS subject, d.updated_at AS draft_at, d.updated_by AS draft_by,
    v.created_at AS published_at,
    (SELECT COUNT(*) FROM campaigns m LEFT JOIN campaign_variants b ON b.campaign_id = m.id AND b.variant = 'b'
     WHERE m.template_id = t.\`key\` OR b.template_id = t.\`key\`) AS used_by
  FROM templates t
  LEFT JOIN template_versions v ON v.template_id = t.id AND v.version = t.version
  LEFT JOIN template_drafts d ON d.template_id = t.id`

/** Keys are ASCII: other text would not compare. */
const isPossibleKey = (key: string) => /^[\x20-\x7e]*$/.test(key)

const missing = (key: string) => new Problem('not_found', `There is no template “${key}”.`)

/** One template. @throws Problem 'not_found' */
export async function readTemplate(db: Database, key: string): Promise<Template> {
  const [row] = isPossibleKey(key) ? await rows<Row>(db, `${SELECT} WHERE t.\`key\` = ?`, [key]) : []
  if (row === undefined) throw missing(key)
  return shown(row)
}

/**
 * One template, held to the end of the transaction: nobody changes it between the reading and the writing.
 *
 * @throws Problem 'not_found'
 */
export async function lockTemplate(trx: Database, key: string): Promise<Template> {
  const held = isPossibleKey(key) ? await rows(trx, 'SELECT id FROM templates WHERE `key` = ? FOR UPDATE', [key]) : []
  if (held.length === 0) throw missing(key)
  return readTemplate(trx, key)
}

export type TemplateFilter = {
  archived: boolean | null
  language?: TemplateLanguage | undefined
  /** Part of the name. */
  text?: string | undefined
}

/**
 * Templates, last changed first.
 *
 * @param after where the page before ended
 */
export async function listTemplates(
  db: Database,
  filter: TemplateFilter,
  { limit, after }: { limit: number; after: { updatedAt: Date; id: number } | null },
): Promise<Template[]> {
  const asked: string[] = ['TRUE']
  const bindings: Knex.RawBinding[] = []
  if (filter.archived !== null) asked.push(`t.archived_at IS ${filter.archived ? 'NOT ' : ''}NULL`)
  if (filter.language !== undefined) {
    asked.push('t.language = ?')
    bindings.push(filter.language)
  }
  if (filter.text !== undefined && filter.text !== '') {
    asked.push("t.name LIKE ? ESCAPE '!'")
    bindings.push(`%${escapeLike(filter.text)}%`)
  }
  if (after !== null) {
    asked.push('(t.updated_at < ? OR (t.updated_at = ? AND t.id < ?))')
    bindings.push(after.updatedAt, after.updatedAt, after.id)
  }
  const sql = `${SELECT} WHERE ${asked.join(' AND ')} ORDER BY t.updated_at DESC, t.id DESC LIMIT ?`
  return (await rows<Row>(db, sql, [...bindings, limit])).map(shown)
}

/** The content of a version, by our own id of its template; null when there is none. */
export async function contentOfVersion(
  db: Database,
  template: number,
  version: number,
): Promise<TemplateContent | null> {
  const [row] = await rows<ContentRow>(
    db,
    `SELECT ${CONTENT_COLUMNS.join(', ')} FROM template_versions WHERE template_id = ? AND version = ?`,
    [template, version],
  )
  return row === undefined ? null : contentOf(row)
}

/** The newest version of a template, or its draft while it has none. @throws Problem 'not_found' */
export async function newestContent(
  db: Database,
  key: string,
): Promise<{ content: TemplateContent; language: TemplateLanguage }> {
  const { id, version, language } = await readTemplate(db, key)
  const [draft] = await rows<ContentRow>(
    db,
    `SELECT ${CONTENT_COLUMNS.join(', ')} FROM template_drafts WHERE template_id = ?`,
    [id],
  )
  const content = (await contentOfVersion(db, id, version)) ?? (draft === undefined ? null : contentOf(draft))
  if (content === null) throw missing(key)
  return { content, language }
}

const shown = (row: Row): Template => ({
  id: row.id,
  key: row.key,
  name: row.name,
  channel: row.channel,
  language: row.language,
  archived: row.archived_at !== null,
  version: row.version,
  subject: row.subject ?? '',
  gallery: row.gallery,
  draft: row.draft_at === null ? null : { updatedAt: row.draft_at, updatedBy: row.draft_by ?? '' },
  usedBy: row.used_by,
  publishedAt: row.published_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
