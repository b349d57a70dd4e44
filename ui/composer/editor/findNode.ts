import type { Node } from '@tiptap/pm/model'

/**
 * The place in the editor of a node that is named by its child indexes.
 *
 * @returns the range of the deepest node on that way that exists
 */
export function findNode(document: Node, path: readonly number[]): { from: number; to: number } {
  let node = document
  let from = -1
  for (const index of path) {
    const child = node.maybeChild(index)
    if (child === null) break
    let inside = from + 1
    for (let before = 0; before < index; before++) inside += node.child(before).nodeSize
    from = inside
    node = child
  }
  return from < 0 ? { from: 0, to: document.content.size } : { from, to: from + node.nodeSize }
}
