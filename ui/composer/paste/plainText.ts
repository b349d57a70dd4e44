import { cleanText } from './cleanText.ts'
import { element, type HtmlNode, writeHtml } from './html.ts'

const BULLET = /^\s*[-*•·–]\s+(?=\S)/
const NUMBER = /^\s*\d{1,3}[.)]\s+(?=\S)/

/**
 * Plain text as HTML of the message: an empty line begins a new paragraph, a single line end is a line break, two or more
 * lines with a bullet (or numbers that count up) are a list.
 */
export function plainTextToHtml(text: string): string {
  const clean = cleanText(text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')).text
  const parts = clean.split(/\n(?:[^\S\n]*\n)+/).filter((part) => part.trim() !== '')
  return writeHtml(parts.map((part) => block(part.replace(/^\n+|\n+$/g, '').split('\n'))))
}

function block(lines: string[]): HtmlNode {
  if (lines.length > 1 && lines.every((line) => BULLET.test(line))) return list('ul', lines, BULLET)
  const first = Number.parseInt(lines[0]?.trim() ?? '', 10)
  const counted = lines.every((line, index) => NUMBER.test(line) && Number.parseInt(line.trim(), 10) === first + index)
  if (lines.length > 1 && counted) return list('ol', lines, NUMBER, first)
  return element(
    'p',
    lines.flatMap((line, index) => [...(index === 0 ? [] : [element('br', [])]), { text: line }]),
  )
}

function list(tag: string, lines: string[], marker: RegExp, start = 1): HtmlNode {
  const items = lines.map((line) => element('li', [element('p', [{ text: line.replace(marker, '') }])]))
  return element(tag, items, start === 1 ? {} : { start: String(start) })
}
