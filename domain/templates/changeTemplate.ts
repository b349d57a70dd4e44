import { type Database, execute } from '../database.ts'
import { transact } from '../retry.ts'
import type { TemplateLanguage } from './content.ts'
import { lockTemplate } from './readTemplates.ts'

/**
 * Renames a template, says its language, puts it away or takes it out again. Campaigns that were made of it stay as they
 * are.
 *
 * @throws Problem 'not_found'
 */
export function changeTemplate(
  db: Database,
  key: string,
  change: { name?: string | undefined; language?: TemplateLanguage | undefined; archived?: boolean | undefined },
  now: Date,
): Promise<void> {
  return transact(db, async (trx) => {
    const { id, name, language, archived } = await lockTemplate(trx, key)
    const archive = change.archived ?? archived
    await execute(
      trx,
      `UPDATE templates SET name = ?, language = ?, archived_at = IF(?, COALESCE(archived_at, ?), NULL), updated_at = ?
       WHERE id = ?`,
      [change.name ?? name, change.language ?? language, archive, now, now, id],
    )
  })
}
