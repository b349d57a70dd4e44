import type { Database } from '../database.ts'
import { LIMITS } from '../messages/document.ts'
import { FILTERS, TAGS } from '../messages/liquid.ts'
import { type MergeTagEntry, mergeTagCatalogue } from '../messages/mergeTags.ts'
import { knownAttributes } from '../segments/knownAttributes.ts'
import type { TemplateLanguage } from './content.ts'
import { CLIPPED_AT } from './previewTemplate.ts'
import { MAX_SOURCE } from './storable.ts'

type ElementEntry = {
  name: string
  children: string[]
  isText: boolean
  attributes: { name: string; type: string; choices?: string[]; default?: string }[]
}

/** What a template may be made of. */
export type TemplateCatalogue = {
  elements: ElementEntry[]
  mergeTags: MergeTagEntry[]
  /** Own attributes that customers have. */
  attributes: string[]
  filters: readonly string[]
  tags: readonly string[]
  limits: { sourceBytes: number; depth: number; links: number; clippedAt: number }
}

/** What completion and the editor's menus offer, in the asked language. */
export async function templateCatalogue(db: Database, language: TemplateLanguage): Promise<TemplateCatalogue> {
  const { MAX_DEPTH } = await import('./compile/scan.ts')
  return {
    elements: elements(await import('./compile/elements.ts')),
    mergeTags: mergeTagCatalogue(language),
    attributes: (await knownAttributes(db)).map(({ value }) => value),
    filters: FILTERS,
    tags: TAGS,
    limits: { sourceBytes: MAX_SOURCE, depth: MAX_DEPTH, links: LIMITS.links, clippedAt: CLIPPED_AT },
  }
}

/** Words of the head that MJML draws nothing for, and what they may say. */
const head = (childrenOf: (name: string) => string[]): ElementEntry[] => [
  { name: 'mjml', children: childrenOf('mjml'), isText: false, attributes: strings(['lang', 'dir', 'owa']) },
  { name: 'mj-all', children: [], isText: false, attributes: [] },
  { name: 'mj-class', children: [], isText: false, attributes: strings(['name']) },
  { name: 'mj-selector', children: ['mj-html-attribute'], isText: false, attributes: strings(['path']) },
  { name: 'mj-html-attribute', children: [], isText: true, attributes: strings(['name']) },
]

function strings(names: string[]) {
  return names.map((name) => ({ name, type: 'string' }))
}

function elements({ childrenOf, ELEMENTS }: typeof import('./compile/elements.ts')): ElementEntry[] {
  const drawn = [...ELEMENTS.values()].map(({ name, attributes, defaults, isEnding }) => ({
    name,
    children: childrenOf(name),
    isText: isEnding,
    attributes: Object.entries({ ...attributes, 'css-class': 'string', 'mj-class': 'string' })
      .filter(([attribute]) => !(name === 'mj-survey-answer' && attribute === 'position'))
      .map(([attribute, type]) => {
        const choices = /^enum\((.*)\)$/.exec(type)?.[1]?.split(',')
        const usual = defaults[attribute]
        return {
          name: attribute,
          type,
          ...(choices === undefined ? {} : { choices }),
          ...(usual === undefined ? {} : { default: String(usual) }),
        }
      }),
  }))
  return [...head(childrenOf), ...drawn]
}
