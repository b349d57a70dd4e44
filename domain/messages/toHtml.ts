import type { BlockNode, Document, InlineNode, ListItem, Mark } from './document.ts'
import { escapeHtml } from './escapeHtml.ts'

/** How the parts that differ between uses are written: places for merge tags, addresses of links. */
export type HtmlWriter = {
  /** Ready HTML for a merge tag. */
  mergeTag(name: string, fallback: string): string
  /** The address that stands in `href`, still to be escaped. */
  link(href: string): string
}

const FONT_SIZE = { 1: '26px', 2: '21px', 3: '17px' } as const
const STYLES = {
  // start: MJML's left would hold for right-to-left text too
  paragraph: 'margin:0 0 16px;text-align:start',
  heading: 'margin:0 0 12px;padding:8px 0 0;line-height:1.3;font-weight:600;text-align:start',
  list: 'margin:0 0 16px;padding-inline-start:24px',
  item: 'margin:0 0 6px;text-align:start',
  quote: 'margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #d5dad6;color:#4c554f',
  rule: 'border:0;border-top:1px solid #dfe3e0;margin:24px 0',
  link: 'color:#1d6b41;text-decoration:underline',
  code: 'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:0.92em;background:#f2f4f2;padding:1px 4px',
} as const

/** A message's content as HTML with its styles in place, as mail programs want it. Everything typed is escaped. */
export function documentHtml(document: Document, writer: HtmlWriter): string {
  return blocksHtml(document.content, writer)
}

const blocksHtml = (blocks: readonly BlockNode[], writer: HtmlWriter): string =>
  blocks.map((block) => blockHtml(block, writer)).join('\n')

function blockHtml(node: BlockNode, writer: HtmlWriter): string {
  switch (node.type) {
    case 'paragraph':
      // an empty paragraph is a line that somebody left free
      return `<p dir="auto" style="${STYLES.paragraph}">${inlineHtml(node.content, writer) || '&nbsp;'}</p>`
    case 'heading': {
      const { level } = node.attrs
      const style = `${STYLES.heading};font-size:${FONT_SIZE[level]}`
      return `<h${level} dir="auto" style="${style}">${inlineHtml(node.content, writer)}</h${level}>`
    }
    case 'bulletList':
      return `<ul style="${STYLES.list}">${itemsHtml(node.content, writer)}</ul>`
    case 'orderedList':
      return `<ol start="${node.attrs.start}" style="${STYLES.list}">${itemsHtml(node.content, writer)}</ol>`
    case 'blockquote':
      return `<blockquote style="${STYLES.quote}">${blocksHtml(node.content, writer)}</blockquote>`
    case 'horizontalRule':
      return `<hr style="${STYLES.rule}">`
  }
}

const itemsHtml = (items: readonly ListItem[], writer: HtmlWriter): string =>
  items.map((item) => `<li dir="auto" style="${STYLES.item}">${itemHtml(item, writer)}</li>`).join('')

/** The first paragraph of an entry stands on the line of its bullet, without a paragraph's margins. */
function itemHtml({ content }: ListItem, writer: HtmlWriter): string {
  const [first, ...others] = content
  if (first?.type !== 'paragraph') return blocksHtml(content, writer)
  return inlineHtml(first.content, writer) + blocksHtml(others, writer)
}

/** Neighbours that lead to the same address are one link, whatever else is bold or italic among them. */
function inlineHtml(nodes: readonly InlineNode[], writer: HtmlWriter): string {
  let html = ''
  let open: string | null = null
  for (const node of nodes) {
    const href = linkOf(node)
    if (href !== open) {
      if (open !== null) html += '</a>'
      if (href !== null) html += `<a href="${writer.link(href)}" style="${STYLES.link}">`
      open = href
    }
    html += node.marks.reduceRight(markHtml, bareHtml(node, writer))
  }
  return open === null ? html : `${html}</a>`
}

function linkOf(node: InlineNode): string | null {
  const link = node.marks.find((mark) => mark.type === 'link')
  return link === undefined ? null : link.attrs.href
}

function bareHtml(node: InlineNode, writer: HtmlWriter): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.text)
    case 'hardBreak':
      return '<br>'
    case 'mergeTag':
      return writer.mergeTag(node.attrs.name, node.attrs.fallback)
  }
}

function markHtml(inner: string, mark: Mark): string {
  switch (mark.type) {
    case 'bold':
      return `<strong>${inner}</strong>`
    case 'italic':
      return `<em>${inner}</em>`
    case 'underline':
      return `<u>${inner}</u>`
    case 'strike':
      return `<s>${inner}</s>`
    case 'code':
      return `<code style="${STYLES.code}">${inner}</code>`
    case 'link':
      return inner
  }
}
