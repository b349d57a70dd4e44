import type { PlacedNode } from '../flow/placed.ts'
import { besideEachOther } from './besideEachOther.ts'
import { type Block, line, lineFrom, shifted } from './block.ts'

type Way<Node extends PlacedNode, Count> = {
  readonly block: Block<Node, Count>
  /** Who is on the line that leads to it. */
  readonly arriving: Count
  /** The places on the lines that lead to it and away from it. */
  readonly before: string | undefined
  readonly after: string | undefined
}

type Forked<Node extends PlacedNode, Count> = {
  readonly fork: Block<Node, Count>
  readonly ways: readonly Way<Node, Count>[]
  readonly join: Block<Node, Count>
  /** Between fork and ways, and ways and join. */
  readonly fan: number
  /** Between two ways. */
  readonly aisle: number
}

/**
 * A fork, its ways side by side under it, and the join under the longest of them. A way that nobody goes on from has no
 * line to the join; where no way has one, there is no join and the whole is not gone on from.
 */
export function forked<Node extends PlacedNode, Count>(parts: Forked<Node, Count>): Block<Node, Count> {
  const { fork, ways, join, fan, aisle } = parts
  const blocks = ways.map((way) => way.block)
  const head = { width: fork.left + fork.right, height: fork.height + fan }
  const placed = besideEachOther(blocks, head, aisle)
  const bottom = head.height + Math.max(...blocks.map((block) => block.height))
  const joins = blocks.some((block) => block.exit !== null)
  return {
    left: Math.max(placed.left, fork.left, join.left),
    right: Math.max(placed.right, fork.right, join.right),
    height: joins ? bottom + fan + join.height : bottom,
    nodes: [
      ...fork.nodes,
      ...blocks.flatMap((block, index) => shifted(block, placed.axes[index] ?? 0, head.height)),
      ...(joins ? shifted(join, 0, bottom + fan) : []),
    ],
    lines: ways.flatMap(({ block, arriving, before, after }) => [
      line(fork.exit ?? fork.entry, block.entry, 'spread', arriving, before),
      ...block.lines,
      ...lineFrom(block, join.entry, 'gather', after),
    ]),
    entry: fork.entry,
    exit: joins ? join.exit : null,
    leaving: join.leaving,
  }
}
