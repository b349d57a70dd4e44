import { Parser } from 'htmlparser2'
import { checkLink } from '../../messages/checkLink.ts'
import { LIMITS } from '../../messages/document.ts'
import type { Warning } from './compiled.ts'
import { hasMark, MARK, mark } from './mask.ts'

/** A compiled mail whose links and pixel are in place; still masked, with more pieces than before. */
export type Finished = { html: string; links: string[]; warnings: Omit<Warning, 'path'>[]; mistake?: string }

/**
 * Puts the tracked links, the answers' links and the open pixel into a masked mail.
 *
 * @param pieces what the marks stand for; those of links are appended
 */
export function finish(masked: string, pieces: string[]): Finished {
  const html = withoutRemarks(masked)
  const links: string[] = []
  const warnings: Finished['warnings'] = []
  let out = ''
  let at = 0
  for (const { name, value, start, end } of addressesIn(html)) {
    const made = name === 'a' || name === 'area' ? linked(value, links, warnings) : undefined
    if (made === undefined) continue
    out += html.slice(at, start) + mark(pieces.push(made) - 1)
    at = end
  }
  out += html.slice(at)
  const end = out.lastIndexOf('</body>')
  const pixel = mark(pieces.push('{{ pixel }}') - 1)
  const whole = end === -1 ? out + pixel : out.slice(0, end) + pixel + out.slice(end)
  const mistake = links.length > LIMITS.links ? { mistake: `A message may have ${LIMITS.links} links` } : {}
  return { html: whole, links, warnings, ...mistake }
}

/** What stands in place of an address: Liquid, or nothing where it stays. */
function linked(value: string, links: string[], warnings: Finished['warnings']): string | undefined {
  const answer = /^answer:(\d+)$/.exec(value)
  if (answer !== null) return `{{ links.answers[${answer[1]}] }}`
  if (hasMark(value)) {
    if (/^https?:/i.test(value.trim())) warnings.push(UNTRACKED)
    return undefined
  }
  const checked = checkLink(value)
  if (!('href' in checked) || !/^https?:/.test(checked.href)) return undefined
  const known = links.indexOf(checked.href)
  return `{{ links.to[${known === -1 ? links.push(checked.href) - 1 : known}] }}`
}

const UNTRACKED = {
  code: 'untracked_link' as const,
  message: 'A link with merge tags in its address differs for each customer: clicks on it are not counted',
}

/** The values of `href` with their places. */
function addressesIn(html: string): { name: string; value: string; start: number; end: number }[] {
  const found: { name: string; value: string; start: number; end: number }[] = []
  let waiting: { value: string; start: number; end: number }[] = []
  const parser: Parser = new Parser(
    {
      onattribute: (name, value) => {
        const { startIndex, endIndex } = parser
        const written = html.slice(startIndex, endIndex)
        const quote = /=\s*["']/.exec(written)
        if (name === 'href' && quote !== null) {
          waiting.push({ value, start: startIndex + quote.index + quote[0].length, end: endIndex - 1 })
        }
      },
      onopentag: (name) => {
        found.push(...waiting.map((attribute) => ({ name, ...attribute })))
        waiting = []
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return found
}

/** Remarks that people left for each other; those that Outlook reads stay. */
function withoutRemarks(html: string): string {
  return html.replace(/<!--(?!\s*\[if|\s*<!\[endif)(?!>)[\s\S]*?-->/gi, '')
}

/**
 * Whether a reader always finds how to unsubscribe in a masked mail: a link to it that no condition can take away.
 */
export function hasUnsubscribe(html: string, pieces: readonly string[]): boolean {
  const places = new Set(
    addressesIn(html).flatMap(({ name, value, start }) => {
      const piece = /^\s*\uFDD0(\d+)\uFDD1\s*$/.exec(value)
      return name === 'a' && /links\.unsubscribe\b/.test(pieces[Number(piece?.[1])] ?? '') ? [start] : []
    }),
  )
  let depth = 0
  for (const match of html.matchAll(MARK)) {
    const tag = /^\{%-?\s*(\w+)/.exec(pieces[Number(match[1])] ?? '')?.[1] ?? ''
    if (/^(if|unless|case|for|tablerow|capture|comment|raw)$/.test(tag)) depth += 1
    else if (tag.startsWith('end')) depth -= 1
    if (depth === 0 && places.has(match.index)) return true
  }
  return false
}
