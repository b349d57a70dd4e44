import type { Evaluation } from '../../rules/compile.ts'
import { childrenOf, isAll, type Path, type Rule } from '../../rules/rule.ts'
import { joined, plain, type Sql, sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'

/** How many arrive at a node, and of those how many it holds for and not. */
export type NodeCount = { path: Path; in: number; yes: number; no: number }

/**
 * Who arrives at a node: everybody; those who arrive at another node; those whom another node lets through. So the
 * database only counts who passes.
 */
type Arrival = { all: true } | { of: number } | { through: number }

type Node = { path: Path; arrival: Arrival; passes: Sql }

/**
 * Counts at every node of a rule, in the order of `nodesOf`: under `all` a node sees those whom the earlier ones let
 * through, under `any` and `not` all who arrive there.
 */
export async function countNodes(db: Database, rule: Rule, evaluation: Evaluation): Promise<NodeCount[]> {
  const nodes: Node[] = []
  collect(nodes, rule, '', { all: true }, plain('1'), evaluation)
  const sums = nodes.map(({ passes }, index) => sql`SUM(${passes}) AS ${plain(`y${index}`)}`)
  const statement = sql`SELECT COUNT(*) AS everybody, ${joined(sums, ', ')} FROM (${evaluation.select}) e WHERE e.known`
  const [row] = await rows<Record<string, number | null>>(db, statement.text, statement.values)
  const counts: NodeCount[] = []
  for (const [index, { path, arrival }] of nodes.entries()) {
    const yes = Number(row?.[`y${index}`] ?? 0)
    const arrived = arrivedAt(arrival, counts, Number(row?.everybody ?? 0))
    counts.push({ path, in: arrived, yes, no: arrived - yes })
  }
  return counts
}

function arrivedAt(arrival: Arrival, counts: readonly NodeCount[], everybody: number): number {
  if ('all' in arrival) return everybody
  return ('of' in arrival ? counts[arrival.of]?.in : counts[arrival.through]?.yes) ?? 0
}

function collect(nodes: Node[], rule: Rule, path: Path, arrival: Arrival, arrives: Sql, evaluation: Evaluation): void {
  const own = nodes.length
  nodes.push({ path, arrival, passes: sql`(${arrives} AND ${evaluation.holds(rule)})` })
  let before: Arrival = { of: own }
  let through = arrives
  for (const child of childrenOf(rule, path)) {
    const at = nodes.length
    collect(nodes, child.rule, child.path, before, through, evaluation)
    if (!isAll(rule)) continue
    before = { through: at }
    through = nodes[at]?.passes ?? through
  }
}
