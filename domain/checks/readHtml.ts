import { type ChildNode, type Element, isTag, isText } from 'domhandler'
import { parseDocument } from 'htmlparser2'

/** A link of a message, and what a reader sees of it. */
export type SeenLink = { href: string; text: string }

/** What a reader sees of a message: its words, its links and its pictures. */
export type Seen = { text: string; links: SeenLink[]; images: number }

const UNSEEN = new Set(['head', 'style', 'script', 'title', 'template'])

/**
 * Reads a compiled message as somebody who looks at it. Merge tags stay as they are.
 *
 * @param links what `links.to[n]` stands for
 */
export function readHtml(html: string, links: readonly string[]): Seen {
  const seen: Seen = { text: '', links: [], images: 0 }
  read(parseDocument(html).children, seen, links)
  seen.text = tidy(seen.text)
  return seen
}

function read(nodes: readonly ChildNode[], seen: Seen, links: readonly string[]): void {
  for (const node of nodes) {
    if (isText(node)) seen.text += node.data
    if (!isTag(node) || UNSEEN.has(node.name) || isHidden(node)) continue
    if (node.name === 'img' && node.attribs.width !== '1') seen.images += 1
    if (node.name === 'a') seen.links.push({ href: hrefOf(node, links), text: shownIn(node) })
    read(node.children, seen, links)
    if (/^(p|div|td|li|br|h[1-6])$/.test(node.name)) seen.text += ' '
  }
}

const isHidden = ({ attribs }: Element) => /display\s*:\s*none/i.test(attribs.style ?? '')

function hrefOf({ attribs }: Element, links: readonly string[]): string {
  const href = attribs.href ?? ''
  const index = /^\{\{\s*links\.to\[(\d+)\]\s*\}\}$/.exec(href)?.[1]
  return index === undefined ? href : (links[Number(index)] ?? '')
}

/** What can be clicked: words, or a picture by what it says of itself. */
function shownIn(node: Element): string {
  const parts = node.children.map((child) => {
    if (isText(child)) return child.data
    if (!isTag(child)) return ''
    return child.name === 'img' ? (child.attribs.alt ?? '') || '🖼' : shownIn(child)
  })
  return tidy(parts.join(''))
}

const tidy = (text: string) => text.replace(/(?:\s|\u034f|[\u200b-\u200d\ufeff])+/g, ' ').trim()
