import { type MjmlElement, type MjmlNode, type MjmlTree, textOf } from './nodes.ts'

/**
 * Where a block stands: its place among its siblings, and those of all it stands in, from the top: `1.0.2`. The source as
 * a whole is the empty path. What is only white space is no block and has none.
 */
export type Path = string

/** What is shown as a block, with its place. */
export type Block = { readonly node: MjmlNode; readonly path: Path; readonly parent: Path }

/** Whether a node is only white space between blocks. */
const isSpace = (source: string, node: MjmlNode): boolean => node.kind === 'text' && textOf(source, node).trim() === ''

/** The blocks directly in an element, or at the top. */
export const blocksIn = (tree: MjmlTree, nodes: readonly MjmlNode[]): MjmlNode[] =>
  nodes.filter((node) => !isSpace(tree.source, node))

/** The blocks in what stands at a path; none in what is no element. */
export function blocksAt(tree: MjmlTree, path: Path): MjmlNode[] {
  if (path === '') return blocksIn(tree, tree.nodes)
  const node = nodeAt(tree, path)
  return node?.kind === 'element' ? blocksIn(tree, node.children) : []
}

const stepsOf = (path: Path): number[] => (path === '' ? [] : path.split('.').map(Number))

/** The block at a path; undefined when there is none. */
export function nodeAt(tree: MjmlTree, path: Path): MjmlNode | undefined {
  let nodes = tree.nodes
  let node: MjmlNode | undefined
  for (const step of stepsOf(path)) {
    node = blocksIn(tree, nodes)[step]
    if (node === undefined) return undefined
    nodes = node.kind === 'element' ? node.children : []
  }
  return node
}

/** The element at a path; undefined when there is none. */
export function elementAt(tree: MjmlTree, path: Path): MjmlElement | undefined {
  const node = nodeAt(tree, path)
  return node?.kind === 'element' ? node : undefined
}

/** The path of what something stands in, and its place there; undefined for the source itself. */
export function placeOf(path: Path): { parent: Path; index: number } | undefined {
  if (path === '') return undefined
  const dot = path.lastIndexOf('.')
  return { parent: dot < 0 ? '' : path.slice(0, dot), index: Number(path.slice(dot + 1)) }
}

/** The path of a block in what stands at `parent`. */
export const childPath = (parent: Path, index: number): Path => (parent === '' ? String(index) : `${parent}.${index}`)

/** Whether a path leads to a block or into it. */
export const isWithin = (path: Path, ancestor: Path): boolean =>
  ancestor === '' || path === ancestor || path.startsWith(`${ancestor}.`)

/** Every block with its path, from the top down. */
export function allBlocks(tree: MjmlTree): Block[] {
  const found: Block[] = []
  const visit = (nodes: readonly MjmlNode[], parent: Path): void => {
    for (const [index, node] of blocksIn(tree, nodes).entries()) {
      const path = childPath(parent, index)
      found.push({ node, path, parent })
      if (node.kind === 'element') visit(node.children, path)
    }
  }
  visit(tree.nodes, '')
  return found
}

/** The path of the smallest block around a position of the source; the empty path when there is none. */
export function pathAt(tree: MjmlTree, position: number): Path {
  let nodes = tree.nodes
  let path = ''
  for (;;) {
    const blocks = blocksIn(tree, nodes)
    const index = blocks.findIndex(({ start, end }) => position >= start && position < end)
    const node = blocks[index]
    if (node === undefined) return path
    path = childPath(path, index)
    if (node.kind !== 'element') return path
    nodes = node.children
  }
}

/** The path of the first element with a name; undefined when there is none. */
export const findElement = (tree: MjmlTree, name: string): Path | undefined =>
  allBlocks(tree).find(({ node }) => node.kind === 'element' && node.name === name)?.path
