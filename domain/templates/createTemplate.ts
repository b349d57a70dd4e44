import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { freeKey } from '../freeKey.ts'
import { transact } from '../retry.ts'
import type { CompiledTemplate } from './compile/compiled.ts'
import { compileTemplate } from './compile/compileTemplate.ts'
import type { TemplateContent, TemplateLanguage } from './content.ts'
import { requireStorable } from './storable.ts'
import { writeDraft } from './versions/drafts.ts'
import { addVersion } from './versions/publishTemplate.ts'

export type NewTemplate = {
  /** Its key; made from the name when left out. */
  id?: string | undefined
  name: string
  language: TemplateLanguage
  content: TemplateContent
  /** The template of the gallery that it was made of. */
  gallery: string | null
  /** Publishes it at once; otherwise the content is a draft. */
  publish: boolean
}

/**
 * Makes a template, with its content as a draft or as version 1.
 *
 * @param by null for what ships with the product
 * @returns its key
 * @throws Problem 'conflict' when its key is taken; 'invalid' for what can't be stored, or with line and column of each
 *   mistake when it is to be published
 */
export async function createTemplate(
  db: Database,
  template: NewTemplate,
  by: string | null,
  now: Date,
): Promise<string> {
  requireStorable(template.content, '')
  const compiled = template.publish ? await compileTemplate(template.content, template.language, '') : null
  return transact(db, async (trx) => {
    const key =
      template.id === undefined
        ? await freeKey(trx, 'templates', template.name, { nameless: 'template', taken: NOT_KEYS })
        : await requireFree(trx, template.id)
    const [id = 0] = await trx('templates').insert({
      key,
      name: template.name,
      channel: 'email',
      language: template.language,
      gallery: template.gallery,
      created_at: now,
      created_by: by,
      updated_at: now,
    })
    await begin(trx, id, template.content, compiled, by, now)
    return key
  })
}

async function begin(
  trx: Database,
  id: number,
  content: TemplateContent,
  compiled: CompiledTemplate | null,
  by: string | null,
  now: Date,
): Promise<void> {
  if (compiled !== null) {
    await addVersion(trx, { id, version: 0 }, content, compiled, { by }, now)
    return
  }
  const draft = { content, baseVersion: 0, revision: now.getTime(), updatedAt: now, updatedBy: by ?? '' }
  await writeDraft(trx, id, draft)
}

async function requireFree(trx: Database, key: string): Promise<string> {
  const taken =
    NOT_KEYS.includes(key) || (await rows(trx, 'SELECT 1 FROM templates WHERE `key` = ? FOR UPDATE', [key])).length > 0
  if (!taken) return key
  const message = `There is a template “${key}” already.`
  throw new Problem('conflict', message, [{ path: '/id', message }])
}

/** What addresses mean something else by. */
const NOT_KEYS = ['new', 'preview', 'catalogue', 'gallery']
