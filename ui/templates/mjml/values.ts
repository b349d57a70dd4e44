import { endOfLiquid } from './liquid.ts'

const DECODED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" }
const ENTITY = /&(amp|lt|gt|quot|apos|#39);/g
/** An ampersand that the server would take for the beginning of an entity we read, or for none at all. */
const BARE = /&(?!(?!amp;|lt;|gt;|quot;|apos;|#39;)(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);)/g

/** An attribute's value as somebody reads it. Entities other than those of XML stay what they are. */
export const readValue = (written: string): string =>
  mapOutsideLiquid(written, (text) => text.replace(ENTITY, (_all, name: string) => DECODED[name] ?? ''))

/**
 * An attribute's value as it is written, with its quotes: the kind of quote that it had, unless its Liquid needs the
 * other kind.
 * @returns undefined when its Liquid has both kinds of quotes, or would leave the value in another way
 */
export function writeValue(value: string, preferred: '"' | "'" | '' = '"'): string | undefined {
  const liquid = liquidOf(value)
  const fits = (quote: string): boolean => !liquid.includes(quote)
  const first = preferred === '' ? '"' : preferred
  const quote = [first, first === '"' ? "'" : '"'].find(fits)
  if (quote === undefined || /[<>]/.test(liquid)) return undefined
  const written = mapOutsideLiquid(value, (text) =>
    text
      .replace(BARE, '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(quote, quote === '"' ? '&quot;' : '&#39;'),
  )
  return `${quote}${written}${quote}`
}

/** The text with every stretch outside of Liquid changed. */
export function mapOutsideLiquid(text: string, change: (part: string) => string): string {
  let out = ''
  for (const { part, isLiquid } of partsOf(text)) out += isLiquid ? part : change(part)
  return out
}

const liquidOf = (text: string): string =>
  [...partsOf(text)].map(({ part, isLiquid }) => (isLiquid ? part : '')).join('')

/** A text as its stretches of Liquid and what stands between them. */
export function* partsOf(text: string): Generator<{ part: string; isLiquid: boolean }> {
  let from = 0
  let at = text.indexOf('{')
  while (at >= 0) {
    const end = endOfLiquid(text, at)
    if (end > 0) {
      if (at > from) yield { part: text.slice(from, at), isLiquid: false }
      yield { part: text.slice(at, end), isLiquid: true }
      from = end
    }
    at = text.indexOf('{', end > 0 ? end : at + 1)
  }
  if (from < text.length) yield { part: text.slice(from), isLiquid: false }
}
