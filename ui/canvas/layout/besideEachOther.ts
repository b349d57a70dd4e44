import { flextree } from 'd3-flextree'

/** How large a way is, from its axis. */
type Extent = { readonly left: number; readonly right: number; readonly height: number }

type Datum = { readonly size: [number, number]; readonly children?: Datum[] }

/**
 * Places the ways of a fork side by side under it, with d3-flextree.
 *
 * Each way is handed over as one box as large as everything in it. A tree of the single cards would be laid out denser
 * (a wide fork could reach under a short way), but then the line from the end of the short way down to the join would
 * run over it.
 * @param fork its height with the room under it
 * @param aisle between two ways, in pixels
 * @returns the axis of each way relative to the fork, and how far all of them reach to both sides
 */
export function besideEachOther(
  blocks: readonly Extent[],
  fork: { readonly width: number; readonly height: number },
  aisle: number,
): { axes: number[]; left: number; right: number } {
  const layout = flextree<Datum>({ nodeSize: (node) => node.data.size, spacing: aisle })
  const tree = layout.hierarchy({
    size: [fork.width, fork.height],
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
