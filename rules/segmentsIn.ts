import { isCondition, nodesOf, type Path, type Rule } from './rule.ts'

/** The segments that a rule asks for by their keys, with the pointers to the conditions that do. */
export function segmentsIn(rule: Rule): { key: string; path: Path }[] {
  return nodesOf(rule).flatMap(({ rule: node, path }) =>
    isCondition(node) && node.fact === 'segment' ? [{ key: String(node.value), path }] : [],
  )
}
