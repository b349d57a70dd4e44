import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { TemplateCatalogue } from '../../../api/contract/templateTools.ts'
import { parseMjml } from '../mjml/parse.ts'
import { elementAt, pathAt, placeOf } from '../mjml/walk.ts'

/** How much of the source before the caret is looked at: no tag is longer. */
const LOOK_BACK = 4_000

/**
 * What can stand at the caret: elements that fit there, the attributes of the tag, their values, merge tags and filters in
 * Liquid. All of it comes from the server's catalogue.
 */
export function completeMjml(catalogue: TemplateCatalogue, context: CompletionContext): CompletionResult | null {
  const { pos, state } = context
  const start = Math.max(0, pos - LOOK_BACK)
  const before = state.sliceDoc(start, pos)
  return (
    inLiquid(catalogue, before, pos) ??
    inTag(catalogue, before, pos) ??
    elementName(catalogue, state.doc.toString(), before, pos)
  )
}

function inLiquid({ merge_tags, attributes, filters, tags }: TemplateCatalogue, before: string, pos: number) {
  const open = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'))
  if (open < 0) return null
  const inside = before.slice(open + 2)
  if (/[}]/.test(inside)) return null
  const word = /[\w.]*$/.exec(inside)?.[0] ?? ''
  const from = pos - word.length
  const options: Completion[] = /\|\s*\w*$/.test(inside)
    ? filters.map((label) => ({ label, type: 'function' }))
    : [
        ...merge_tags.map(({ name, label }) => ({ label: name, detail: label, type: 'variable' })),
        ...attributes.map((name) => ({ label: `customer.attributes.${name}`, type: 'variable' })),
        ...(before[open + 1] === '%' ? tags.map((label) => ({ label, type: 'keyword' })) : []),
      ]
  return { from, options, validFor: /^[\w.]*$/ }
}

const TAG = /<([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*\s+)([\w:-]*)$/
const VALUE = /<([a-zA-Z][\w-]*)(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*\s+([\w:-]+)\s*=\s*["']([^"']*)$/

function inTag({ elements }: TemplateCatalogue, before: string, pos: number): CompletionResult | null {
  const value = VALUE.exec(before)
  if (value) {
    const spec = elements.find(({ name }) => name === value[1])?.attributes.find(({ name }) => name === value[2])
    const options = (spec?.choices ?? []).filter((one) => one !== '').map((label) => ({ label, type: 'constant' }))
    return options.length === 0 ? null : { from: pos - (value[3] ?? '').length, options }
  }
  const tag = TAG.exec(before)
  if (!tag) return null
  const has = new Set([...(tag[2] ?? '').matchAll(/([\w:-]+)\s*=/g)].map(([, name]) => name))
  const specs = elements.find(({ name }) => name === tag[1])?.attributes ?? []
  const options = specs
    .filter(({ name }) => !has.has(name))
    .map(({ name, type }) => ({ label: name, detail: type, type: 'property', apply: `${name}=""` }))
  return options.length === 0 ? null : { from: pos - (tag[3] ?? '').length, options, validFor: /^[\w:-]*$/ }
}

function elementName(
  { elements }: TemplateCatalogue,
  source: string,
  before: string,
  pos: number,
): CompletionResult | null {
  const open = /<(\/?)([\w-]*)$/.exec(before)
  if (!open) return null
  const from = pos - (open[2] ?? '').length
  const holder = holderAt(source, from - 1 - (open[1] ?? '').length)
  if (open[1] === '/') return holder === undefined ? null : { from, options: [{ label: `${holder}>`, type: 'type' }] }
  const fits = elements.find(({ name }) => name === holder)?.children
  const names = holder === undefined ? ['mjml'] : (fits ?? elements.map(({ name }) => name))
  return { from, options: names.map((label) => ({ label, type: 'type' })), validFor: /^[\w-]*$/ }
}

/** The element that a position stands in. */
function holderAt(source: string, position: number): string | undefined {
  const tree = parseMjml(source.slice(0, position))
  let path = pathAt(tree, Math.max(0, position - 1))
  while (path !== '') {
    const element = elementAt(tree, path)
    if (element && element.close === null && !element.selfClosing) return element.name
    path = placeOf(path)?.parent ?? ''
  }
  return undefined
}
