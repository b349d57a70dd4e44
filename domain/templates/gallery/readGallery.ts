import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../errors.ts'
import type { TemplateContent, TemplateLanguage } from '../content.ts'

/** A finished template to begin with, in one language. */
export type GalleryTemplate = {
  id: string
  language: TemplateLanguage
  name: string
  /** When to send it. */
  description: string
  content: TemplateContent
}

/** What a file `NAME.json` says of each language; `words` stand in `NAME.mjml` where it has `[[word]]`. */
type Words = { name: string; description: string; subject: string; preheader: string; words: Record<string, string> }

const FOLDER = join(import.meta.dirname, 'files')

/** In the order in which a business needs them. */
const ORDER = [
  'welcome',
  'first-booking',
  'we-miss-you',
  'why-leave',
  'offer-to-stay',
  'loyalty-voucher',
  'free-minutes',
  'birthday',
  'reward-ends',
]

export const GALLERY_LANGUAGES: readonly TemplateLanguage[] = ['en', 'de', 'fr', 'it']

let read: Map<string, GalleryTemplate> | undefined

/** All templates of the gallery in all languages. Throws when a file is wrong. */
export function wholeGallery(): Map<string, GalleryTemplate> {
  if (read !== undefined) return read
  const ids = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
  const all = [...new Set([...ORDER.filter((id) => ids.includes(id)), ...ids])].flatMap(templatesOf)
  read = new Map(all.map((template) => [`${template.id}.${template.language}`, template]))
  return read
}

function templatesOf(id: string): GalleryTemplate[] {
  const layout = readFileSync(join(FOLDER, `${id}.mjml`), 'utf8')
  const picture = pictureOf(id)
  const words = JSON.parse(readFileSync(join(FOLDER, `${id}.json`), 'utf8')) as Record<TemplateLanguage, Words>
  return GALLERY_LANGUAGES.map((language) => {
    const own = words[language]
    const mjml = layout.replace(/\[\[(\w+)\]\]/g, (_, word: string) => {
      const text = word === 'language' ? language : word === 'picture' ? picture : own.words[word]
      if (text === undefined) throw new Error(`${id}.json has no word “${word}” in ${language}`)
      return text
    })
    const { name, description, subject, preheader } = own
    return { id, language, name, description, content: { mjml, subject, preheader, text: null, testData: {} } }
  })
}

/** The path of a template's own picture; empty when it has none. */
function pictureOf(id: string): string {
  const file = join(FOLDER, `${id}.png`)
  if (!existsSync(file)) return ''
  const bytes = readFileSync(file)
  const hash = createHash('sha256').update(bytes).digest('hex')
  pictures.set(hash, bytes)
  return `/i/${hash}.png`
}

const pictures = new Map<string, Buffer>()

/** A picture of the gallery by the hash of its content; null when it is none: they are served without being stored. */
export function galleryPicture(hash: string): Buffer | null {
  wholeGallery()
  return pictures.get(hash) ?? null
}

/** The gallery in one language. */
export const galleryIn = (language: TemplateLanguage): GalleryTemplate[] =>
  [...wholeGallery().values()].filter((template) => template.language === language)

/** One template of the gallery. @throws Problem 'invalid' when there is none */
export function galleryTemplate(id: string, language: TemplateLanguage): GalleryTemplate {
  const found = wholeGallery().get(`${id}.${language}`)
  if (found !== undefined) return found
  const allowed = galleryIn(language).map((template) => template.id)
  const message = `The gallery has no “${id}”. Allowed are ${allowed.join(', ')}`
  throw new Problem('invalid', message, [{ path: '/gallery', message }])
}
