import type { Metrics } from './metrics.ts'
import type { CountRef, RuleLine, RuleNode, RuleNodeKind } from './ruleFlow.ts'

/**
 * A part of the flow that customers enter at its top and leave at its bottom, both on its axis (x = 0, y = 0 at the
 * top). Blocks are stacked and set side by side; as nothing of a block reaches out of its extents, neither cards nor
 * lines can come over one another.
 */
export type Block = {
  /** How far it reaches to both sides of its axis. */
  readonly left: number
  readonly right: number
  readonly height: number
  readonly nodes: readonly RuleNode[]
  readonly lines: readonly RuleLine[]
  readonly entry: string
  readonly exit: string
  /** Who leaves it at the bottom. */
  readonly leaving: CountRef
}

type One = {
  kind: RuleNodeKind
  path: string
  width: number
  height: number
  leaving: CountRef
  out?: number
  spot?: string
}

export const idOf = (kind: RuleNodeKind, path: string): string => `${kind}:${path}`
export const kindOfId = (id: string): string => id.slice(0, id.indexOf(':'))
export const pathOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** A single card; `out` is the room it needs at its right, `spot` the place at it where something can be put. */
export function single({ kind, path, width, height, leaving, out = 0, spot }: One): Block {
  const id = idOf(kind, path)
  return {
    left: width / 2,
    right: width / 2 + out,
    height,
    nodes: [{ id, kind, path, x: -width / 2, y: 0, width, height, ...(spot === undefined ? {} : { spot }) }],
    lines: [],
    entry: id,
    exit: id,
    leaving,
  }
}

/** The nodes of a block at another place. */
export const shifted = (block: Block, x: number, y: number): RuleNode[] =>
  block.nodes.map((node) => ({ ...node, x: node.x + x, y: node.y + y }))

/**
 * Blocks one under another, each joined with the next by a line that says who is on it.
 * @param spots the place on each of these lines
 */
export function stack(blocks: readonly [Block, ...Block[]], spots: readonly string[], metrics: Metrics): Block {
  let y = 0
  const nodes: RuleNode[] = []
  const lines: RuleLine[] = []
  let above: Block | undefined
  for (const [index, block] of blocks.entries()) {
    if (above) {
      y += above.height + metrics.gap
      lines.push(line(above.exit, block.entry, 'straight', above.leaving, spots[index - 1]))
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

/** A line with its number; its id stays the same as long as it joins the same cards. */
export const line = (
  source: string,
  target: string,
  shape: RuleLine['shape'],
  count: CountRef,
  spot: string | undefined,
): RuleLine => ({
  id: `${source}>${target}`,
  source,
  target,
  shape,
  count,
  ...(spot === undefined ? {} : { spot }),
})
