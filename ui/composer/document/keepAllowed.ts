import type { DocumentNode, Mark, MessageDocument } from './document.ts'

/** The server takes nodes nested 30 deep; what lies deeper is left out. */
const DEEPEST = 29

/** What each kind of node may hold and say; the server's allow-list is the one that counts, this one keeps a draft readable. */
const NODES: Record<string, (attrs: Readonly<Record<string, unknown>>) => Record<string, unknown> | undefined> = {
  paragraph: () => undefined,
  heading: ({ level }) => ({ level: level === 1 || level === 2 ? level : 3 }),
  text: () => undefined,
  bulletList: () => undefined,
  orderedList: ({ start }) => ({ start: typeof start === 'number' && Number.isInteger(start) ? start : 1 }),
  listItem: () => undefined,
  blockquote: () => undefined,
  hardBreak: () => undefined,
  horizontalRule: () => undefined,
  mergeTag: ({ name, fallback }) => ({ name: String(name ?? ''), fallback: String(fallback ?? '') }),
}
const MARKS = ['bold', 'italic', 'underline', 'strike', 'link']

function keepMark(mark: Mark): Mark[] {
  if (!MARKS.includes(mark.type)) return []
  if (mark.type !== 'link') return [{ type: mark.type }]
  const href = mark.attrs?.href
  return typeof href === 'string' && href !== '' ? [{ type: 'link', attrs: { href } }] : []
}

function keepNode(node: DocumentNode, depth: number): DocumentNode[] {
  if (depth > DEEPEST || typeof node !== 'object' || node === null) return []
  const content = (Array.isArray(node.content) ? node.content : []).flatMap((child) => keepNode(child, depth + 1))
  const attrsOf = NODES[node.type]
  if (attrsOf === undefined) return content
  if (node.type === 'text') {
    if (typeof node.text !== 'string' || node.text === '') return []
    const marks = (Array.isArray(node.marks) ? node.marks : []).flatMap(keepMark)
    return [{ type: 'text', text: node.text, ...(marks.length > 0 && { marks }) }]
  }
  const marks = node.type === 'mergeTag' && Array.isArray(node.marks) ? node.marks.flatMap(keepMark) : []
  const attrs = attrsOf(node.attrs ?? {})
  return [
    {
      type: node.type,
      ...(attrs !== undefined && { attrs }),
      ...(content.length > 0 && { content }),
      ...(marks.length > 0 && { marks }),
    },
  ]
}

/**
 * A document with nothing but the nodes, marks and attributes a message may have: what is unknown goes, its children
 * stay in its place. For drafts that an older version of the page kept, and for what is sent to the server.
 */
export function keepAllowed(document: DocumentNode): MessageDocument {
  const content = (Array.isArray(document.content) ? document.content : []).flatMap((child) => keepNode(child, 1))
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] }
}

/** {@link keepAllowed} without the empty paragraphs at the end, which the editor keeps there to type in. */
export function toMessage(document: DocumentNode): MessageDocument {
  const kept = keepAllowed(document)
  const content = [...(kept.content ?? [])]
  while (content.length > 1 && content.at(-1)?.type === 'paragraph' && content.at(-1)?.content === undefined)
    content.pop()
  return { type: 'doc', content }
}
