import type { Evaluation } from '../../rules/compile.ts'
import type { Path, Rule } from '../../rules/rule.ts'
import { joined, plain, sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'
import { type Arrival, ruleNodes } from './ruleNodes.ts'

/** How many arrive at a node, and of those how many it holds for and not. */
export type NodeCount = { path: Path; in: number; yes: number; no: number }

/**
 * Counts at every node of a rule, in the order of `nodesOf`.
 *
 * @param share the part of all customers that is evaluated; the counts are those of all, estimated from it
 */
export async function countNodes(db: Database, rule: Rule, evaluation: Evaluation, share = 1): Promise<NodeCount[]> {
  const nodes = ruleNodes(rule, evaluation)
  const sums = nodes.map(({ passes }, index) => sql`SUM(${passes}) AS ${plain(`y${index}`)}`)
  const statement = sql`SELECT COUNT(*) AS everybody, ${joined(sums, ', ')} FROM (${evaluation.select}) e WHERE e.known`
  const [row] = await rows<Record<string, number | null>>(db, statement.text, statement.values)
  const estimated = (found: number | null | undefined) => Math.round(Number(found ?? 0) / share)
  const counts: NodeCount[] = []
  for (const [index, { path, arrival }] of nodes.entries()) {
    const yes = estimated(row?.[`y${index}`])
    const arrived = arrivedAt(arrival, counts, estimated(row?.everybody))
    counts.push({ path, in: arrived, yes, no: arrived - yes })
  }
  return counts
}

function arrivedAt(arrival: Arrival, counts: readonly NodeCount[], everybody: number): number {
  if ('all' in arrival) return everybody
  return ('of' in arrival ? counts[arrival.of]?.in : counts[arrival.through]?.yes) ?? 0
}
