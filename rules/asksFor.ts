import { isCondition, nodesOf, type Path, type Rule } from './rule.ts'

/** The pointers to the conditions of a rule that ask for a fact. */
export const asksFor = (rule: Rule, fact: string): Path[] =>
  nodesOf(rule).flatMap(({ rule: node, path }) => (isCondition(node) && node.fact === fact ? [path] : []))
