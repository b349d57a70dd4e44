import type { DocumentNode, Mark } from '../../composer/document/document.ts'
import { changeNodes, type HtmlElement, type HtmlNode, isElement, parseHtml } from '../../composer/paste/html.ts'
import { partsOf } from '../mjml/values.ts'
import { documentToHtml } from './documentToHtml.ts'

/** Marks by their elements; those that mean the same are written as the first of them. */
export const MARKS: Readonly<Record<string, string>> = {
  strong: 'bold',
  b: 'bold',
  em: 'italic',
  i: 'italic',
  u: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  a: 'link',
  span: 'span',
}

const BLOCKS: Readonly<Record<string, string>> = {
  p: 'paragraph',
  div: 'paragraph',
  ul: 'bulletList',
  ol: 'orderedList',
  li: 'listItem',
  blockquote: 'blockquote',
  hr: 'horizontalRule',
}

/**
 * The content of a text block as the text editor's document, its Liquid as pieces of their own.
 * @returns undefined when it holds what the editor would lose: tables, pictures, comments, elements it does not know
 */
export function htmlToDocument(html: string): DocumentNode | undefined {
  if (/<!|<\?/.test(html)) return undefined
  const { text, pieces } = masked(html)
  const nodes = unmasked(parseHtml(text), pieces)
  const content = blocksOf(nodes, pieces)
  if (content === undefined) return undefined
  const document = { type: 'doc', content: content.length > 0 ? content : [bare([])] }
  // What does not come back as it was is not for this editor.
  return isSame(nodes, unmasked(parseHtml(masked(documentToHtml(document)).text), pieces)) ? document : undefined
}

/** A sign that no text has, around the number of a piece of Liquid. */
const OPEN = '\uE000'
const CLOSE = '\uE001'
const PIECE = /\uE000(\d+)\uE001/g

function masked(html: string): { text: string; pieces: string[] } {
  const pieces: string[] = []
  let text = ''
  for (const { part, isLiquid } of partsOf(html)) text += isLiquid ? `${OPEN}${pieces.push(part) - 1}${CLOSE}` : part
  return { text, pieces }
}

/** Liquid in attributes is put back; in text it stays a sign, to become a piece of its own. */
const unmasked = (nodes: readonly HtmlNode[], pieces: readonly string[]): HtmlNode[] =>
  changeNodes(nodes, (node) => {
    if (!isElement(node)) return [node]
    const attributes = Object.entries(node.attributes).map(([name, value]) => [
      name,
      value.replace(PIECE, (_, index: string) => pieces[Number(index)] ?? ''),
    ])
    return [{ ...node, attributes: Object.fromEntries(attributes) }]
  })

const bare = (content: DocumentNode[]): DocumentNode => ({
  type: 'paragraph',
  attrs: { tag: '' },
  ...(content.length > 0 && { content }),
})

/** Elements as nodes; text that stands between them becomes paragraphs without a tag. */
function blocksOf(nodes: readonly HtmlNode[], pieces: readonly string[]): DocumentNode[] | undefined {
  const blocks: DocumentNode[] = []
  let loose: HtmlNode[] = []
  const flush = (): boolean => {
    const inline = inlineOf(trimmed(loose), [], pieces)
    loose = []
    if (inline === undefined) return false
    if (inline.length > 0) blocks.push(bare(inline))
    return true
  }
  for (const node of nodes) {
    const isBlock = isElement(node) && (node.tag in BLOCKS || /^h[1-6]$/.test(node.tag))
    if (!isBlock) {
      loose.push(node)
      continue
    }
    const block = flush() ? blockOf(node, pieces) : undefined
    if (block === undefined) return undefined
    blocks.push(block)
  }
  return flush() ? blocks : undefined
}

