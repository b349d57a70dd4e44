import type { LineShape, PlacedLine, PlacedNode } from '../flow/placed.ts'

/** A line that says who is on it. */
export type CountedLine<Count> = PlacedLine & { readonly count: Count }

/**
 * A part of a flow that customers enter at its top and leave at its bottom, both on its axis (x = 0, y = 0 at the top).
 * Blocks are stacked and set side by side; as nothing of a block reaches out of its extents, neither cards nor lines can
 * come over one another.
 */
export type Block<Node extends PlacedNode, Count> = {
  /** How far it reaches to both sides of its axis. */
  readonly left: number
  readonly right: number
  readonly height: number
  readonly nodes: readonly Node[]
  readonly lines: readonly CountedLine<Count>[]
  readonly entry: string
  /** The card by which it is left; null where nobody goes on from it. */
  readonly exit: string | null
  /** Who leaves it at the bottom. */
  readonly leaving: Count
}

export const idOf = (kind: string, path: string): string => `${kind}:${path}`
export const kindOfId = (id: string): string => id.slice(0, id.indexOf(':'))
export const pathOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** A single card, its middle on the axis; `out` is the room that it needs at its right. */
export function single<Node extends PlacedNode, Count>(node: Node, leaving: Count, out = 0): Block<Node, Count> {
  return {
    left: -node.x,
    right: node.x + node.width + out,
    height: node.y + node.height,
    nodes: [node],
    lines: [],
    entry: node.id,
    exit: node.id,
    leaving,
  }
}

/** The nodes of a block at another place. */
export const shifted = <Node extends PlacedNode>(block: Pick<Block<Node, unknown>, 'nodes'>, x: number, y: number) =>
  block.nodes.map((node): Node => ({ ...node, x: node.x + x, y: node.y + y }))

/**
 * Blocks one under another, each joined with the next by a line that says who is on it.
 * @param spots the place on each of these lines
 * @param gap between two of them, in pixels
 */
export function stack<Node extends PlacedNode, Count>(
  blocks: readonly [Block<Node, Count>, ...Block<Node, Count>[]],
  spots: readonly (string | undefined)[],
  gap: number,
): Block<Node, Count> {
  let y = 0
  const nodes: Node[] = []
  const lines: CountedLine<Count>[] = []
  let above: Block<Node, Count> | undefined
  for (const [index, block] of blocks.entries()) {
    if (above) {
      y += above.height + gap
      lines.push(...lineFrom(above, block.entry, 'straight', spots[index - 1]))
    }
    nodes.push(...shifted(block, 0, y))
    lines.push(...block.lines)
    above = block
  }
  const [first] = blocks
  const last = above ?? first
  return {
    left: Math.max(...blocks.map((block) => block.left)),
    right: Math.max(...blocks.map((block) => block.right)),
    height: y + last.height,
    nodes,
    lines,
    entry: first.entry,
    exit: last.exit,
    leaving: last.leaving,
  }
}

/** The line by which a block is left; none where nobody goes on from it. */
export const lineFrom = <Count>(
  block: Pick<Block<PlacedNode, Count>, 'exit' | 'leaving'>,
  target: string,
  shape: LineShape,
  spot: string | undefined,
): CountedLine<Count>[] => (block.exit === null ? [] : [line(block.exit, target, shape, block.leaving, spot)])

/** A line with its number; its id stays the same as long as it joins the same cards. */
export const line = <Count>(
  source: string,
  target: string,
  shape: LineShape,
  count: Count,
  spot: string | undefined,
): CountedLine<Count> => ({
  id: `${source}>${target}`,
  source,
  target,
  shape,
  count,
  ...(spot === undefined ? {} : { spot }),
})
