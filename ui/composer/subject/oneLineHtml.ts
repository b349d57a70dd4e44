import { cleanPaste } from '../paste/cleanPaste.ts'
import { type HtmlNode, isBlock, isElement, parseHtml, textOf, writeHtml } from '../paste/html.ts'

/** Pasted HTML as one line: its text and merge tags, a space where a block ended. */
export function oneLineHtml(html: string): string {
  const nodes = parseHtml(cleanPaste(html).html).flatMap(inline)
  return writeHtml(nodes).replace(/\s+/g, ' ').trim()
}

function inline(node: HtmlNode): HtmlNode[] {
  if (!isElement(node)) return [node]
  if (node.tag === 'br') return [{ text: ' ' }]
  const name = node.attributes['data-merge-tag']
  if (name !== undefined) {
    const attributes = { 'data-merge-tag': name, 'data-fallback': node.attributes['data-fallback'] ?? '' }
    return [{ tag: 'span', attributes, children: [{ text: textOf(node) }] }]
  }
  const children = node.children.flatMap(inline)
  return isBlock(node) ? [{ text: ' ' }, ...children] : children
}