function blockOf({ tag, attributes, children }: HtmlElement, pieces: readonly string[]): DocumentNode | undefined {
  const own = { html: attributes }
  const heading = /^h([1-6])$/.exec(tag)?.[1]
  if (tag === 'hr') return { type: 'horizontalRule', attrs: own }
  if (tag === 'p' || tag === 'div' || heading !== undefined) {
    const content = inlineOf(trimmed(children), [], pieces)
    if (content === undefined) return undefined
    const attrs = heading === undefined ? { ...own, tag } : { ...own, level: Number(heading) }
    return { type: heading === undefined ? 'paragraph' : 'heading', attrs, ...(content.length > 0 && { content }) }
  }
  const isList = tag === 'ul' || tag === 'ol'
  const inside = isList ? children.filter((child) => isElement(child) || child.text.trim() !== '') : children
  if (isList && inside.some((child) => !isElement(child) || child.tag !== 'li')) return undefined
  const content = blocksOf(inside, pieces)
  if (content === undefined) return undefined
  const filled = content.length > 0 || isList ? content : [bare([])]
  if (tag === 'li' && filled[0]?.type !== 'paragraph') return undefined
  return { type: BLOCKS[tag] ?? 'paragraph', attrs: own, content: filled }
}

/** White space at the ends of a line shows nowhere. */
function trimmed(nodes: readonly HtmlNode[]): HtmlNode[] {
  const out = [...nodes]
  const [first] = out
  if (first !== undefined && !isElement(first)) out[0] = { text: first.text.replace(/^[ \t\r\n]+/, '') }
  const last = out.at(-1)
  if (last !== undefined && !isElement(last)) out[out.length - 1] = { text: last.text.replace(/[ \t\r\n]+$/, '') }
  return out.filter((node) => isElement(node) || node.text !== '')
}

function inlineOf(
  nodes: readonly HtmlNode[],
  marks: readonly Mark[],
  pieces: readonly string[],
): DocumentNode[] | undefined {
  const out: DocumentNode[] = []
  for (const node of nodes) {
    if (!isElement(node)) {
      out.push(...textOf(node.text, marks, pieces))
      continue
    }
    if (node.tag === 'br') {
      out.push({ type: 'hardBreak', ...(marks.length > 0 && { marks: [...marks] }) })
      continue
    }
    const type = MARKS[node.tag]
    if (type === undefined || marks.some((mark) => mark.type === type)) return undefined
    const { href, ...others } = node.attributes
    const attrs = type === 'link' ? { href: href ?? '', html: others } : { html: node.attributes }
    const inside = inlineOf(node.children, [...marks, { type, attrs }], pieces)
    if (inside === undefined) return undefined
    out.push(...inside)
  }
  return out
}

function textOf(text: string, marks: readonly Mark[], pieces: readonly string[]): DocumentNode[] {
  const marked = marks.length > 0 ? { marks: [...marks] } : {}
  return text
    .replace(/[ \t\r\n]+/g, ' ')
    .split(/(\uE000\d+\uE001)/)
    .filter((part) => part !== '')
    .map((part): DocumentNode => {
      const piece = /^\uE000(\d+)\uE001$/.exec(part)?.[1]
      return piece === undefined
        ? { type: 'text', text: part, ...marked }
        : { type: 'liquid', attrs: { code: pieces[Number(piece)] ?? '' }, ...marked }
    })
}

/** Whether two pieces of HTML say the same, but for white space and the names of marks that mean the same. */
const isSame = (one: readonly HtmlNode[], other: readonly HtmlNode[]): boolean => plain(one) === plain(other)

const WRITTEN: Readonly<Record<string, string>> = { b: 'strong', i: 'em', strike: 's', del: 's' }

function plain(nodes: readonly HtmlNode[]): string {
  const write = (node: HtmlNode): string => {
    if (!isElement(node)) return node.text.replace(/[ \t\r\n]+/g, ' ')
    const tag = WRITTEN[node.tag] ?? node.tag
    const attributes = Object.entries(node.attributes).sort(([a], [b]) => (a < b ? -1 : 1))
    return `<${tag} ${JSON.stringify(attributes)}>${node.children.map(write).join('')}</${tag}>`
  }
  // White space beside the edges of blocks shows nowhere.
  const edges = '(</?(?:p|div|h[1-6]|ul|ol|li|blockquote|hr)\\b[^>]*>)'
  return nodes
    .map(write)
    .join('')
    .replace(/\uE000\d+\uE001/g, OPEN)
    .replace(new RegExp(` ?${edges} ?`, 'g'), '$1')
    .trim()
}
