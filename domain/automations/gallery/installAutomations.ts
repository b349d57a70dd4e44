import type { Database } from '../../database.ts'
import type { TemplateLanguage } from '../../templates/content.ts'
import { createAutomation } from '../createAutomation.ts'
import { fromGallery, placeholdersOf } from './fromGallery.ts'
import { automationGallery } from './readGallery.ts'

/** Makes a draft of each automation in the gallery, in one language, ready to be looked at and switched on. */
export async function installAutomations(db: Database, language: TemplateLanguage, now: Date): Promise<void> {
  const gallery = automationGallery(language, await placeholdersOf(db, null))
  // the first one last: lists show what changed last
  for (const { id } of gallery.reverse()) {
    const { name, description, definition } = await fromGallery(db, { id, language, manager: null }, null, now)
    await createAutomation(db, { id, name, note: description, definition, gallery: id }, DEMO, now)
  }
}

/** Who has made what nobody has made. */
const DEMO = 'demo'
