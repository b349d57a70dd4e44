import { checkLink } from '../links/checkLink.ts'
import { unwrapRedirect } from '../links/unwrapRedirect.ts'
import { changeNodes, element, type HtmlElement, type HtmlNode, isElement, styleOf } from './html.ts'
import type { PasteReport } from './report.ts'

const MARK_OF_TAG: Record<string, string> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
}
const KEPT = new Set('p h1 h2 h3 ul ol li blockquote hr br pre div dt dd'.split(' '))
const LEVEL: Record<string, string> = { h4: 'h3', h5: 'h3', h6: 'h3' }
/** Word's styles for the head of a document, which it writes as paragraphs. */
const TITLE_CLASS: Record<string, string> = { MsoTitle: 'h1', MsoSubtitle: 'h2' }

/**
 * Keeps what a text means (bold, italic, underlined, struck out, a link, a heading) and leaves its look behind: styles
 * become the elements they stand for, every other attribute goes.
 */
export function keepMeaning(nodes: readonly HtmlNode[], report: PasteReport): HtmlNode[] {
  return changeNodes(nodes, (node) => (isElement(node) ? plainElement(node, report) : [node]))
}

function plainElement(node: HtmlElement, report: PasteReport): HtmlNode[] {
  const { tag, attributes, children } = node
  const mergeTag = attributes['data-merge-tag']
  if (mergeTag !== undefined) {
    return [
      element('span', children, { 'data-merge-tag': mergeTag, 'data-fallback': attributes['data-fallback'] ?? '' }),
    ]
  }
  const style = styleOf(node)
  if (style.size > 0 || attributes.class !== undefined || tag === 'font') report.styles++
  if (tag === 'a') return plainLink(node, report)

  const title = tag === 'p' ? TITLE_CLASS[attributes.class ?? ''] : undefined
  const kept = title ?? LEVEL[tag] ?? tag
  if (KEPT.has(kept)) {
    const start = kept === 'ol' && /^\d{1,6}$/.test(attributes.start ?? '') ? { start: attributes.start ?? '1' } : {}
    // Headings are bold by themselves.
    const content = /^h[1-3]$/.test(kept) ? unwrap(children, 'strong') : withMarks(children, marksOf(style))
    return [element(kept, content, start)]
  }
  const marks = marksOf(style)
  const own = MARK_OF_TAG[tag]
  // Google Docs puts everything into <b style="font-weight:normal">.
  if (own !== undefined && !(own === 'strong' && style.get('font-weight') === 'normal')) marks.add(own)
  if (isUnknownBlock(tag)) return [element('div', children)]
  return withMarks(children, marks)
}

const isUnknownBlock = (tag: string) =>
  /^(address|article|aside|body|center|details|dialog|dl|fieldset|figcaption|figure|footer|form|header|html|main|nav|section|summary|caption|t[rdh])$/.test(
    tag,
  )

function marksOf(style: ReadonlyMap<string, string>): Set<string> {
  const marks = new Set<string>()
  const weight = style.get('font-weight') ?? ''
  if (/^bold/.test(weight) || Number(weight) >= 600) marks.add('strong')
  if (/^(italic|oblique)/.test(style.get('font-style') ?? '')) marks.add('em')
  const line = `${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`
  if (line.includes('underline')) marks.add('u')
  if (line.includes('line-through')) marks.add('s')
  return marks
}

/** Puts marks around content; where blocks stand in it, `arrangeBlocks` moves the marks inside them. */
function withMarks(children: HtmlNode[], marks: ReadonlySet<string>): HtmlNode[] {
  return [...marks].reduce<HtmlNode[]>((content, mark) => [element(mark, content)], children)
}

function unwrap(nodes: readonly HtmlNode[], tag: string): HtmlNode[] {
  return changeNodes(nodes, (node) => (isElement(node) && node.tag === tag ? node.children : [node]))
}

function plainLink({ attributes, children }: HtmlElement, report: PasteReport): HtmlNode[] {
  const href = attributes.href?.trim()
  // A place to jump to inside the source is no link.
  if (href === undefined || href === '' || href.startsWith('#')) return children
  const checked = checkLink(unwrapRedirect(href), { asWritten: true })
  if (!checked.ok) {
    report.links++
    return children
  }
  // Links are underlined by themselves.
  return [element('a', unwrap(children, 'u'), { href: checked.href })]
}
