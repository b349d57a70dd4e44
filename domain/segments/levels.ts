import { isCondition, nodesOf, type Rule, type Scope } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'

type Dependent = { readonly key: string; readonly scope: Scope; readonly rule: Rule }

/** Larger rules are not written out wherever they are asked for. */
const MOST_CONDITIONS = 20

/**
 * Of segments that are evaluated together, those whose rule can stand in the rules that ask for them: then both are
 * evaluated at once. Those that ask for none themselves, and are not large: so no statement grows beyond measure.
 */
export function takenInOf(segments: readonly Dependent[]): Set<string> {
  const small = segments.filter(
    ({ rule }) =>
      segmentsIn(rule).length === 0 && nodesOf(rule).filter((node) => isCondition(node.rule)).length <= MOST_CONDITIONS,
  )
  return new Set(small.map(({ key }) => key))
}

/**
 * Segments in the order in which they are evaluated: those of one level ask only for those of the levels before. Keys
 * that are not among them do not matter. Of segments that lead back to themselves, which are refused when they are made,
 * each is on some level.
 *
 * @param takenIn those whose rules stand for their members where the scope is the same: nothing waits for them there
 */
export function levelsOf<Segment extends Dependent>(
  segments: readonly Segment[],
  takenIn: ReadonlySet<string> = new Set(),
): Segment[][] {
  const byKey = new Map(segments.map((segment) => [segment.key, segment]))
  const depths = new Map<string, number>()
  const depthOf = (segment: Segment, within: ReadonlySet<string>): number => {
    const known = depths.get(segment.key)
    if (known !== undefined) return known
    const inside = new Set(within).add(segment.key)
    const below = segmentsIn(segment.rule).flatMap(({ key }) => {
      const asked = byKey.get(key)
      const waits = asked !== undefined && !(takenIn.has(key) && asked.scope === segment.scope)
      return !waits || inside.has(key) ? [] : [depthOf(asked, inside)]
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
