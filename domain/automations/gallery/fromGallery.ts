import { type Database, rows } from '../../database.ts'
import { readSettings } from '../../settings/readSettings.ts'
import type { TemplateLanguage } from '../../templates/content.ts'
import { createTemplate } from '../../templates/createTemplate.ts'
import { galleryTemplate } from '../../templates/gallery/readGallery.ts'
import { type GalleryAutomation, galleryAutomation, type Placeholders, templatesIn } from './readGallery.ts'

/**
 * An automation of the gallery made ready for this business: the templates that it sends are there and published, its
 * rewards are those of the provider with the most bookings, and who asks for it is told.
 *
 * @param manager the address of who asks; that of the business when there is none
 * @throws Problem 'invalid' when the gallery has no such automation
 */
export async function fromGallery(
  db: Database,
  { id, language, manager }: { id: string; language: TemplateLanguage; manager: string | null },
  by: string | null,
  now: Date,
): Promise<GalleryAutomation> {
  const found = galleryAutomation(id, language, await placeholdersOf(db, manager))
  const names = new Map<string, string>()
  for (const template of templatesIn(found.definition)) {
    names.set(template, await templateFor(db, template, language, by, now))
  }
  return { ...found, definition: withTemplates(found.definition, names) as Record<string, unknown> }
}

/** What in the gallery depends on the business. A business without providers gets a name that it has to replace. */
export async function placeholdersOf(db: Database, manager: string | null): Promise<Placeholders> {
  const [busiest] = await rows<{ external_id: string }>(
    db,
    `SELECT p.external_id FROM providers p LEFT JOIN relationships r ON r.provider_id = p.id
     WHERE p.known = 1 GROUP BY p.id, p.external_id ORDER BY COUNT(r.customer_id) DESC, p.id LIMIT 1`,
  )
  const { senderEmail } = await readSettings(db)
  return { provider: busiest?.external_id ?? 'provider', manager: manager ?? senderEmail }
}

/** The key of the template that was made of one of the gallery, the newest in the language; made now when there is none. */
async function templateFor(
  db: Database,
  gallery: string,
  language: TemplateLanguage,
  by: string | null,
  now: Date,
): Promise<string> {
  const [present] = await rows<{ key: string }>(
    db,
    `SELECT \`key\` FROM templates WHERE gallery = ? AND language = ? AND archived_at IS NULL AND version > 0
       AND channel = 'email' ORDER BY id DESC LIMIT 1`,
    [gallery, language],
  )
  if (present !== undefined) return present.key
  const { name, content } = galleryTemplate(gallery, language)
  return createTemplate(db, { name, language, content, gallery, publish: true }, by, now)
}

function withTemplates(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => withTemplates(part, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) =>
      name === 'template' && typeof part === 'string'
        ? [name, names.get(part) ?? part]
        : [name, withTemplates(part, names)],
    ),
  )
}
