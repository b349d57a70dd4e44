import type { NamedSegment } from './compile/options.ts'
import { isCondition, nodesOf, type Rule, type Scope } from './rule.ts'

/**
 * Whether a rule says by itself when time alone changes its answer for a customer. Not where it depends on others, as a
 * rank does; on a segment that is not live; or, for the whole business, on the segment of any provider.
 */
export function isForeseeable(rule: Rule, scope: Scope, segments: ReadonlyMap<string, NamedSegment>): boolean {
  const seen = new Set<string>()
  const foreseen = (inner: Rule, within: Scope): boolean =>
    nodesOf(inner).every(({ rule: node }) => {
      if (!isCondition(node)) return true
      if (node.fact === 'rank') return false
      if (node.fact !== 'segment') return true
      const asked = segments.get(String(node.value))
      // one that is not there holds for nobody, ever
      if (asked === undefined) return true
      if (!asked.live || (asked.scope === 'provider' && within === 'business')) return false
      if (seen.has(String(node.value))) return true
      seen.add(String(node.value))
      return foreseen(asked.rule, asked.scope)
    })
  return foreseen(rule, scope)
}
