import type { Rule } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'

type Dependent = { readonly key: string; readonly rule: Rule }

/**
 * Segments in the order in which they are evaluated: those of one level ask only for those of the levels before. Keys
 * that are not among them do not matter. Of segments that lead back to themselves, which are refused when they are made,
 * each is on some level.
 */
export function levelsOf<Segment extends Dependent>(segments: readonly Segment[]): Segment[][] {
  const byKey = new Map(segments.map((segment) => [segment.key, segment]))
  const depths = new Map<string, number>()
  const depthOf = (segment: Segment, within: ReadonlySet<string>): number => {
    const known = depths.get(segment.key)
    if (known !== undefined) return known
    const inside = new Set(within).add(segment.key)
    const below = segmentsIn(segment.rule).flatMap(({ key }) => {
      const asked = byKey.get(key)
      return asked === undefined || inside.has(key) ? [] : [depthOf(asked, inside)]
    })
    const depth = below.length === 0 ? 0 : 1 + Math.max(...below)
    depths.set(segment.key, depth)
    return depth
  }
  const levels: Segment[][] = []
  for (const segment of segments) {
    const depth = depthOf(segment, new Set())
    while (levels.length <= depth) levels.push([])
    levels[depth]?.push(segment)
  }
  return levels
}
