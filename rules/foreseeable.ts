import type { NamedSegment } from './compile/options.ts'
import { isAll, isAny, isCondition, isNot, type Rule, type Scope } from './rule.ts'

/**
 * Whether a rule says by itself when time alone changes its answer for a customer. Not where it depends on others, as a
 * rank does; on a segment that is not live; or, for the whole business, on the segment of any provider.
 */
export function isForeseeable(
  rule: Rule,
  scope: Scope,
  segments: ReadonlyMap<string, NamedSegment>,
  within: ReadonlySet<string> = new Set(),
): boolean {
  const part = (inner: Rule) => isForeseeable(inner, scope, segments, within)
  if (isAll(rule)) return rule.all.every(part)
  if (isAny(rule)) return rule.any.every(part)
  if (isNot(rule)) return part(rule.not)
  if (!isCondition(rule) || rule.fact === 'rank') return false
  if (rule.fact !== 'segment') return true
  const key = String(rule.value)
  const asked = segments.get(key)
  // one that is not there, or leads back to itself, holds for nobody, ever
  if (asked === undefined || within.has(key)) return true
  if (!asked.live || (asked.scope === 'provider' && scope === 'business')) return false
  return isForeseeable(asked.rule, asked.scope, segments, new Set(within).add(key))
}
