import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../errors.ts'
import type { TemplateLanguage } from '../../templates/content.ts'

/** A finished automation to begin with, in one language. */
export type GalleryAutomation = {
  id: string
  name: string
  /** What it is for. */
  description: string
  definition: Record<string, unknown>
}

/** What depends on the business: whose rewards are given, and who is told. */
export type Placeholders = { provider: string; manager: string }

/** What a file says of each language; `words` stand in its definition where it has `[[word]]`. */
type Words = { name: string; description: string; words: Record<string, string> }
type File = { definition: Record<string, unknown> } & Record<TemplateLanguage, Words>

const FOLDER = join(import.meta.dirname, 'files')

/** In the order of a customer's life. */
const ORDER = ['first-visit', 'welcome', 'slipping-away', 'terminating-member', 'birthday', 'reward-ends']

let read: Map<string, File> | undefined

function files(): Map<string, File> {
  if (read !== undefined) return read
  const ids = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''))
  const ordered = [...new Set([...ORDER.filter((id) => ids.includes(id)), ...ids])]
  read = new Map(ordered.map((id) => [id, JSON.parse(readFileSync(join(FOLDER, `${id}.json`), 'utf8')) as File]))
  return read
}

/** The gallery in one language. */
export const automationGallery = (language: TemplateLanguage, placeholders: Placeholders): GalleryAutomation[] =>
  [...files()].map(([id, file]) => inLanguage(id, file, language, placeholders))

/** One automation of the gallery. @throws Problem 'invalid' when there is none */
export function galleryAutomation(
  id: string,
  language: TemplateLanguage,
  placeholders: Placeholders,
): GalleryAutomation {
  const file = files().get(id)
  if (file !== undefined) return inLanguage(id, file, language, placeholders)
  const message = `The gallery has no “${id}”. Allowed are ${[...files().keys()].join(', ')}`
  throw new Problem('invalid', message, [{ path: '/gallery', message }])
}

function inLanguage(id: string, file: File, language: TemplateLanguage, placeholders: Placeholders): GalleryAutomation {
  const { name, description, words } = file[language]
  const values: Record<string, string> = { ...words, ...placeholders }
  const filled = JSON.stringify(file.definition).replace(/\[\[(\w+)\]\]/g, (_, word: string) => {
    const text = values[word]
    if (text === undefined) throw new Error(`${id}.json has no word “${word}” in ${language}`)
    return JSON.stringify(text).slice(1, -1)
  })
  return { id, name, description, definition: JSON.parse(filled) as Record<string, unknown> }
}

/** The ids of the templates of the template gallery that a definition sends. */
export function templatesIn(definition: unknown): string[] {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) look(part)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) {
        if (name === 'template' && typeof part === 'string') found.add(part)
        else look(part)
      }
    }
  }
  look(definition)
  return [...found]
}
