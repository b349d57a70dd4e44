import { type Condition, childrenOf, isCondition, isNot, type Path, type Rule } from '../rule.ts'
import { canonical } from '../warnings/canonical.ts'

/**
 * A condition or group as it is compared: an even number of `not` is none, and a group of one part is that part. What
 * changes nothing in what a rule means is no difference.
 */
export type Part = {
  /** Where it is, with the `not` around it. */
  readonly path: Path
  readonly rule: Rule
  readonly kind: 'all' | 'any' | 'condition'
  readonly inverted: boolean
  readonly condition: Condition | undefined
  readonly parts: readonly Part[]
  /** The same for parts that ask the same. */
  readonly asked: string
}

/** A rule as a tree of parts. */
export function partOf(rule: Rule, path: Path = '', inverted = false, outermost: Path = path): Part {
  if (isNot(rule)) return partOf(rule.not, `${path}/not`, !inverted, outermost)
  const effective = inverted ? { not: rule } : rule
  if (isCondition(rule)) {
    const asked = `${inverted ? 'not ' : ''}${canonical(rule)}`
    return { path: outermost, rule: effective, kind: 'condition', inverted, condition: rule, parts: [], asked }
  }
  const children = childrenOf(rule, path)
  const [only] = children
  if (only !== undefined && children.length === 1) return partOf(only.rule, only.path, inverted, outermost)
  const kind = 'all' in rule ? 'all' : 'any'
  const parts = children.map((child) => partOf(child.rule, child.path))
  const asked = `${inverted ? 'not ' : ''}${kind}(${parts.map((part) => part.asked).join()})`
  return { path: outermost, rule: effective, kind, inverted, condition: undefined, parts, asked }
}

/** A part and all within it, each after what is within it. */
export const inPostorder = (part: Part): Part[] => [...part.parts.flatMap(inPostorder), part]
