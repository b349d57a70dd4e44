import { endOfLiquid } from './liquid.ts'
import type { Attribute, Range } from './nodes.ts'

/** An opening tag as it stands. */
export type OpenTag = Range & {
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly selfClosing: boolean
}

const NAME_START = /[A-Za-z]/
const NAME = /[^\s/>=<]*/y
const isSpace = (sign: string | undefined): boolean => sign !== undefined && /\s/.test(sign)

/** Whether a name can begin here. */
export const beginsName = (sign: string | undefined): boolean => sign !== undefined && NAME_START.test(sign)

/** The name that begins at a position; it may be empty. */
export function nameAt(source: string, at: number): string {
  NAME.lastIndex = at
  return NAME.exec(source)?.[0] ?? ''
}

/**
 * Reads the opening tag that begins at `start`. Quoted values may hold `>`, and Liquid with quotes of its own; Liquid
 * between attributes is passed over.
 * @returns undefined when the tag does not end
 */
export function readOpenTag(source: string, start: number): OpenTag | undefined {
  const name = nameAt(source, start + 1)
  const attributes: Attribute[] = []
  let at = start + 1 + name.length
  while (at < source.length) {
    const sign = source[at]
    if (sign === '>') return { start, end: at + 1, name, attributes, selfClosing: false }
    if (sign === '/' && source[at + 1] === '>') return { start, end: at + 2, name, attributes, selfClosing: true }
    if (sign === '<') return undefined
    const liquid = endOfLiquid(source, at)
    if (liquid > 0) at = liquid
    else if (isSpace(sign) || sign === '/' || sign === '=' || sign === '"' || sign === "'") at++
    else {
      const attribute = readAttribute(source, at)
      if (attribute === undefined) return undefined
      attributes.push(attribute)
      at = attribute.end
    }
  }
  return undefined
}

function readAttribute(source: string, start: number): Attribute | undefined {
  const name = nameAt(source, start)
  let at = start + name.length
  const alone: Attribute = { start, end: at, name, value: { start: at, end: at }, quote: '', hasValue: false }
  while (isSpace(source[at])) at++
  if (source[at] !== '=') return alone
  at++
  while (isSpace(source[at])) at++
  const quote = source[at]
  if (quote !== '"' && quote !== "'") {
    const value = /[^\s>]*/y
    value.lastIndex = at
    const text = (value.exec(source)?.[0] ?? '').replace(/\/$/, '')
    return {
      start,
      end: at + text.length,
      name,
      value: { start: at, end: at + text.length },
      quote: '',
      hasValue: true,
    }
  }
  const end = endOfValue(source, at + 1, quote)
  if (end < 0) return undefined
  return { start, end: end + 1, name, value: { start: at + 1, end }, quote, hasValue: true }
}

/** The position of the quote that ends a value. */
function endOfValue(source: string, from: number, quote: string): number {
  let at = from
  while (at < source.length) {
    if (source[at] === quote) return at
    const liquid = source[at] === '{' ? endOfLiquid(source, at) : -1
    at = liquid > 0 ? liquid : at + 1
  }
  return -1
}
