import { childrenOf, isCondition, MAX_CONDITIONS, MAX_DEPTH, MAX_NODES, nodesOf, type Rule } from '../rule.ts'

/** What a rule has too much of. */
export type Excess = 'too_deep' | 'too_many'

const depthOf = (rule: Rule): number => 1 + Math.max(0, ...childrenOf(rule).map((child) => depthOf(child.rule)))

/** The limit of the language that a rule exceeds, if any. */
export function excessOf(rule: Rule): Excess | undefined {
  const nodes = nodesOf(rule)
  const conditions = nodes.filter((node) => isCondition(node.rule)).length
  if (conditions > MAX_CONDITIONS || nodes.length > MAX_NODES) return 'too_many'
  return depthOf(rule) > MAX_DEPTH ? 'too_deep' : undefined
}
