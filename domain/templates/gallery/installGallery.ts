import type { Database } from '../../database.ts'
import type { TemplateLanguage } from '../content.ts'
import { createTemplate } from '../createTemplate.ts'
import { galleryIn } from './readGallery.ts'

/** Makes a published template of each one in the gallery, in one language, under the names that the gallery has. */
export async function installGallery(db: Database, language: TemplateLanguage, now: Date): Promise<void> {
  // the first one last: lists show what changed last
  for (const { id, name, content } of galleryIn(language).reverse()) {
    await createTemplate(db, { id, name, language, content, gallery: id, publish: true }, null, now)
  }
}
