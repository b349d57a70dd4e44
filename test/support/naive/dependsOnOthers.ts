import type { NaiveRule, NaiveSegment } from './things.ts'

/** Whether others decide about a customer's membership: by their places in a ranking, or as customers of any provider. */
export function dependsOnOthers(
  { rule, scope }: Pick<NaiveSegment, 'rule' | 'scope'>,
  segments: ReadonlyMap<string, NaiveSegment>,
): boolean {
  const depends = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null) return false
    const { fact, value } = part as NaiveRule
    if (fact === 'rank') return true
    const asked = fact === 'segment' ? segments.get(String(value)) : undefined
    if (asked !== undefined) {
      return (asked.scope === 'provider' && scope === 'business') || dependsOnOthers(asked, segments)
    }
    return Object.values(part).some(depends)
  }
  return depends(rule)
}
