import type { Explanation } from '../../../api/contract/segments.ts'
import { nodesOf, type Rule } from '../../../rules/rule.ts'

/** Whether a node holds for the customer who is followed, with the value seen, since when and until when. */
export type Mark = Explanation['nodes'][number]

/**
 * What is known of a customer at each node of the stored rule, found by what the node says: the same words mean the same
 * wherever they stand, so what was moved in the draft keeps its mark, and what was changed has none until it is stored.
 */
export function marksOf(saved: Rule, explanation: Explanation): (rule: Rule) => Mark | undefined {
  const byPath = new Map(explanation.nodes.map((node) => [node.path, node]))
  const bySaying = new Map<string, Mark>()
  for (const { rule, path } of nodesOf(saved)) {
    const mark = byPath.get(path)
    if (mark) bySaying.set(JSON.stringify(rule), mark)
  }
  return (rule) => bySaying.get(JSON.stringify(rule))
}
