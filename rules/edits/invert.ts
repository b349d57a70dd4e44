import { isNot, type Path, type Rule } from '../rule.ts'
import { ruleAt, stepTo, withAt } from './tree.ts'

/** The rule with a node inverted, and the pointer to it; a `not` on it or right above it is taken away instead. */
export function inverted(rule: Rule, path: Path): { rule: Rule; path: Path } | undefined {
  const node = ruleAt(rule, path)
  if (node === undefined) return undefined
  if (isNot(node)) return { rule: withAt(rule, path, node.not), path }
  const step = stepTo(path)
  if (step && step.index === undefined) return { rule: withAt(rule, step.parent, node), path: step.parent }
  return { rule: withAt(rule, path, { not: node }), path }
}
