import type { Rule } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'
import type { Database } from '../database.ts'
import { standingVersions } from './versions.ts'

/** Every rule by which anybody's status is decided now, switched on or not: what it asks for is kept in readiness. */
export async function rulesOfStatuses(db: Database): Promise<Rule[]> {
  return (await standingVersions(db)).flatMap(({ rules }) => rules.map(({ rule }) => rule))
}

/**
 * Of some segments, those that have to be up to date before statuses are decided about: whom status rules ask for, and
 * whom those ask for.
 */
export function neededByStatuses<Segment extends { readonly key: string; readonly rule: Rule }>(
  rules: readonly Rule[],
  segments: readonly Segment[],
): Set<Segment> {
  const byKey = new Map(segments.map((segment) => [segment.key, segment]))
  const needed = new Set<Segment>()
  const asked = rules.flatMap(segmentsIn)
  for (let next = asked.pop(); next !== undefined; next = asked.pop()) {
    const segment = byKey.get(next.key)
    if (segment === undefined || needed.has(segment)) continue
    needed.add(segment)
    asked.push(...segmentsIn(segment.rule))
  }
  return needed
}
