import { type ChildNode, type Element, isTag, isText } from 'domhandler'
import { parseDocument } from 'htmlparser2'
import type { Mistake } from '../errors.ts'
import { checkLink } from './checkLink.ts'
import { isMergeTagName, readMergeTags } from './mergeTags.ts'

type Json = { type: string; attrs?: Record<string, unknown>; marks?: Json[]; text?: string; content?: Json[] }

const MARKS: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  code: 'code',
  kbd: 'code',
}
/** Elements whose text is not for readers. */
const SILENT = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'select',
  'textarea',
])
/** Elements that begin a line of their own but mean nothing else. */
const BLOCKS = new Set(
  'address article aside body center dd div dl dt fieldset figcaption figure footer form header html main nav p pre section table tbody td tfoot th thead tr caption'.split(
    ' ',
  ),
)
/** Deeper nesting is flattened: a hostile page must not use up the stack. */
const MAX_DEPTH = 200

/**
 * Reads HTML into a message document: what the allow-list has a node for is kept, everything else is reduced to its text
 * or dropped. A merge tag may be written as `{{ customer.first_name | default: "you" }}`. Links that are not allowed
 * keep their text and are reported.
 *
 * @param path the JSON Pointer of the HTML in the request, for the report
 * @returns the document as unchecked JSON, for `checkDocument`
 */
export function documentFromHtml(html: string, path: string): { document: unknown; warnings: Mistake[] } {
  const reader = new Reader(path)
  reader.children(parseDocument(html, { decodeEntities: true }).children, [], 0)
  return { document: { type: 'doc', content: reader.finish() }, warnings: reader.warnings }
}

class Reader {
  readonly warnings: Mistake[] = []
  private readonly path: string
  private readonly blocks: Json[] = []
  private line: Json[] = []
  private heading: number | null = null

  constructor(path: string) {
    this.path = path
  }

  finish(): Json[] {
    this.endLine()
    return this.blocks
  }

  children(nodes: readonly ChildNode[], marks: readonly Json[], depth: number): void {
    for (const node of nodes) {
      if (isText(node)) this.text(node.data, marks)
      else if (isTag(node) && depth < MAX_DEPTH) this.element(node, marks, depth + 1)
    }
  }

  private element(node: Element, marks: readonly Json[], depth: number): void {
    const name = node.name.toLowerCase()
    const mark = MARKS[name]
    if (SILENT.has(name)) return
    if (mark !== undefined) this.children(node.children, withMark(marks, { type: mark }), depth)
    else if (name === 'a') this.children(node.children, this.linked(node, marks), depth)
    else if (name === 'br') this.line.push({ type: 'hardBreak' })
    else if (name === 'hr') this.block({ type: 'horizontalRule' })
    else if (/^h[1-6]$/.test(name)) this.headingLine(node, Number(name[1]), marks, depth)
    else if (name === 'ul' || name === 'ol') this.list(node, name, marks, depth)
    else if (name === 'blockquote') this.quote(node, marks, depth)
    else if (node.attribs['data-merge-tag'] !== undefined) this.mergeTag(node, marks)
    else if (BLOCKS.has(name) || name === 'li') this.paragraph(node, marks, depth)
    else this.children(node.children, marks, depth)
  }

  private text(data: string, marks: readonly Json[]): void {
    // white space of HTML is one space; non-breaking spaces stay
    const text = data.replace(/[ \t\r\n\f]+/g, ' ')
    if (text === '' || (text === ' ' && this.line.length === 0)) return
    for (const part of readMergeTags(this.line.length === 0 ? text.trimStart() : text)) {
      if ('name' in part && isMergeTagName(part.name))
        this.line.push({ type: 'mergeTag', attrs: part, marks: [...marks] })
      else if ('text' in part) this.line.push({ type: 'text', text: part.text, marks: [...marks] })
      else this.line.push({ type: 'text', text: `{{ ${part.name} }}`, marks: [...marks] })
    }
  }

  private mergeTag(node: Element, marks: readonly Json[]): void {
    const name = node.attribs['data-merge-tag'] ?? ''
    const attrs = { name, fallback: node.attribs['data-fallback'] ?? '' }
    if (isMergeTagName(name)) this.line.push({ type: 'mergeTag', attrs, marks: [...marks] })
  }

  private linked(node: Element, marks: readonly Json[]): readonly Json[] {
    const raw = node.attribs.href
    if (raw === undefined || raw.startsWith('#')) return marks
    const checked = checkLink(raw)
    if ('href' in checked) return withMark(marks, { type: 'link', attrs: checked })
    this.warnings.push({ path: this.path, message: `A link was taken out: ${checked.mistake}` })
    return marks
  }

  private paragraph(node: Element, marks: readonly Json[], depth: number): void {
    this.endLine()
    this.children(node.children, marks, depth)
    this.endLine()
  }

  private headingLine(node: Element, level: number, marks: readonly Json[], depth: number): void {
    this.endLine()
    this.heading = Math.min(level, 3)
    this.children(node.children, marks, depth)
    this.endLine()
    this.heading = null
  }

  private list(node: Element, name: 'ul' | 'ol', marks: readonly Json[], depth: number): void {
    const entries = node.children.filter(isTag).filter((child) => child.children.length > 0)
    const content = entries.map((child) => ({ type: 'listItem', content: this.inside(child, marks, depth) }))
    const items = content.filter((item) => item.content.length > 0)
    if (items.length === 0) return
    const start = Number.parseInt(node.attribs.start ?? '1', 10)
    const attrs = { start: start >= 0 && start <= 1_000_000 ? start : 1 }
    this.block(name === 'ul' ? { type: 'bulletList', content: items } : { type: 'orderedList', attrs, content: items })
  }

  private quote(node: Element, marks: readonly Json[], depth: number): void {
    const content = this.inside(node, marks, depth)
    if (content.length > 0) this.block({ type: 'blockquote', content })
  }

  private inside(node: Element, marks: readonly Json[], depth: number): Json[] {
    if (depth >= MAX_DEPTH) return []
    const reader = new Reader(this.path)
    if (node.name === 'ul' || node.name === 'ol') reader.element(node, marks, depth + 1)
    else reader.children(node.children, marks, depth)
    const blocks = reader.finish()
    this.warnings.push(...reader.warnings)
    return blocks
  }

  private block(block: Json): void {
    this.endLine()
    this.blocks.push(block)
  }

  private endLine(): void {
    const content = trimEnd(this.line)
    this.line = []
    if (content.length === 0) return
    if (this.heading === null) this.blocks.push({ type: 'paragraph', content })
    else this.blocks.push({ type: 'heading', attrs: { level: this.heading }, content })
  }
}

/** A mark stands once, however often its element is nested. */
function withMark(marks: readonly Json[], mark: Json): readonly Json[] {
  return [...marks.filter(({ type }) => type !== mark.type), mark]
}

/** A line without the white space at its end; empty when nothing else is in it. */
function trimEnd(line: readonly Json[]): Json[] {
  const kept = [...line]
  for (let last = kept.at(-1); last?.type === 'text'; last = kept.at(-1)) {
    kept.pop()
    const text = (last.text ?? '').replace(/[ \t\r\n\f]+$/, '')
    if (text !== '') return [...kept, { ...last, text }]
  }
  return kept
}
