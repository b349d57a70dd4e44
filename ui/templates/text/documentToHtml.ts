import type { DocumentNode, Mark } from '../../composer/document/document.ts'

type Attributes = Readonly<Record<string, unknown>>

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00A0', '&nbsp;')

/** A value in quotes; Liquid in it keeps its own, so the quotes around it are of the other kind. */
function quoted(value: string): string {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return value.includes('{') && value.includes('"')
    ? `'${escaped.replaceAll("'", '&#39;')}'`
    : `"${escaped.replaceAll('"', '&quot;')}"`
}

function written(attributes: unknown): string {
  if (typeof attributes !== 'object' || attributes === null) return ''
  return Object.entries(attributes as Attributes)
    .map(([name, value]) => ` ${name}=${quoted(String(value))}`)
    .join('')
}

const TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  span: 'span',
}

/** The text editor's document as the content of a text block. */
export function documentToHtml(document: DocumentNode): string {
  const blocks = document.content ?? []
  const [only] = blocks
  const isBare = blocks.length === 1 && only?.type === 'paragraph' && only.attrs?.tag === ''
  if (isBare && only) return inlineHtml(only.content ?? [])
  return blocks.map((block) => blockHtml(block, true)).join('\n')
}

/** @param tagged a paragraph without a tag gets one, where it stands among others */
function blockHtml({ type, attrs, content = [] }: DocumentNode, tagged: boolean): string {
  const own = written(attrs?.html)
  const inside = (): string => content.map((block) => blockHtml(block, content.length > 1)).join('')
  switch (type) {
    case 'heading':
      return `<h${attrs?.level}${own}>${inlineHtml(content)}</h${attrs?.level}>`
    case 'bulletList':
      return `<ul${own}>${inside()}</ul>`
    case 'orderedList':
      return `<ol${own}>${inside()}</ol>`
    case 'listItem':
      // the first line of an item that has further blocks needs no tag of its own
      return `<li${own}>${content.map((block, index) => blockHtml(block, index > 0 && block.type === 'paragraph')).join('')}</li>`
    case 'blockquote':
      return `<blockquote${own}>${inside()}</blockquote>`
    case 'horizontalRule':
      return `<hr${own}>`
    default: {
      const tag = String(attrs?.tag ?? 'p')
      if (tag === '' && !tagged) return inlineHtml(content)
      return `<${tag || 'p'}${own}>${inlineHtml(content)}</${tag || 'p'}>`
    }
  }
}

/** Marks that go on from one piece to the next are written once around both. */
function inlineHtml(nodes: readonly DocumentNode[]): string {
  let out = ''
  const open: Mark[] = []
  const isSame = (one: Mark, other: Mark): boolean => JSON.stringify(one) === JSON.stringify(other)
  const closeTo = (depth: number): void => {
    while (open.length > depth) out += closing(open.pop())
  }
  for (const node of nodes) {
    const marks = node.marks ?? []
    const rest = [...marks]
    let depth = 0
    for (const mark of open) {
      const at = rest.findIndex((one) => isSame(one, mark))
      if (at < 0) break
      rest.splice(at, 1)
      depth++
    }
    closeTo(depth)
    for (const mark of rest) {
      open.push(mark)
      out += opening(mark)
    }
    out += pieceHtml(node)
  }
  closeTo(0)
  return out
}

function pieceHtml({ type, text = '', attrs }: DocumentNode): string {
  if (type === 'hardBreak') return '<br>'
  if (type === 'liquid') return String(attrs?.code ?? '')
  return escapeText(text)
}

function opening({ type, attrs }: Mark): string {
  if (type === 'link') return `<a href=${quoted(String(attrs?.href ?? ''))}${written(attrs?.html)}>`
  return `<${TAGS[type] ?? type}${written(attrs?.html)}>`
}

const closing = (mark: Mark | undefined): string =>
  mark === undefined ? '' : `</${mark.type === 'link' ? 'a' : (TAGS[mark.type] ?? mark.type)}>`
