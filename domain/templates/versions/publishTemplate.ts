import { isDeepStrictEqual } from 'node:util'
import { type Database, execute, rows } from '../../database.ts'
import { refuseOther } from '../../drafts.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import type { CompiledTemplate } from '../compile/compiled.ts'
import { compileTemplate } from '../compile/compileTemplate.ts'
import { CONTENT_COLUMNS, contentValues, type TemplateContent } from '../content.ts'
import { contentOfVersion, lockTemplate, readTemplate, type Template } from '../readTemplates.ts'
import { requireStorable } from '../storable.ts'
import { deleteDraft, draftOf, readDraft, shownDraft } from './drafts.ts'

/** Who published a version and what they said about it; null for what ships with the product. */
export type Publication = { by: string | null; note?: string | undefined; restoredFrom?: number | undefined }

/**
 * What is to be published: a content as it came with the version it was made from, the draft with a revision, or the draft
 * that is there.
 */
export type ToPublish = { content: TemplateContent; baseVersion: number } | { revision: number | undefined }

/**
 * Publishes a content as a new version. It is compiled before anything is held; a content that is the newest version
 * already makes none. The draft that held it is done with.
 *
 * @returns the number of the newest version then
 * @throws Problem 'not_found'; 'invalid' with line and column of each mistake; 'conflict' with who published when another
 *   version was published since the one that it was made from, or with the draft when that is another one
 */
export async function publishTemplate(
  db: Database,
  key: string,
  what: ToPublish,
  publication: Publication,
  now: Date,
): Promise<number> {
  const { language } = await readTemplate(db, key)
  const draft = 'content' in what ? null : await readDraft(db, key)
  if (draft !== null && 'revision' in what && what.revision !== undefined) refuseOther(draft, what.revision, shownDraft)
  const made = 'content' in what ? what : draft
  if (made === null) throw new Error('Neither a content nor a draft')
  requireStorable(made.content, '/content')
  const compiled = await compileTemplate(made.content, language, '/content')
  return transact(db, async (trx) => {
    const template = await lockTemplate(trx, key)
    const stored = await draftOf(trx, template.id)
    if (draft !== null) refuseOther(stored, draft.revision, shownDraft)
    await refuseOlder(trx, template, made.baseVersion)
    const version = await addVersion(trx, template, made.content, compiled, publication, now)
    if (isDeepStrictEqual(stored?.content, made.content)) await deleteDraft(trx, template.id)
    return version
  })
}

/**
 * Publishes the content of an earlier version as a new one. A draft stays.
 *
 * @throws Problem 'not_found'; 'invalid' when it holds what is not allowed any more; 'conflict' when it is the newest, or
 *   another than the caller knows has been published since
 */
export async function restoreVersion(
  db: Database,
  key: string,
  { version, baseVersion }: { version: number; baseVersion?: number | undefined },
  publication: Publication,
  now: Date,
): Promise<number> {
  const { id, name, language } = await readTemplate(db, key)
  const content = await contentOfVersion(db, id, version)
  if (content === null) throw new Problem('not_found', `“${name}” has no version ${version}.`)
  const compiled = await compileTemplate(content, language, '')
  return transact(db, async (trx) => {
    const template = await lockTemplate(trx, key)
    if (version === template.version) throw new Problem('conflict', `Version ${version} is the newest already.`)
    await refuseOlder(trx, template, baseVersion ?? template.version)
    return addVersion(trx, template, content, compiled, { ...publication, restoredFrom: version }, now)
  })
}

/** Makes a compiled content the newest version of a template that the transaction holds. */
export async function addVersion(
  trx: Database,
  template: Pick<Template, 'id' | 'version'>,
  content: TemplateContent,
  compiled: CompiledTemplate,
  { by, note = '', restoredFrom }: Publication,
  now: Date,
): Promise<number> {
  if (isDeepStrictEqual(await contentOfVersion(trx, template.id, template.version), content)) return template.version
  const version = template.version + 1
  await execute(
    trx,
    `INSERT INTO template_versions (${CONTENT_COLUMNS.join(', ')}, template_id, version, html, plain, links, answers,
       note, restored_from, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...contentValues(content),
      template.id,
      version,
      compiled.html,
      compiled.text,
      JSON.stringify(compiled.links),
      JSON.stringify(compiled.answers),
      note,
      restoredFrom ?? null,
      now,
      by,
    ],
  )
  await execute(trx, 'UPDATE templates SET version = ?, updated_at = ? WHERE id = ?', [version, now, template.id])
  return version
}

/** Throws when another version was published since the one that a change was made from; says by whom and when. */
async function refuseOlder(trx: Database, template: Template, base: number): Promise<void> {
  if (base === template.version) return
  const [newest] = await rows<{ created_at: Date; created_by: string | null; note: string }>(
    trx,
    'SELECT created_at, created_by, note FROM template_versions WHERE template_id = ? AND version = ?',
    [template.id, template.version],
  )
  if (newest === undefined) throw new Problem('conflict', `“${template.name}” has no version ${base}.`)
  const at = newest.created_at.toISOString()
  throw new Problem(
    'conflict',
    `${newest.created_by ?? 'Somebody'} has published version ${template.version} at ${at}; this was made from version ${base}.`,
    [],
    { published: { version: template.version, at, by: newest.created_by, note: newest.note } },
  )
}
