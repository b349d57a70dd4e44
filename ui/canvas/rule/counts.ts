import type { Preview } from '../../../api/contract/segments.ts'
import type { Path } from '../../../rules/rule.ts'
import type { CountRef } from '../layout/ruleFlow.ts'

type NodeCounts = { readonly in: number; readonly yes: number; readonly no: number }

/**
 * The numbers of the last preview; `stale` while the rule has changed and its own are on their way, `estimated` when they
 * are reckoned from some of the customers.
 */
export type RuleCounts = {
  readonly nodes: ReadonlyMap<Path, NodeCounts>
  readonly stale: boolean
  readonly estimated?: boolean
}

export const noCounts: RuleCounts = { nodes: new Map(), stale: true }

export const countsOf = (preview: Preview, stale: boolean): RuleCounts => ({
  nodes: new Map(preview.nodes.map((node) => [node.path, node])),
  stale,
  estimated: preview.estimated,
})

/** One number; undefined while the preview does not know the node yet. */
export const countAt = ({ nodes }: RuleCounts, { path, of }: CountRef): number | undefined => nodes.get(path)?.[of]

/** The share of those who arrive that pass, 0…1; undefined while unknown, 0 when nobody arrives. */
export function shareAt({ nodes }: RuleCounts, path: Path): number | undefined {
  const node = nodes.get(path)
  if (!node) return undefined
  return node.in === 0 ? 0 : node.yes / node.in
}

/**
 * How often somebody comes down one of the ways of an `any` beyond the first time: what all ways bring together less
 * those who are different. With two ways it is the number of those who came down both.
 */
export function surplusOf({ nodes }: RuleCounts, path: Path, ways: readonly Path[]): number | undefined {
  const together = nodes.get(path)?.yes
  if (together === undefined) return undefined
  let sum = 0
  for (const way of ways) {
    const yes = nodes.get(way)?.yes
    if (yes === undefined) return undefined
    sum += yes
  }
  return sum - together
}
