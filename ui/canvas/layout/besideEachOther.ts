import { flextree } from 'd3-flextree'
import type { Block } from './block.ts'
import type { Metrics } from './metrics.ts'

type Datum = { readonly size: [number, number]; readonly children?: Datum[] }

/**
 * Places the ways of a fork side by side under it, with d3-flextree.
 *
 * Each way is handed over as one box as large as everything in it. A tree of the single cards would be laid out denser
 * (a wide fork could reach under a short way), but then the line from the end of the short way down to the join would
 * run over it.
 * @returns the axis of each way relative to the fork, and how far all of them reach to both sides
 */
export function besideEachOther(
  blocks: readonly Block[],
  forkWidth: number,
  { aisle, fork, fan }: Metrics,
): { axes: number[]; left: number; right: number } {
  const layout = flextree<Datum>({ nodeSize: (node) => node.data.size, spacing: aisle })
  const tree = layout.hierarchy({
    size: [forkWidth, fork.height + fan],
    children: blocks.map((block) => ({ size: [block.left + block.right, block.height] })),
  })
  layout(tree)
  // The tree centres a fork over the boxes; the eye takes the cards, which stand left of the middle of their box.
  const axes = (tree.children ?? []).map((child, index) => {
    const block = blocks[index]
    return block ? child.x - (block.left + block.right) / 2 + block.left : child.x
  })
  const middle = ((axes[0] ?? 0) + (axes.at(-1) ?? 0)) / 2
  const centred = axes.map((axis) => axis - middle)
  return {
    axes: centred,
    left: Math.max(...centred.map((axis, index) => (blocks[index]?.left ?? 0) - axis)),
    right: Math.max(...centred.map((axis, index) => (blocks[index]?.right ?? 0) + axis)),
  }
}
