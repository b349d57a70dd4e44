/**
 * A message as the composer edits it: ProseMirror's JSON, reduced to the nodes that every mail program shows.
 * Only {@link checkDocument} and {@link documentFromHtml} make values of these types, so whoever holds one may trust it.
 */

export type Mark =
  | { type: 'bold' | 'italic' | 'underline' | 'strike' | 'code' }
  | { type: 'link'; attrs: { href: string } }

type TextNode = { type: 'text'; text: string; marks: Mark[] }
type MergeTagNode = { type: 'mergeTag'; attrs: { name: string; fallback: string }; marks: Mark[] }
export type InlineNode = TextNode | MergeTagNode | { type: 'hardBreak'; marks: Mark[] }

export type ListItem = { type: 'listItem'; content: BlockNode[] }
export type BlockNode =
  | { type: 'paragraph'; content: InlineNode[] }
  | { type: 'heading'; attrs: { level: 1 | 2 | 3 }; content: InlineNode[] }
  | { type: 'bulletList'; content: ListItem[] }
  | { type: 'orderedList'; attrs: { start: number }; content: ListItem[] }
  | { type: 'blockquote'; content: BlockNode[] }
  | { type: 'horizontalRule' }

export type Document = { type: 'doc'; content: BlockNode[] }

/** How much a message may hold; beyond it no mail program shows it well and compiling it takes long. */
export const LIMITS = { nodes: 5_000, depth: 30, characters: 200_000, links: 500 } as const

/** Calls `visit` for every node and list item of a document, in reading order. */
export function walk(document: Document, visit: (node: BlockNode | ListItem | InlineNode) => void): void {
  const enter = (node: BlockNode | ListItem | InlineNode) => {
    visit(node)
    if ('content' in node) node.content.forEach(enter)
  }
  document.content.forEach(enter)
}

/** True when a message says nothing: no letter, no merge tag. */
export function isEmpty(document: Document): boolean {
  let empty = true
  walk(document, (node) => {
    if (node.type === 'mergeTag' || (node.type === 'text' && node.text.trim() !== '')) empty = false
  })
  return empty
}
