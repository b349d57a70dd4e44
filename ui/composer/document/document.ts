/** A mark on a text: bold, italic, underline, strike or link. */
export type Mark = { type: string; attrs?: Readonly<Record<string, unknown>> }

/** A node of the message as Tiptap gives it (ProseMirror's JSON). */
export type DocumentNode = {
  type: string
  attrs?: Readonly<Record<string, unknown>>
  content?: DocumentNode[]
  marks?: Mark[]
  text?: string
}

/** The message as a whole: the node at the top. */
export type MessageDocument = DocumentNode & { type: 'doc' }

/** A message nobody has written in yet. */
export const EMPTY_DOCUMENT: MessageDocument = { type: 'doc', content: [{ type: 'paragraph' }] }

/** Every node of a tree with its path of child indexes, from the top down. */
export function* walkDocument(
  node: DocumentNode,
  path: number[] = [],
): Generator<{ node: DocumentNode; path: number[] }> {
  yield { node, path }
  for (const [index, child] of (node.content ?? []).entries()) yield* walkDocument(child, [...path, index])
}

/** The words of a message, a space between two of its texts; merge tags count as their fallback. */
function documentText(document: DocumentNode): string {
  const words: string[] = []
  for (const { node } of walkDocument(document)) {
    if (node.text !== undefined) words.push(node.text)
    if (node.type === 'mergeTag') words.push(String(node.attrs?.fallback ?? '') || '…')
  }
  return words.join(' ')
}

/** True when there is nothing in it that a reader would see. */
export function isEmptyDocument(document: DocumentNode): boolean {
  return documentText(document).trim() === ''
}
